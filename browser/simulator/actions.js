/** @import { Table } from "../types.js" */
/** @import { Panel } from "./panel.js" */

import { link } from "../page/address.js";
import { showFeedback } from "../page/button-feedback.js";
import { copyFor } from "../page/clipboard.js";
import { csv, save } from "../page/downloads.js";
import { part } from "../page/part.js";
import { drawing, png } from "./picture.js";
import { toggleScreen } from "./screen.js";

const SEEDS = 10_000;
const FIRST_REPEATS = 1000;

/**
 * What the buttons of a panel do.
 *
 * @param {Panel} panel
 */
export function listen(panel) {
  const { root, signal } = panel;
  root.addEventListener(
    "click",
    (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      const { action, try: attempt, repeat } = button?.dataset ?? {};
      if (action) void ACTIONS[action]?.(panel);
      if (attempt) void tryOut(panel, attempt);
      if (repeat) void runRepeats(panel, Number(repeat));
    },
    { signal },
  );
}

/** @type {Record<string, (panel: Panel) => void | Promise<void>>} */
const ACTIONS = {
  reset(panel) {
    panel.controls.reset();
    panel.moved();
  },
  "new-sample"(panel) {
    const { seed } = panel.controls.values;
    const drawn = Math.floor(Math.random() * SEEDS);
    panel.controls.set({ seed: drawn === seed ? drawn + 1 : drawn });
    panel.moved();
  },
  "copy-link"(panel) {
    const button = part(panel.root, "[data-action=copy-link]");
    return copyFor(button, address(panel), panel.data.words.copied);
  },
  svg(panel) {
    save(drawing(panel.figure, title(panel)), `${fileName(panel)}.svg`);
  },
  async png(panel) {
    try {
      save(await png(drawing(panel.figure, title(panel))), `${fileName(panel)}.png`);
    } catch (error) {
      console.warn(`${panel.name}:`, error);
      showFeedback(part(panel.root, "[data-action=png]"), panel.data.words.png_failed ?? "");
    }
  },
  async csv(panel) {
    const columns = await dataset(panel);
    if (columns) save(new Blob([csv(columns)], { type: "text/csv" }), `${fileName(panel)}.csv`);
  },
  retry(panel) {
    panel.retry();
  },
  screen: toggleScreen,
};

/**
 * Sets the controls as the button says, the others as at first; the sample stays.
 *
 * @param {Panel} panel
 * @param {string} name
 */
async function tryOut(panel, name) {
  const attempt = panel.data.tries[name];
  if (!attempt) return;
  const { seed } = panel.controls.values;
  panel.controls.reset();
  panel.controls.set(seed === undefined ? attempt.values : { seed, ...attempt.values });
  panel.moved();
  if (attempt.repeat) await runRepeats(panel, FIRST_REPEATS);
}

/**
 * @param {Panel} panel
 * @param {number} count
 */
async function runRepeats(panel, count) {
  const runtime = await panel.start();
  if (!runtime) return;
  try {
    await panel.repeats?.run(runtime, panel.controls.values, count);
  } catch (error) {
    panel.fail(error);
  }
}

/** @param {Panel} panel */
async function dataset(panel) {
  const runtime = await panel.start();
  if (!runtime) return null;
  const request = { call: "dataset", widget: panel.name, values: panel.controls.values };
  try {
    const reply = await runtime.python.call(request, { signal: panel.signal });
    return /** @type {{ columns: Record<string, Table[string]> }} */ (reply).columns;
  } catch (error) {
    panel.fail(error);
    return null;
  }
}

/**
 * The address of these settings, at the section that the panel stands in.
 *
 * @param {Panel} panel
 */
function address(panel) {
  const headings = [...document.querySelectorAll("main h2[id]")];
  const before = headings.findLast(
    (heading) => heading.compareDocumentPosition(panel.root) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return link(before?.id ?? panel.root.id);
}

/** @param {Panel} panel */
function title(panel) {
  return `${part(panel.root, ".simulator-title").textContent} — ${address(panel)}`;
}

/** @param {Panel} panel */
function fileName(panel) {
  const changes = Object.entries(panel.controls.changes).map(([name, value]) => `${name}-${value}`);
  return [panel.name, ...changes].join("_");
}
