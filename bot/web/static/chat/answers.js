// The answers to the open question: buttons for one choice, a checklist for several, a small form for name and number.

import { h } from "./dom.js";
import { groupOf } from "./transcript.js";

const ALONE = ["none", "skip"];
const SHORT = 24;
const SETTLING = 400; // a second tap of a double tap must not answer the next question
const CONTACT = ["booking.contact", "urgent.contact"];

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
    this.element.classList.add("is-new");
    setTimeout(() => this.element.classList.remove("is-new"), SETTLING);
  }

  /** The group to move the focus to, when there is one. */
  get group() {
    return this.element.firstElementChild;
  }

  #build(reply) {
    if (CONTACT.includes(reply.question)) return this.#contact(reply);
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
    const form = h("form", { novalidate: true }, ...rows, missing, send);
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
    return h("div", { class: "checklist", ...groupOf(reply) }, form);
  }

  /** Fields that the browser can fill in; they are sent as the words a patient would type. */
  #contact(reply) {
    const fields = [
      field(reply, { name: "name", label: this.say("name"), type: "text" }),
      field(reply, { name: "tel", label: this.say("phone"), type: "tel" }),
      field(reply, { name: "email", label: this.say("email"), type: "email" }),
    ];
    const missing = h("p", { class: "missing", role: "alert" });
    const send = h("button", { type: "submit", class: "main" }, this.say("send"));
    const form = h("form", { novalidate: true }, ...fields, missing, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [name, tel, email] = [...new FormData(form).values()].map((value) => value.trim());
      if (tel || email) return this.onSay([name, tel, email].filter(Boolean).join(", "));
      missing.textContent = this.say("contactMissing");
      form.querySelector("[name=tel]").focus();
    });
    return h("div", { class: "contact", ...groupOf(reply) }, form);
  }
}

function field(reply, { name, label, type }) {
  const id = `${name}-${reply.id}`;
  const input = h("input", { id, name, type, autocomplete: name, maxlength: 200 });
  return h("div", { class: "field" }, h("label", { for: id }, label), input);
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
