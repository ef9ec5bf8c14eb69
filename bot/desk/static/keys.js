// Keys for those who work at the desk all day. Single letters, so they can be switched off, and never while somebody types.
"use strict";

const OFF = "needlepoint-keys-off";
const isOff = () => localStorage.getItem(OFF) === "1";
const isTyping = (target) => target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");

function step(by) {
  const links = [...document.querySelectorAll(".queue h2 a")];
  if (!links.length) return false;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[next].focus();
  return true;
}

function goTo(key) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((one) => one.checkVisibility());
  if (!target) return false;
  if (target.matches("nav a")) target.click();
  else {
    target.focus();
    target.scrollIntoView({ block: "center" });
  }
  return true;
}

function act(key) {
  if (key === "?") return document.getElementById("keys").showModal() ?? true;
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  return goTo(key);
}

function offerKeys(dialog) {
  const open = document.querySelector("[data-open-keys]");
  const box = dialog.querySelector("input[type=checkbox]");
  open.hidden = false;
  open.addEventListener("click", () => dialog.showModal());
  box.checked = !isOff();
  box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "0" : "1"));
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (dialog.open || isOff() || isTyping(event.target)) return;
    if (act(event.key)) event.preventDefault();
  });
}

const keys = document.getElementById("keys");
if (keys) offerKeys(keys);
