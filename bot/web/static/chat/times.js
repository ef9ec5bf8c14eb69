// Free times as buttons, grouped by day, and below them whatever else may be chosen.

import { h, uniqueId } from "./dom.js";
import { groupOf } from "./transcript.js";

const DAY_AND_TIME = /^(.+), (\d{1,2}[:.]\d{2}.*)$/;

/** The times of this question; `onChoose(reply, ids)` hears the one that is taken. */
export function times(reply, { onChoose }) {
  const days = new Map();
  const others = [];
  for (const choice of reply.choices) {
    const found = choice.id.startsWith("slot.") && DAY_AND_TIME.exec(choice.label);
    if (found) days.set(found[1], [...(days.get(found[1]) ?? []), { ...choice, time: found[2] }]);
    else others.push(choice);
  }
  const button = ({ id, label, time }) => {
    const pick = () => onChoose(reply, [id]);
    return h("button", { class: time ? "choice time" : "choice", "aria-label": time && label, onclick: pick }, time ?? label);
  };
  const groups = [...days].map(([day, slots]) => {
    const name = uniqueId("day");
    return h("div", { class: "day", role: "group", "aria-labelledby": name }, h("p", { id: name }, day), ...slots.map(button));
  });
  const rest = others.length ? h("div", { class: "choices" }, ...others.map(button)) : null;
  return h("div", { class: "times", ...groupOf(reply) }, ...groups, rest);
}
