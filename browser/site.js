import { flush } from "./address.js";
import { CodeCell } from "./code-cell.js";
import { CodeTabs } from "./code-tabs.js";
import { followSections } from "./contents.js";
import { offerCopies } from "./copy-code.js";
import { DecisionTree } from "./decision-tree.js";
import { offerGlances } from "./glance.js";
import { followLanguage } from "./language-link.js";
import { OfflineNote } from "./offline-note.js";
import { QuizItem } from "./quiz-item.js";
import { QuizScore } from "./quiz-score.js";
import { SiteSearch } from "./search/site-search.js";
import { SimWidget } from "./simulator.js";
import { followTheme } from "./theme.js";

const lifetime = new AbortController();

followTheme(lifetime.signal);
followSections(lifetime.signal);
followLanguage(lifetime.signal);
offerCopies(lifetime.signal);
offerGlances(lifetime.signal);
for (const link of document.querySelectorAll(".offline-archive")) {
  link.toggleAttribute("hidden", location.protocol === "file:");
}
addEventListener("pagehide", flush, { signal: lifetime.signal });
customElements.define("sim-widget", SimWidget);
customElements.define("code-cell", CodeCell);
customElements.define("code-tabs", CodeTabs);
customElements.define("decision-tree", DecisionTree);
customElements.define("quiz-item", QuizItem);
customElements.define("quiz-score", QuizScore);
customElements.define("site-search", SiteSearch);
customElements.define("offline-note", OfflineNote);
