// The result as a card: the count, the findings with the patient's own words, and what may be done with it.

import { copyText } from "./copy.js";
import { h, labelled, safe, uniqueId } from "./dom.js";
import { mailSummary, makeSummaryLink, readSummary } from "./door.js";

const FAULTS = { 0: "notReached", 401: "summaryEnded", 409: "summaryNone", 429: "slowLater" };
const NO_MAIL = 503;

/** The first row is the count; the others are findings with the patient's own words. */
export function card([[, count], ...rows], say) {
  const head = h("div", { class: "count" }, h("p", { class: "title" }, say("result")), h("p", { class: "figure" }, count));
  head.append(h("p", { class: "small" }, say("resultNote")));
  const list = h("dl", {});
  for (const [label, value] of rows) {
    list.append(h("div", { class: "row" }, h("dt", {}, label), h("dd", { dir: "auto", class: /^["“„«]/.test(value) && "quoted" }, value)));
  }
  return h("div", { class: "card" }, head, list);
}

/** The buttons of the card; `token()` opens the summary. */
export class SummaryActions {
  #sendsMail = true;

  constructor({ say, token }) {
    this.say = say;
    this.token = token;
  }

  build() {
    const { say } = this;
    const status = h("p", { class: "told", role: "status" });
    const place = h("div", { class: "made" });
    const button = (icon, word, act) =>
      h("button", { type: "button", class: "quiet", onclick: () => act({ status, place }) }, ...labelled(icon, say(word)));
    const show = button("open", "showPhysio", (where) => this.#show(where));
    show.classList.add("first");
    const mail = button("mail", "mailLink", () => this.#openMail({ mail, form, status }));
    const form = this.#mailForm({ mail, status });
    mail.hidden = !this.#sendsMail;
    mail.setAttribute("aria-expanded", "false");
    mail.setAttribute("aria-controls", form.id);
    const others = [
      button("print", "print", printResult),
      button("file", "pdf", (where) => this.#save(where)),
      button("copy", "copyAsText", (where) => this.#copy(where)),
    ];
    // Not read out with the result: whoever wants the buttons finds them below it.
    return h("div", { class: "actions", "aria-live": "off" }, h("div", { class: "buttons" }, show, ...others, mail), form, place, status);
  }

  async #show({ status, place }) {
    const tab = open("", "_blank"); // now, as browsers allow it only in the tap itself
    const { status: code, body } = await makeSummaryLink(this.token());
    const address = code === 201 && safe(body.url);
    if (!address) {
      tab?.close();
      return this.#fault(status, code);
    }
    if (tab) tab.location = address;
    const link = h("a", { href: address, target: "_blank", rel: "noopener" }, this.say("openSummary"));
    place.replaceChildren(h("p", {}, link, ` ${this.say("linkLasts", { days: body.days })}`));
    status.textContent = "";
  }

  async #save({ status }) {
    const { status: code, body } = await readSummary(this.token(), "pdf");
    if (code !== 200) return this.#fault(status, code);
    const address = URL.createObjectURL(body);
    h("a", { href: address, download: `${this.say("fileName")}.pdf` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    status.textContent = this.say("saved");
  }

  async #copy({ status, place }) {
    const { status: code, body } = await readSummary(this.token(), "text");
    if (code !== 200) return this.#fault(status, code);
    await copyText(await body.text(), { place, status, say: this.say });
  }

  #openMail({ mail, form, status }) {
    form.hidden = !form.hidden;
    mail.setAttribute("aria-expanded", String(!form.hidden));
    status.textContent = "";
    if (!form.hidden) form.elements.to.focus();
  }

  #mailForm({ mail, status }) {
    const [id, field] = [uniqueId("mail"), uniqueId("to")];
    const to = h("input", { id: field, name: "to", type: "email", autocomplete: "email", maxlength: 200 });
    const send = h("button", { type: "submit", class: "main" }, this.say("send"));
    const note = h("p", { class: "small" }, this.say("mailNote"));
    const form = h("form", { id, class: "mail", novalidate: true, hidden: true }, h("label", { for: field }, this.say("mailTo")), to, send, note);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { status: code } = to.value.trim() ? await mailSummary(this.token(), to.value.trim()) : { status: 422 };
      if (code === 422) {
        to.focus();
        return (status.textContent = this.say("mailWrong"));
      }
      this.#mailed(code, { mail, form, status });
    });
    return form;
  }

  #mailed(code, { mail, form, status }) {
    const isOver = code === 202 || code === NO_MAIL;
    if (code === NO_MAIL) this.#sendsMail = false;
    if (isOver) {
      form.hidden = true;
      mail.setAttribute("aria-expanded", "false");
      mail.hidden = !this.#sendsMail;
      (this.#sendsMail ? mail : form.parentElement.querySelector("button")).focus();
    }
    if (code === 202) status.textContent = this.say("mailSent");
    else if (code === NO_MAIL) status.textContent = this.say("mailNever");
    else this.#fault(status, code);
  }

  #fault(status, code) {
    status.textContent = this.say(FAULTS[code] ?? "summaryFailed");
  }
}

/** Print the result alone. */
function printResult() {
  document.documentElement.classList.add("prints-result");
  addEventListener("afterprint", () => document.documentElement.classList.remove("prints-result"), { once: true });
  print();
}
