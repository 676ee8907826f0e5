/** CSS rules of the house: logical properties, no ids, no !important, layers only. */
export default {
  extends: ["stylelint-config-standard"],
  reportNeedlessDisables: true,
  rules: {
    "declaration-no-important": true,
    "selector-max-id": 0,
    "property-disallowed-list": [
      "/^(margin|padding|border)-(left|right|top|bottom)/",
      "/^(left|right|top|bottom)$/",
      "/^(min-|max-)?(width|height)$/",
    ],
    // Safari takes one word here, and drops the whole line if there are more.
    "declaration-property-value-disallowed-list": { "text-decoration": ["/ /"] },
    "import-notation": "string",
    "at-rule-empty-line-before": null,
    "no-descending-specificity": null,
    "custom-property-empty-line-before": null,
    "declaration-empty-line-before": null,
    "value-keyword-case": ["lower", { ignoreProperties: ["/^--/", "/^font/"] }],
  },
};
