// Copying: to the clipboard where the browser allows it, else as a text that is ready to be copied by hand.

import { h } from "./dom.js";

/** Copy this text and say so in `status`; where that is forbidden, show it selected in `place`. */
export async function copyText(text, { place, status, say }) {
  place.querySelector(".by-hand")?.remove();
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = say("copied");
  } catch {
    const box = h("textarea", { class: "by-hand", readonly: true, rows: 5, "aria-label": say("copyByHand") }, text);
    place.append(box);
    status.textContent = say("copyByHand");
    box.select();
  }
}
