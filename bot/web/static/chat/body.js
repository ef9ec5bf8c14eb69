// A drawing of a body, front and back, whose parts are boxes to tick; it is drawn here and is nobody's picture.

import { h, hidden, svg, uniqueId } from "./dom.js";

/** The parts from head to foot, as paths around a middle line: in the middle, or on the right and mirrored. */
const ARM = "M40 81c11 1 18 8 19 19l6 38-17 3-10-41z";
const HAND = "M49 145l17-3 7 40c1 8 5 13 5 20 0 9-4 14-9 14s-9-5-10-14l-2-17z";
const SHIN = "M11 283h23c2 10 1 18-1 29l-3 32c6 4 12 7 12 12 0 4-3 5-7 5h-20c-3 0-4-2-4-5l2-13c0-20-4-41-2-60z";
const NECK = "M-12 59c8 4 16 4 24 0v9c0 4 3 6 9 8h-42c6-2 9-4 9-8z";
const PARTS = {
  where_head: { front: "M-25 30a25 26 0 0 1 50 0z", back: "M-25 30a25 26 0 0 1 50 0c0 17-10 29-25 29s-25-12-25-29z" },
  where_face: { front: "M-25 33h50c-1 15-11 26-25 26s-24-11-25-26z" },
  where_neck: { front: NECK, back: NECK },
  where_shoulder_arm: { front: ARM, back: ARM, twice: true },
  where_hand: { front: HAND, back: HAND, twice: true },
  where_chest_belly: { front: "M-24 80h48c8 0 12 4 12 11l-2 52c0 14-3 25 0 37h-68c3-12 0-23 0-37l-2-52c0-7 4-11 12-11z" },
  where_upper_back: { back: "M-24 80h48c8 0 12 4 12 11l-2 43h-68l-2-43c0-7 4-11 12-11z" },
  where_lower_back: { back: "M-34 138h68c0 16-3 30 0 42h-68c3-12 0-26 0-42z" },
  where_hip_groin: { front: "M-34 184h68c3 9 4 18 4 27l-29 7-9 9-9-9-29-7c0-9 1-18 4-27z" },
  where_buttock_thigh: { front: "M11 222l27-7c2 20 0 43-3 64h-24z", back: "M2 184h32c5 14 6 34 4 52l-4 43h-23c-2-24-9-54-9-95z", twice: true },
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
