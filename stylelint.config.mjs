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
    // Lab-like colours are written as oklch(0.5 0.1 200), and custom properties may say what they like.
    "lightness-notation": "number",
    "hue-degree-notation": "number",
    "no-descending-specificity": null,
    "custom-property-empty-line-before": null,
    "declaration-empty-line-before": null,
    "value-keyword-case": ["lower", { ignoreProperties: ["/^--/", "/^font/"] }],
  },
};
