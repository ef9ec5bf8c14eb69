// Builds elements; text is always set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  send: "M4 12 20 4l-5.5 16-3-6.5z",
  close: "M6 6l12 12M18 6 6 18",
  warn: "M12 3.5 22 20.5H2zM12 10v4.5M12 17.4v.2",
  phone: "M6 3h3.5l1.6 4.6-2.2 1.6a12 12 0 0 0 5.9 5.9l1.6-2.2L21 14.5V18a3 3 0 0 1-3.2 3A16 16 0 0 1 3 6.2 3 3 0 0 1 6 3z",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 8v4.5l3 1.5",
  check: "M5 12.5 10 17.5 19 7",
};

/** An element with attributes and children; `on…` attributes are listeners, `false` and `null` leave one out. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A line icon that screen readers skip. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Text that only screen readers get. */
export const hidden = (text) => h("span", { class: "for-readers" }, text);
