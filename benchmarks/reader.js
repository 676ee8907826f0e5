/** What the benchmark does in a page, as functions that it calls by name. */

const SIMULATOR = "#sim-nested";
const PATIENCE = 60_000;
const SLIDER = 'input[name="sd_between"]';

/**
 * Resolves with the simulator's next event of a kind; a simulator that has failed fires none.
 *
 * @param {string} type
 */
function next(type) {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no ${type} within ${PATIENCE / 1000} s`));
    const clock = setTimeout(late, PATIENCE);
    const simulator = document.querySelector(SIMULATOR);
    simulator.addEventListener(type, resolve, { once: true });
    simulator.addEventListener(type, () => clearTimeout(clock), { once: true });
  });
}

/** Resolves when what is shown now has been painted. */
function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 0));
  });
}

/** @param {number} value */
function move(value) {
  const slider = document.querySelector(`${SIMULATOR} ${SLIDER}`);
  slider.focus();
  slider.value = String(value);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  slider.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Touches the simulator and resolves with its first live result. */
function live() {
  const answered = next("sim:result");
  document.querySelector(SIMULATOR).scrollIntoView({ behavior: "instant" });
  document
    .querySelector(`${SIMULATOR} ${SLIDER}`)
    .dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  move(2);
  return answered;
}

globalThis.reader = {
  /** Milliseconds from the first touch to the first live result. */
  async touch() {
    const began = performance.now();
    await live();
    return performance.now() - began;
  },

  /** Milliseconds from navigation to the first live result, for a reader who touches at once. */
  async arrive() {
    await live();
    return performance.now();
  },

  /** Milliseconds from a movement of the slider until its result is painted, for each movement. */
  async slide(times) {
    const milliseconds = [];
    for (let i = 0; i < times; i += 1) {
      const began = performance.now();
      const answered = next("sim:result");
      move(((i * 7) % 30) / 10);
      await answered;
      await painted();
      milliseconds.push(performance.now() - began);
    }
    return milliseconds;
  },

  /** Milliseconds that 1,000 repeats take. */
  async repeat() {
    const button = document.querySelector(`${SIMULATOR} [data-repeat="1000"]`);
    const stop = document.querySelector(`${SIMULATOR} [data-action="stop"]`);
    const began = performance.now();
    button.click();
    do await painted();
    while (!stop.hidden);
    return performance.now() - began;
  },
};
