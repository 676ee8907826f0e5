/** @import { Ends } from "./types.js" */

/**
 * The map as something to put a plan on: dragged by its dot, or by a press of the mouse anywhere.
 *
 * @param {HTMLElement} map the element that holds the drawings, which come and go
 * @param {(units: number, size: number) => void} moved where the plan is now
 * @param {(held: Ends | null) => void} hold the ends of the axes while the plan is dragged
 * @param {AbortSignal} signal
 */
export function dragPlan(map, moved, hold, signal) {
  /** @type {Scale | null} */
  let scale = null;

  const follow = (/** @type {PointerEvent} */ event) => {
    if (!scale) return;
    const [units, size] = scale.at(event);
    scale.carry(map, units, size);
    moved(Math.round(units), Math.round(size));
  };
  const end = () => {
    if (!scale) return;
    scale = null;
    hold(null);
  };
  map.addEventListener(
    "pointerdown",
    (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const svg = target?.closest("svg");
      const grasped = target?.closest(".planner-handle");
      if (!svg || event.button !== 0 || (event.pointerType === "touch" && !grasped)) return;
      if (map.closest("power-planner")?.querySelector("fieldset:disabled")) return;
      const found = new Scale(svg);
      if (!found.holds(event)) return;
      scale = found;
      event.preventDefault();
      map.setPointerCapture(event.pointerId);
      hold(scale.ends);
      follow(event);
    },
    { signal },
  );
  map.addEventListener("pointermove", follow, { signal });
  map.addEventListener("pointerup", end, { signal });
  map.addEventListener("pointercancel", end, { signal });
}

/** The scales of a drawn map. */
class Scale {
  /** @param {SVGSVGElement} svg */
  constructor(svg) {
    const { left, right, top, bottom, units, sizes } = svg.dataset;
    this.box = {
      left: Number(left),
      right: Number(right),
      top: Number(top),
      bottom: Number(bottom),
    };
    this.ends = { units: pair(units), sizes: pair(sizes) };
    this.place = svg.getBoundingClientRect();
    this.zoom = this.place.width / svg.viewBox.baseVal.width;
  }

  /** @param {PointerEvent} event */
  holds(event) {
    const [x, y] = this.#pixels(event);
    const { left, right, top, bottom } = this.box;
    const near = 24;
    return x > left - near && x < right + near && y > top - near && y < bottom + near;
  }

  /**
   * Units and sub-units under the pointer, held within the map.
   *
   * @param {PointerEvent} event
   * @returns {[number, number]}
   */
  at(event) {
    const [x, y] = this.#pixels(event);
    const { left, right, top, bottom } = this.box;
    const across = Math.min(Math.max((x - left) / (right - left), 0), 1);
    const up = Math.min(Math.max((bottom - y) / (bottom - top), 0), 1);
    const [low = 2, high = 2] = this.ends.units;
    const [few = 1, many = 1] = this.ends.sizes;
    return [low + across * (high - low), few * (many / few) ** up];
  }

  /**
   * Moves the dot at once; the drawing that follows has it in its place.
   *
   * @param {HTMLElement} map
   * @param {number} units
   * @param {number} size
   */
  carry(map, units, size) {
    const { left, right, top, bottom } = this.box;
    const [low = 2, high = 2] = this.ends.units;
    const [few = 1, many = 1] = this.ends.sizes;
    const x = left + ((units - low) / (high - low)) * (right - left);
    const y = bottom - (Math.log(size / few) / Math.log(many / few)) * (bottom - top);
    for (const dot of map.querySelectorAll(".planner-handle circle")) {
      dot.setAttribute("cx", x.toFixed(1));
      dot.setAttribute("cy", y.toFixed(1));
    }
  }

  /**
   * @param {PointerEvent} event
   * @returns {[number, number]}
   */
  #pixels({ clientX, clientY }) {
    return [(clientX - this.place.left) / this.zoom, (clientY - this.place.top) / this.zoom];
  }
}

/** @param {string | undefined} text */
function pair(text) {
  return (text ?? "").split(" ").map(Number);
}
