// The answers to the open question: buttons for one choice, lists for several, and forms where words are asked for.

import { beside } from "./beside.js";
import { backgroundBox } from "./box.js";
import { checklist } from "./checklist.js";
import { h } from "./dom.js";
import { times } from "./times.js";
import { groupOf } from "./transcript.js";

const SHORT = 24;
const SETTLING = 400; // a second tap of a double tap must not answer the next question
const CONTACT = ["booking.contact", "urgent.contact"];

/** Shows the answers below the conversation; `onChoose(reply, ids)`, `onSay(text)` and `onFix(reply, fix)` hear them. */
export class Answers {
  constructor(heard) {
    this.heard = heard;
    this.group = null;
    this.element = h("div", { class: "answers", hidden: true });
  }

  /** Show the answers of this question, or none; `group` is where the focus goes on, when there is one. */
  ask(reply) {
    const row = reply && beside(reply, this.heard);
    this.group = reply && this.#build(reply);
    const parts = [row, this.group].filter(Boolean);
    this.element.hidden = !parts.length;
    this.element.replaceChildren(...parts);
    this.element.classList.add("is-new");
    setTimeout(() => this.element.classList.remove("is-new"), SETTLING);
  }

  #build(reply) {
    if (CONTACT.includes(reply.question)) return contact(reply, this.heard);
    if (!reply.choices.length) return null;
    if (reply.data?.box) return backgroundBox(reply, this.heard);
    if (reply.data?.times) return times(reply, this.heard);
    return reply.multiple ? checklist(reply, this.heard) : buttons(reply, this.heard);
  }
}

function buttons(reply, { onChoose }) {
  const long = reply.choices.some((choice) => choice.label.length > SHORT);
  const each = reply.choices.map((choice) =>
    h("button", { class: "choice", onclick: () => onChoose(reply, [choice.id]) }, choice.label),
  );
  return h("div", { class: `choices${long ? " long" : ""}`, ...groupOf(reply) }, ...each);
}

/** Fields that the browser can fill in; they are sent as the words a patient would type. */
function contact(reply, { say, onSay }) {
  const fields = [
    field(reply, { name: "name", label: say("name"), type: "text" }),
    field(reply, { name: "tel", label: say("phone"), type: "tel" }),
    field(reply, { name: "email", label: say("email"), type: "email" }),
  ];
  const missing = h("p", { class: "missing", role: "alert" });
  const send = h("button", { type: "submit", class: "main" }, say("send"));
  const form = h("form", { novalidate: true }, ...fields, missing, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [name, tel, email] = [...new FormData(form).values()].map((value) => value.trim());
    if (tel || email) return onSay([name, tel, email].filter(Boolean).join(", "), reply);
    missing.textContent = say("contactMissing");
    form.querySelector("[name=tel]").focus();
  });
  return h("div", { class: "contact", ...groupOf(reply) }, form);
}

function field(reply, { name, label, type }) {
  const id = `${name}-${reply.id}`;
  const input = h("input", { id, name, type, autocomplete: name, maxlength: 200 });
  return h("div", { class: "field" }, h("label", { for: id }, label), input);
}
