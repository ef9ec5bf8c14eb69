// The clinic's colour, made readable: whatever colour a website asks for, text on it and in it keeps its contrast.

const READABLE = 4.6;
const SURFACES = { light: "#faf7f2", dark: "#1d1b19" };
const ENDS = { light: "#000000", dark: "#ffffff" };

/** Use the colour that the frame's address asks for, such as ?colour=%231f6f66. */
export function useColour(element, address = location.search) {
  const colour = new URLSearchParams(address).get("colour");
  if (!/^#[0-9a-f]{6}$/i.test(colour ?? "")) return;
  for (const scheme of ["light", "dark"]) {
    const accent = readable(colour, SURFACES[scheme], ENDS[scheme]);
    element.style.setProperty(`--accent-${scheme}`, accent);
    element.style.setProperty(`--on-accent-${scheme}`, inkOn(accent));
  }
}

/** Black or white, whichever is easier to read on this colour. */
export const inkOn = (colour) => (contrast(colour, "#ffffff") >= contrast(colour, "#111111") ? "#ffffff" : "#111111");

/** The colour, moved towards an end until it can be read on the surface. */
function readable(colour, surface, end) {
  for (let share = 0; share <= 1; share += 0.05) {
    const mixed = mix(colour, end, share);
    if (contrast(mixed, surface) >= READABLE) return mixed;
  }
  return end;
}

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

function mix(one, other, share) {
  const [from, to] = [channels(one), channels(other)];
  const mixed = from.map((value, at) => Math.round(value + (to[at] - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function luminance(colour) {
  const [red, green, blue] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours as WCAG counts it. */
export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((first, second) => first - second);
  return (high + 0.05) / (low + 0.05);
}
