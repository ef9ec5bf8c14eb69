// What stands between a question and its answers: taps that correct what was understood, and why it is asked.

import { h, labelled, uniqueId } from "./dom.js";

/** The row for this question, null when there is nothing to put there; `onFix(reply, fix)` hears a correction. */
export function beside(reply, { say, onFix }) {
  const { fix = [], why } = reply.data ?? {};
  const rows = [fix.length && corrections(reply, fix, { say, onFix }), why && reason(why, say)].filter(Boolean);
  return rows.length ? h("div", { class: "beside" }, ...rows) : null;
}

function corrections(reply, fix, { say, onFix }) {
  const id = uniqueId("fix");
  const row = h("div", { class: "fixes", role: "group", "aria-labelledby": id }, h("span", { id }, say("notRight")));
  for (const one of fix) {
    const tap = () => {
      row.remove();
      onFix(reply, one);
    };
    row.append(h("button", { class: "chip", onclick: tap }, one.label));
  }
  return row;
}

function reason(why, say) {
  const id = uniqueId("why");
  const words = h("p", { id, class: "because", hidden: true }, why);
  const toggle = () => {
    words.hidden = !words.hidden;
    button.setAttribute("aria-expanded", String(!words.hidden));
  };
  const told = { "aria-expanded": "false", "aria-controls": id };
  const button = h("button", { class: "plain", ...told, onclick: toggle }, ...labelled("down", say("why_asking")));
  return h("div", { class: "reason" }, button, words);
}
