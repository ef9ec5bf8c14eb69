// Where the patient types: grows with the text, Enter sends, Shift+Enter starts a new line.

import { h, hidden, icon } from "./dom.js";

const LONGEST = 4000;
const NEAR = 400;
const STEP = 50; // how often screen readers are told how much is left

/** The form at the foot of the chat; `onSay(text)` hears what is sent. */
export class Composer {
  constructor({ say, onSay }) {
    this.say = say;
    this.onSay = onSay;
    this.#build();
  }

  get text() {
    return this.box.value;
  }

  /** Fill in a text that was not accepted, unless the patient is already writing another. */
  giveBack(text) {
    if (!this.box.value.trim()) this.box.value = text;
    this.#grow();
  }

  focus() {
    this.box.focus({ preventScroll: true });
  }

  #build() {
    const placeholder = this.say("typeHere");
    this.box = h("textarea", { id: "message", rows: 1, dir: "auto", placeholder, autocomplete: "off", "aria-describedby": "left" });
    this.left = h("p", { id: "left", class: "left", role: "status" });
    const label = h("label", { class: "for-readers", for: "message" }, this.say("type"));
    const send = h("button", { type: "submit", class: "send" }, icon("send"), hidden(this.say("send")));
    this.element = h("form", { class: "composer", novalidate: true }, label, h("div", { class: "box" }, this.box, send), this.left);
    this.box.addEventListener("input", () => this.#grow());
    this.box.addEventListener("keydown", (event) => this.#onKey(event));
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  /** Enter sends, but not while a Chinese or Japanese word is being composed. */
  #onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  }

  #send() {
    const text = this.box.value;
    if (!text.trim() || length(text) > LONGEST) return this.focus();
    this.box.value = "";
    this.#grow();
    this.onSay(text);
  }

  #grow() {
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight + 2}px`;
    const left = LONGEST - length(this.box.value);
    this.element.classList.toggle("too-long", left < 0);
    this.box.setAttribute("aria-invalid", String(left < 0));
    this.left.textContent = this.#told(left);
  }

  #told(left) {
    if (left < 0) return this.say("tooLong", { count: -left });
    if (left > NEAR) return "";
    return this.say("charactersLeft", { count: left > STEP ? left - (left % STEP) : left });
  }
}

/** Characters as the server counts them: an emoji beyond the first plane is one. */
const length = (text) => [...text].length;
