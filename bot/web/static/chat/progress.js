// How far the questions are: a slim bar below the head. Readers hear the same words with the question itself.

import { h } from "./dom.js";

export class Progress {
  constructor({ say }) {
    this.say = say;
    this.words = h("span", {});
    this.bar = h("i", {});
    this.element = h("div", { class: "progress", "aria-hidden": "true", hidden: true }, this.words, h("div", { class: "track" }, this.bar));
  }

  /** Show where this question stands; nothing without one. */
  show(reply) {
    const told = reply?.data?.progress;
    this.element.hidden = !told;
    if (!told) return;
    this.words.textContent = this.say("progress", told);
    this.bar.style.inlineSize = `${Math.round((100 * told.at) / Math.max(told.at, told.of))}%`;
  }
}
