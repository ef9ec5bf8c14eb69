// The answers to the open question: buttons for one choice, a checklist with a Send button for several.

import { contactForm, wantsContact } from "./contact.js";
import { h } from "./dom.js";
import { groupOf } from "./transcript.js";

const ALONE = ["none", "skip"];
const SHORT = 24;

/** Shows the answers below the conversation; `onChoose(reply, ids)` and `onSay(text)` hear them. */
export class Answers {
  constructor({ say, onChoose, onSay }) {
    this.say = say;
    this.onChoose = onChoose;
    this.onSay = onSay;
    this.element = h("div", { class: "answers", hidden: true });
  }

  /** Show the answers of this question, or none. */
  ask(reply) {
    const group = reply && this.#build(reply);
    this.element.hidden = !group;
    this.element.replaceChildren(...(group ? [group] : []));
  }

  /** The group to move the focus to, when there is one. */
  get group() {
    return this.element.firstElementChild;
  }

  #build(reply) {
    if (wantsContact(reply)) return contactForm({ reply, say: this.say, onSay: this.onSay });
    if (!reply.choices.length) return null;
    return reply.multiple ? this.#checklist(reply) : this.#buttons(reply);
  }

  #buttons(reply) {
    const long = reply.choices.some((choice) => choice.label.length > SHORT);
    const buttons = reply.choices.map((choice) =>
      h("button", { type: "button", class: "choice", onclick: () => this.onChoose(reply, [choice.id]) }, choice.label),
    );
    return h("div", { class: `choices${long ? " long" : ""}`, ...groupOf(reply) }, ...buttons);
  }

  #checklist(reply) {
    const rows = reply.choices.map((choice) => row(reply, choice));
    const missing = h("p", { class: "missing", role: "alert" });
    const send = h("button", { type: "submit", class: "main" }, this.say("sendAnswer"));
    const form = h("form", { class: "checklist", novalidate: true, ...groupOf(reply) }, ...rows, missing, send);
    form.addEventListener("change", (event) => {
      missing.textContent = "";
      keepSense(form, event.target);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const ids = ticked(form).map((box) => box.value);
      if (ids.length) this.onChoose(reply, ids);
      else missing.textContent = this.say("tickOne");
    });
    return form;
  }
}

function row(reply, choice) {
  const id = `choice-${reply.id}-${choice.id}`;
  const apart = ALONE.includes(choice.id) || choice.id === "unsure";
  const box = h("input", { type: "checkbox", id, value: choice.id });
  return h("label", { class: `tick${apart ? " apart" : ""}`, for: id }, box, h("span", {}, choice.label));
}

const ticked = (form) => [...form.querySelectorAll("input:checked")];

/** "None of these" stands alone; "not sure" may stand beside what is sure, as it speaks of the rest. */
function keepSense(form, changed) {
  if (!changed.checked) return;
  const alone = ALONE.includes(changed.value);
  for (const box of ticked(form)) {
    if (box !== changed && (alone || ALONE.includes(box.value))) box.checked = false;
  }
}
