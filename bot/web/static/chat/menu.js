// The menu "More": what may be asked for at any point of the conversation, by pointer or by keyboard.

import { h, labelled } from "./dom.js";

/** In groups; "device" is done here, all others are sent as controls. */
const GROUPS = [
  ["go_back", "change", "repeat", "why_asking"],
  ["show_summary", "talk_to_person", "book_exam", "device"],
  ["what_do_you_know", "delete_my_data", "start_over", "stop_messages"],
];

/** A button with its menu; `onControl(id, label)` and `onDevice()` hear what was picked. */
export class Menu {
  constructor({ say, onControl, onDevice }) {
    this.say = say;
    this.onControl = onControl;
    this.onDevice = onDevice;
    this.#build();
  }

  #build() {
    const { say } = this;
    const toggle = () => (this.list.hidden ? this.#open() : this.#close());
    const told = { "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "menu" };
    this.button = h("button", { class: "more", ...told, onclick: toggle }, ...labelled("more", say("more")));
    const groups = GROUPS.map((items) => h("div", { role: "group" }, ...items.map((item) => this.#item(item))));
    this.list = h("div", { class: "menu", id: "menu", role: "menu", "aria-label": say("menu"), hidden: true }, ...groups);
    this.element = h("div", { class: "has-menu" }, this.button, this.list);
    this.button.addEventListener("keydown", (event) => this.#onButtonKey(event));
    this.list.addEventListener("keydown", (event) => this.#onKey(event));
    document.addEventListener("pointerdown", (event) => this.element.contains(event.target) || this.#hide());
    addEventListener("blur", () => this.#hide());
  }

  #item(name) {
    const label = this.say(name);
    const pick = () => {
      this.#close();
      if (name === "device") this.onDevice();
      else this.onControl(`control.${name}`, label);
    };
    return h("button", { role: "menuitem", tabindex: "-1", onclick: pick }, label);
  }

  get #items() {
    return [...this.list.querySelectorAll("button")];
  }

  #open(at = 0) {
    this.list.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.#items.at(at).focus();
  }

  #hide() {
    this.list.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
  }

  #close() {
    this.#hide();
    this.button.focus();
  }

  #onButtonKey(event) {
    const at = { ArrowDown: 0, ArrowUp: -1 }[event.key];
    if (at === undefined) return;
    event.preventDefault();
    this.#open(at);
  }

  #onKey(event) {
    const { key } = event;
    if (key === "Tab") return this.#close(); // the focus goes on from the button
    if (key === "Escape") event.stopPropagation(); // closes the menu, not the chat
    if (key === "Escape") return this.#close();
    const to = this.#goal(key);
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  /** The item that a key leads to: the next, the last, or the next that begins with this letter. */
  #goal(key) {
    const items = this.#items;
    const at = items.indexOf(document.activeElement);
    const rest = [...items.slice(at + 1), ...items.slice(0, at)];
    const named = { ArrowDown: rest[0], ArrowUp: rest.at(-1), Home: items[0], End: items.at(-1) };
    if (key in named) return named[key];
    return key.length === 1 && rest.find((item) => item.textContent.toLowerCase().startsWith(key.toLowerCase()));
  }
}
