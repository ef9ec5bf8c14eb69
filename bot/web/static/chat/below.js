// What stands below the conversation: the line that says when nothing can be sent, and the way out at the end.

import { h, icon } from "./dom.js";

const WORDS = { offline: "offline", unreached: "notOpened", busy: "busy", fast: "slowDown" };

/** Shown while the line is down; `onTryAgain()` hears the button. */
export class Line {
  constructor({ say, onTryAgain }) {
    this.say = say;
    this.element = h("div", { class: "line", hidden: true });
    this.words = h("p", { role: "status" });
    this.button = h("button", { class: "quiet", onclick: onTryAgain }, say("sendNow"));
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

/**
 * Shown below the conversation before it begins, and once the request is made or an emergency was told: `onResume()`
 * hears that one of another device shall go on here, `onStartAgain()` that a new one is wanted.
 */
export class Ending {
  constructor({ say, onStartAgain, onResume }) {
    this.say = say;
    this.onStartAgain = onStartAgain;
    this.onResume = onResume;
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
    const [word, act] = {
      new: ["resume", () => this.onResume()],
      erased: ["startAgain", () => this.onStartAgain()],
      urgent: ["clear", () => this.#makeSure()],
      done: ["startAgain", () => this.#makeSure()],
    }[this.kind] ?? [];
    const looks = this.kind === "new" ? "plain" : "quiet";
    const button = word && h("button", { class: looks, onclick: act }, h("span", {}, this.say(word)));
    this.element.replaceChildren(...(button ? [button] : []));
  }

  #makeSure() {
    const yes = h("button", { class: "quiet", onclick: () => this.onStartAgain() }, this.say("clearYes"));
    const no = h("button", { class: "quiet", onclick: () => this.#keep() }, this.say("clearNo"));
    this.element.replaceChildren(h("p", {}, this.say("clearSure")), yes, no);
    no.focus();
  }

  #keep() {
    this.#offer();
    this.element.firstElementChild.focus();
  }
}

/** "new" before the patient has said anything, "urgent" once an emergency was told, "done" once a request is complete. */
function endOf(entries) {
  const replies = entries.filter((entry) => entry.reply && !entry.about).map((entry) => entry.reply);
  if (replies.some((reply) => reply.data?.erased)) return "erased";
  if (replies.some((reply) => reply.kind === "emergency")) return "urgent";
  if (replies.some((reply) => reply.kind === "booking" && !reply.question)) return "done";
  return replies.length && !entries.some((entry) => entry.from === "patient") ? "new" : null;
}
