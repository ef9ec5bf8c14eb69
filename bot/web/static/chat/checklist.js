// A checklist, where several answers may fit; for the place of a complaint with a body that can be tapped.

import { bodyMap } from "./body.js";
import { h } from "./dom.js";
import { groupOf } from "./transcript.js";

const ALONE = ["none", "skip"];
const APART = [...ALONE, "unsure"];

/** The list for this question; `onChoose(reply, ids)` hears what is sent. */
export function checklist(reply, { say, onChoose }) {
  const missing = h("p", { class: "missing", role: "alert" });
  const send = h("button", { type: "submit", class: "main" }, say("sendAnswer"));
  const list = h("div", { class: "ticks" }, ...ticks(reply, reply.choices));
  const form = h("form", { novalidate: true }, list, missing, send);
  if (reply.data?.map) withMap(form, list, { reply, say });
  form.addEventListener("change", (event) => {
    missing.textContent = "";
    keepSense(form, event.target);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const ids = ticked(form).map((box) => box.value);
    if (ids.length) onChoose(reply, ids);
    else missing.textContent = say("tickOne");
  });
  return h("div", { class: "checklist", ...groupOf(reply) }, form);
}

/** A row with a box for each choice. */
export function ticks(reply, choices) {
  return choices.map((choice) => {
    const id = `choice-${reply.id}-${choice.id}`;
    const box = h("input", { type: "checkbox", id, value: choice.id });
    return h("label", { class: `tick${APART.includes(choice.id) ? " apart" : ""}`, for: id }, box, h("span", {}, choice.label));
  });
}

export const ticked = (form) => [...form.querySelectorAll("input[type=checkbox]:checked")];

/** The map beside the list: both show and change the same boxes, and the list alone is enough. */
function withMap(form, list, { reply, say }) {
  const boxes = () => [...list.querySelectorAll("input")];
  const map = bodyMap(reply.choices, { say, onTap: (id) => boxes().find((box) => box.value === id).click() });
  list.before(map.element);
  form.classList.add("with-map");
  form.addEventListener("change", () => queueMicrotask(() => map.show(ticked(form).map((box) => box.value))));
}

/** "None of these" stands alone; "not sure" may stand beside what is sure, as it speaks of the rest. */
function keepSense(form, changed) {
  if (!changed.checked) return;
  const alone = ALONE.includes(changed.value);
  for (const box of ticked(form)) {
    if (box !== changed && (alone || ALONE.includes(box.value))) box.checked = false;
  }
}
