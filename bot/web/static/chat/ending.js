// After the end: a button that starts anew, or takes an urgent chat off a device that others may read.

import { h } from "./dom.js";

/** Shown below the conversation once the request is made or an emergency was told; `onStartAgain()` hears the yes. */
export class Ending {
  constructor({ say, onStartAgain }) {
    this.say = say;
    this.onStartAgain = onStartAgain;
    this.element = h("div", { class: "ending", hidden: true });
  }

  /** Show what fits the end of these entries. */
  follow(entries) {
    const kind = endOf(entries);
    if (kind === this.kind) return;
    this.kind = kind;
    this.element.hidden = !kind;
    this.#offer();
  }

  #offer() {
    const label = this.say(this.kind === "urgent" ? "clear" : "startAgain");
    this.element.replaceChildren(h("button", { type: "button", class: "quiet", onclick: () => this.#makeSure() }, label));
  }

  #makeSure() {
    const yes = h("button", { type: "button", class: "quiet", onclick: () => this.onStartAgain() }, this.say("clearYes"));
    const no = h("button", { type: "button", class: "quiet", onclick: () => this.#keep() }, this.say("clearNo"));
    this.element.replaceChildren(h("p", {}, this.say("clearSure")), yes, no);
    no.focus();
  }

  #keep() {
    this.#offer();
    this.element.firstElementChild.focus();
  }
}

/** "urgent" once an emergency was told, "done" once a request is complete, else null. */
function endOf(entries) {
  const replies = entries.filter((entry) => entry.reply && !entry.about).map((entry) => entry.reply);
  if (replies.some((reply) => reply.kind === "emergency")) return "urgent";
  return replies.some((reply) => reply.kind === "booking" && !reply.question) ? "done" : null;
}
