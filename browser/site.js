/**
 * What every page runs. The files beside this one each become a script of their own; the folders
 * hold what these are made of, and import only from those before them:
 *
 *     worker/     what runs Python: files, start, snapshot
 *     service/    what keeps the site in the reader's browser
 *     page/       the frame of every page: contents, language, theme, address
 *     python/     the page's side of Python: one for all that ask
 *     simulator/  a panel: controls, figure, numbers, sentence, repeats
 *     planner/    the planner of experiments, made of a panel's parts
 *     instruments/  what loads an instrument; each has a folder and an entry of its own
 *     code/       scripts in several languages, and cells to run
 *     exercises/  quiz and decision tree
 *     search/     the search over all pages
 */

import { CodeCell } from "./code/code-cell.js";
import { CodeTabs } from "./code/code-tabs.js";
import { offerCopies } from "./code/copy-code.js";
import { DecisionTree } from "./exercises/decision-tree.js";
import { followAnswers } from "./exercises/quiz-answers.js";
import { QuizItem } from "./exercises/quiz-item.js";
import { QuizScore } from "./exercises/quiz-score.js";
import { InstrumentElement } from "./instruments/instrument.js";
import { followSettings } from "./page/address.js";
import { followSections } from "./page/contents.js";
import { followElsewhere } from "./page/elsewhere.js";
import { offerGlances } from "./page/glance.js";
import { followLanguage } from "./page/language-link.js";
import { OfflineNote } from "./page/offline-note.js";
import { followTheme } from "./page/theme.js";
import { PowerPlanner } from "./planner/power-planner.js";
import { SiteSearch } from "./search/site-search.js";
import { SimWidget } from "./simulator/simulator.js";

const lifetime = new AbortController();

followElsewhere(lifetime.signal);
followSettings(lifetime.signal);
followTheme(lifetime.signal);
followSections(lifetime.signal);
followLanguage(lifetime.signal);
followAnswers(lifetime.signal);
offerCopies(lifetime.signal);
offerGlances(lifetime.signal);
for (const link of document.querySelectorAll(".offline-archive")) {
  link.toggleAttribute("hidden", location.protocol === "file:");
}
customElements.define("sim-widget", SimWidget);
customElements.define("own-data", class extends InstrumentElement {});
customElements.define("code-cell", CodeCell);
customElements.define("code-tabs", CodeTabs);
customElements.define("decision-tree", DecisionTree);
customElements.define("quiz-item", QuizItem);
customElements.define("quiz-score", QuizScore);
customElements.define("power-planner", PowerPlanner);
customElements.define("site-search", SiteSearch);
customElements.define("offline-note", OfflineNote);
