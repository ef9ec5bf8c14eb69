// The box about the background: ticks, how bad it is from 0 to 10, and a line of one's own, sent together or skipped.

import { ticked, ticks } from "./checklist.js";
import { h, uniqueId } from "./dom.js";
import { groupOf } from "./transcript.js";

/** The box of this question; ticks alone are sent as choices, anything more as one text. */
export function backgroundBox(reply, { say, onChoose, onSay }) {
  const skip = reply.choices.find((choice) => choice.id === "skip");
  const choices = reply.choices.filter((choice) => choice !== skip);
  const missing = h("p", { class: "missing", role: "alert" });
  const form = h("form", { novalidate: true });
  form.append(
    h("div", { class: "ticks" }, ...ticks(reply, choices)),
    scale(reply.data.box, say),
    line(say),
    missing,
    h("button", { type: "submit", class: "main" }, say("sendAnswer")),
  );
  if (skip) form.append(h("button", { class: "plain skip", onclick: () => onChoose(reply, [skip.id]) }, skip.label));
  form.addEventListener("input", () => (missing.textContent = ""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const ids = ticked(form).map((box) => box.value);
    const more = [form.elements.scale.value, form.elements.line.value.trim()];
    if (more.some(Boolean)) onSay(told(choices, ids, more, reply.data.box), reply);
    else if (ids.length) onChoose(reply, ids);
    else missing.textContent = say("boxEmpty");
  });
  return h("div", { class: "background checklist", ...groupOf(reply) }, form);
}

/** What was ticked, the number and the line, each on a line of its own, as a patient would type it. */
function told(choices, ids, [number, words], { scale: [, most] }) {
  const labels = choices.filter((choice) => ids.includes(choice.id)).map((choice) => choice.label);
  return [...labels, number && `${number}/${most}`, words].filter(Boolean).join("\n");
}

function scale({ scale: [least, most], label }, say) {
  const numbers = Array.from({ length: most - least + 1 }, (_, at) => least + at);
  const ends = { [least]: say("noPain"), [most]: say("worstPain") };
  const options = numbers.map((number) => {
    const input = h("input", { type: "radio", name: "scale", value: number, "aria-label": ends[number] && `${number}, ${ends[number]}` });
    return h("label", {}, input, h("span", {}, String(number)));
  });
  const told = Object.values(ends).map((end) => h("span", {}, end));
  return h(
    "fieldset",
    { class: "scale" },
    h("legend", {}, label),
    h("div", { class: "numbers" }, ...options),
    h("p", { class: "ends", "aria-hidden": "true" }, ...told),
  );
}

function line(say) {
  const id = uniqueId("line");
  const input = h("input", { id, name: "line", type: "text", maxlength: 500, autocomplete: "off", dir: "auto" });
  return h("div", { class: "field" }, h("label", { for: id }, say("anythingElse")), input);
}
