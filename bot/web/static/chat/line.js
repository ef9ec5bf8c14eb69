// The line above the composer that says when nothing can be sent, and what happens to what was written.

import { h, icon } from "./dom.js";

const WORDS = { offline: "offline", unreached: "notOpened", busy: "busy", fast: "slowDown" };

/** Shown while the line is down; `onTryAgain()` hears the button. */
export class Line {
  constructor({ say, onTryAgain }) {
    this.say = say;
    this.element = h("div", { class: "line", hidden: true });
    this.words = h("p", { role: "status" });
    this.button = h("button", { type: "button", class: "quiet", onclick: onTryAgain }, say("sendNow"));
    this.element.append(icon("warn"), this.words, this.button);
  }

  /** Say "offline", "unreached", "busy" or "fast"; "online" clears it. */
  show(state, values = {}) {
    const word = WORDS[state];
    this.element.hidden = !word;
    this.element.dataset.state = state;
    this.words.textContent = word ? `${this.say(word, values)} ${this.say("offlineCall")}` : "";
  }
}
