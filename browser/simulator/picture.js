/**
 * A figure as a file of its own: colours and fonts that the page's style sheet decides are written
 * into the drawing.
 */

const SVG = "http://www.w3.org/2000/svg";
const SCALE = 3;
const MARGIN = 16;
const COLOURED = ["fill", "stroke"];

/**
 * All charts of a figure as one drawing, placed as on the page.
 *
 * @param {HTMLElement} figure
 * @param {string} title
 */
export function drawing(figure, title) {
  const frame = figure.getBoundingClientRect();
  const [width, height] = [Math.ceil(frame.width), Math.ceil(frame.height)].map(
    (length) => length + 2 * MARGIN,
  );
  const root = document.createElementNS(SVG, "svg");
  attributes(root, { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  const name = document.createElementNS(SVG, "title");
  name.textContent = title;
  const paper = document.createElementNS(SVG, "rect");
  attributes(paper, { width, height, fill: rgb(paperColour(figure)) });
  root.append(name, paper);
  for (const svg of visible(figure)) {
    const place = svg.getBoundingClientRect();
    const copy = /** @type {SVGElement} */ (svg.cloneNode(true));
    settle(svg, copy);
    attributes(copy, {
      x: place.left - frame.left + MARGIN,
      y: place.top - frame.top + MARGIN,
      width: place.width,
      height: place.height,
    });
    root.append(copy);
  }
  return new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
}

/**
 * @param {Blob} svg
 * @returns {Promise<Blob>}
 */
export async function png(svg) {
  const image = new Image();
  image.src = URL.createObjectURL(svg);
  try {
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      const done = (/** @type {Blob | null} */ blob) =>
        blob ? resolve(blob) : reject(new Error("this browser cannot write PNG"));
      canvas.toBlob(done, "image/png");
    });
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

/** @param {HTMLElement} figure */
function visible(figure) {
  const drawings = /** @type {SVGElement[]} */ ([...figure.querySelectorAll("svg")]);
  return drawings.filter((svg) => svg.checkVisibility({ visibilityProperty: true }));
}

/** @param {Element} figure */
function paperColour(figure) {
  const panel = figure.closest(".simulator") ?? figure;
  return getComputedStyle(panel).backgroundColor;
}

/**
 * Writes into a copy what the style sheet says of the original.
 *
 * @param {Element} original
 * @param {Element} copy
 */
function settle(original, copy) {
  const style = getComputedStyle(original);
  for (const name of COLOURED) {
    const value = style.getPropertyValue(name);
    if (copy.hasAttribute(name) && value !== "none") copy.setAttribute(name, rgb(value));
  }
  if (original.localName === "text") {
    copy.setAttribute("font-family", style.fontFamily.replaceAll('"', "'"));
  }
  copy.removeAttribute("style");
  [...original.children].forEach((child, index) => {
    const twin = copy.children[index];
    if (twin) settle(child, twin);
  });
}

/** @type {Map<string, string>} */
const known = new Map();

/**
 * A colour in the notation that every program reads; what is transparent is not painted.
 *
 * @param {string} colour
 */
function rgb(colour) {
  const found = known.get(colour) ?? painted(colour);
  known.set(colour, found);
  return found;
}

/** @param {string} colour */
function painted(colour) {
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("");
  return alpha === 0 ? "none" : `#${hex}`;
}

/**
 * @param {Element} element
 * @param {Record<string, string | number>} values
 */
function attributes(element, values) {
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, String(value));
}
