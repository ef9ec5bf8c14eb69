// Builds elements; text is always set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  send: "M4 12 20 4l-5.5 16-3-6.5z",
  close: "M6 6l12 12M18 6 6 18",
  warn: "M12 3.5 22 20.5H2zM12 10v4.5M12 17.4v.2",
  phone: "M6 3h3.5l1.6 4.6-2.2 1.6a12 12 0 0 0 5.9 5.9l1.6-2.2L21 14.5V18a3 3 0 0 1-3.2 3A16 16 0 0 1 3 6.2 3 3 0 0 1 6 3z",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 8v4.5l3 1.5",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  down: "M6 9.5 12 15.5 18 9.5",
  open: "M13 4h7v7M20 4 11 13M18 14v6H4V6h6",
  calendar: "M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
};

/** An element with attributes and children; `on…` attributes are listeners, `false` and `null` leave one out. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  if (name === "button") element.type = "button"; // sends nothing unless it says "submit"
  for (const [key, value] of Object.entries(attributes)) {
    if ((value ?? false) === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => (child ?? false) !== false));
  return element;
}

/** The same for a drawing. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A line icon that screen readers skip. */
export const icon = (name) =>
  svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: `icon icon-${name}` }, svg("path", { d: ICONS[name] }));

/** Text that only screen readers get. */
export const hidden = (text, id = null) => h("span", { class: "for-readers", id }, text);

/** A line icon of a button, and its words. */
export const labelled = (name, text) => [icon(name), h("span", {}, text)];

/** An address that may be opened: of the web, never of a script. */
export function safe(address) {
  const url = new URL(address, location.href);
  return /^https?:$/.test(url.protocol) ? url.href : null;
}

let made = 0;

/** An id that nothing else on the page has. */
export const uniqueId = (name) => `${name}-${(made += 1)}`;
