// Going on with one conversation on another device: a code to take along, and a field to enter one.

import { h } from "./dom.js";
import { faultOf, makeCode, openByCode } from "./door.js";

const MINUTE = 60_000;
const FAULTS = { 404: "codeWrong", 409: "nothingYet", 422: "codeWrong" };

/** A panel above the composer; `token()` opens the conversation, `onOpened(body)` hears one that a code opened. */
export class Devices {
  #timer = null;

  constructor({ say, token, onOpened, onClose }) {
    this.say = say;
    this.token = token;
    this.onOpened = onOpened;
    this.onClose = onClose;
    this.title = h("h2", { id: "panel-title", tabindex: "-1" });
    this.body = h("div", {});
    this.status = h("p", { class: "told", role: "status" });
    const close = h("button", { class: "quiet", onclick: () => this.#close() }, say("closePanel"));
    this.element = h("section", { class: "panel", "aria-labelledby": "panel-title", hidden: true }, this.title, this.body, this.status, close);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation(); // closes the panel, not the chat
      this.#close();
    });
  }

  /** Show a new code, and how long it can still be used. */
  async showCode() {
    this.#open("device");
    const { status, body } = await makeCode(this.token());
    if (status !== 201) return this.#fault(status);
    const code = h("p", { class: "code", "aria-label": [...body.code].join(" "), role: "img" }, body.code);
    const left = h("p", { class: "small" });
    this.body.replaceChildren(h("p", {}, this.say("codeHow")), code, left);
    this.#count(left, Date.now() + body.minutes * MINUTE);
  }

  /** Ask for the code that another device shows. */
  askCode() {
    this.#open("resume");
    const field = h("input", { id: "code", name: "code", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 20 });
    const go = h("button", { type: "submit", class: "main" }, this.say("resumeGo"));
    const form = h("form", { novalidate: true }, h("label", { for: "code" }, this.say("codeLabel")), field, go);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const code = field.value.trim();
      const { status, body } = code ? await openByCode(code) : { status: 404 };
      if (status !== 201) return this.#fault(status, field);
      this.#close();
      this.onOpened(body);
    });
    this.body.replaceChildren(h("p", {}, this.say("resumeHow")), form);
    field.focus();
  }

  #open(word) {
    clearTimeout(this.#timer);
    this.title.textContent = this.say(word);
    this.status.textContent = "";
    this.body.replaceChildren();
    this.element.hidden = false;
    this.title.focus();
  }

  #close() {
    clearTimeout(this.#timer);
    this.element.hidden = true;
    this.onClose();
  }

  #fault(status, field) {
    this.status.textContent = this.say(FAULTS[status] ?? faultOf(status));
    field?.focus();
  }

  #count(left, end) {
    const minutes = Math.ceil((end - Date.now()) / MINUTE);
    left.textContent = minutes > 0 ? this.say(minutes === 1 ? "codeLastMinute" : "codeMinutes", { minutes }) : this.say("codeOver");
    if (minutes > 0) this.#timer = setTimeout(() => this.#count(left, end), MINUTE / 4);
  }
}
