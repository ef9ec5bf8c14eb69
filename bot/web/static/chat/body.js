// A drawing of a body, front and back, whose parts are boxes to tick; it is drawn here and is nobody's picture.

import { h, hidden, svg, uniqueId } from "./dom.js";

/** The parts from head to foot, as paths around a middle line: in the middle, or on the right and mirrored. */
const ARM = "M37 88c10 2 16 9 17 20l4 34c-5 3-11 3-15 1l-7-38c-1-6-1-12 1-17z";
const HAND = "M44 147c4 2 9 2 14-1l6 38c1 5 3 9 3 15 0 9-3 17-8 17s-8-5-8-12l-1-19z";
const SHIN = "M13 286c6 3 13 3 20 0 3 12 3 24 0 36-2 10-2 18-2 27 5 3 11 6 11 11 0 4-3 5-7 5h-19c-3 0-4-2-4-5 2-8 3-15 2-24-3-17-3-33-1-50z";
const NECK = "M-11 60c7 5 15 5 22 0 0 8 1 12 5 15-9 5-23 5-32 0 4-3 5-7 5-15z";
const CHEST = "M-13 79c4 3 22 3 26 0 3 4 12 5 21 8 2 10-1 25-3 41";
const PARTS = {
  where_head: { front: "M-24 30c0-15 10-26 24-26s24 11 24 26z", back: "M-24 30c0-15 10-26 24-26s24 11 24 26c0 16-10 28-24 28s-24-12-24-28z" },
  where_face: { front: "M-24 34h48c-1 14-10 24-24 24s-23-10-24-24z" },
  where_neck: { front: NECK, back: NECK },
  where_shoulder_arm: { front: ARM, back: ARM, twice: true },
  where_hand: { front: HAND, back: HAND, twice: true },
  where_chest_belly: { front: `${CHEST}c-2 18 0 36 2 52h-66c2-16 4-34 2-52-2-16-5-31-3-41 9-3 18-4 21-8z` },
  where_upper_back: { back: `${CHEST}v4h-62v-4c-2-16-5-31-3-41 9-3 18-4 21-8z` },
  where_lower_back: { back: "M-31 136h62c-1 15 1 29 2 44h-66c1-15 3-29 2-44z" },
  where_hip_groin: { front: "M-33 184h66c3 10 4 18 4 26l-28 9-9 8-9-8-28-9c0-8 1-16 4-26z" },
  where_buttock_thigh: {
    front: "M11 223l26-8c3 22-1 44-4 66-7 3-14 3-20 0-3-18-5-38-2-58z",
    back: "M2 184h31c5 17 5 32 4 46-1 18-3 34-5 51-7 3-13 3-19 0-3-14-4-27-6-38-3-19-5-40-5-59z",
    twice: true,
  },
  where_lower_leg: { front: SHIN, back: SHIN, twice: true },
};
const ORDER = Object.keys(PARTS);
const WHOLE = "where_all_over";

/** The map of these choices; `onTap(id)` hears a tap, `show(ids)` shows what is ticked. */
export function bodyMap(choices, { say, onTap }) {
  const areas = ORDER.flatMap((id) => choices.filter((choice) => choice.id === id).map((choice) => area(choice, onTap)));
  const hint = uniqueId("hint");
  const told = { role: "group", "aria-label": say("map"), "aria-describedby": hint };
  const names = [svg("text", { x: 78, y: 386 }, say("front")), svg("text", { x: 242, y: 386 }, say("back"))];
  names.forEach((name) => name.setAttribute("aria-hidden", "true"));
  const drawing = svg("svg", { viewBox: "0 0 320 394", class: "body", ...told }, ...areas, ...names);
  drawing.addEventListener("keydown", (event) => move(event, areas));
  areas[0]?.setAttribute("tabindex", "0");
  const element = h("div", { class: "map" }, drawing, h("p", { class: "small" }, say("mapOrList")), hidden(say("mapKeys"), hint));
  return { element, show: (ids) => show(areas, ids) };
}

function area({ id, label }, onTap) {
  const { twice, ...views } = PARTS[id];
  const paths = Object.entries(views).flatMap(([view, d]) => {
    const x = view === "front" ? 78 : 242;
    const sides = twice ? [1, -1] : [1];
    return sides.map((side) => svg("path", { d, transform: `translate(${x} 0) scale(${side} 1)` }));
  });
  const box = svg("g", { class: "area", role: "checkbox", "aria-checked": "false", "aria-label": label, tabindex: "-1", "data-id": id }, ...paths);
  box.addEventListener("click", () => onTap(id));
  box.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    onTap(id);
  });
  return box;
}

/** One stop for the Tab key; the arrows lead over the body. */
function move(event, areas) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const at = areas.indexOf(event.target);
  const next = areas.at((at + step) % areas.length);
  event.target.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

function show(areas, ids) {
  for (const one of areas) {
    one.setAttribute("aria-checked", String(ids.includes(one.dataset.id)));
    one.classList.toggle("in-all", ids.includes(WHOLE));
  }
}
