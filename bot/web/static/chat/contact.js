// A small form for name and number, so that the browser can fill it in; it is sent as the words a patient would type.

import { h } from "./dom.js";
import { groupOf } from "./transcript.js";

const QUESTIONS = ["booking.contact", "urgent.contact"];

/** Whether a question asks how to reach the patient. */
export const wantsContact = (reply) => QUESTIONS.includes(reply.question);

/** The form; `onSay(text)` hears name, phone and e-mail in one line. */
export function contactForm({ reply, say, onSay }) {
  const fields = [
    field(reply, { name: "name", label: say("name"), type: "text", autocomplete: "name" }),
    field(reply, { name: "phone", label: say("phone"), type: "tel", autocomplete: "tel" }),
    field(reply, { name: "email", label: say("email"), type: "email", autocomplete: "email" }),
  ];
  const missing = h("p", { class: "missing", role: "alert" });
  const send = h("button", { type: "submit", class: "main" }, say("sendContact"));
  const form = h("form", { class: "contact", novalidate: true, ...groupOf(reply) }, ...fields, missing, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { name, phone, email } = typed(form);
    if (phone || email) return onSay([name, phone, email].filter(Boolean).join(", "));
    missing.textContent = say("contactMissing");
    form.querySelector("[name=phone]").focus();
  });
  return form;
}

function field(reply, { name, label, type, autocomplete }) {
  const id = `${name}-${reply.id}`;
  const input = h("input", { id, name, type, autocomplete, maxlength: 200 });
  return h("div", { class: "field" }, h("label", { for: id }, label), input);
}

const typed = (form) => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
