// Puts the chat on a clinic's website: a launcher button, and the chat in a frame that is loaded when first opened.
//
//   <script src="https://chat.example/widget.js" defer></script>
//
// Optional attributes of the script tag: data-label and data-label-new (the launcher's words), data-colour (#rrggbb),
// data-open (open at once on wide screens). Any element of the page with data-needlepoint-open opens the chat too.

"use strict";

(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const label = script.dataset.label || "Chat with us";
  const labelNew = script.dataset.labelNew || "new message";
  // The server writes the clinic's own colour in place of the name.
  const colour = [script.dataset.colour, "CLINIC_COLOUR"].find((one) => /^#[0-9a-f]{6}$/i.test(one)) ?? null;
  const narrow = matchMedia("(max-width: 40rem), (max-height: 28rem)");
  const KEPT = "needlepoint.open";
  let frame = null;
  let loaded = false;
  let focusWanted = false;
  let opener = null;

  const style = `
    :host { all: initial; --accent: #1f6f66; --on-accent: #fff; }
    * { box-sizing: border-box; }
    button { position: fixed; z-index: 2147483000; right: max(20px, env(safe-area-inset-right));
      bottom: max(20px, env(safe-area-inset-bottom)); display: flex; align-items: center; gap: 10px; min-height: 56px;
      max-width: calc(100vw - 40px); padding: 10px 22px 10px 18px; border: 0; border-radius: 28px; cursor: pointer;
      background: var(--accent); color: var(--on-accent); font: 600 17px/1.25 system-ui, sans-serif; text-align: start;
      box-shadow: 0 1px 2px rgb(0 0 0 / .2), 0 8px 28px rgb(0 0 0 / .22); transition: transform .15s; }
    button:hover { transform: translateY(-2px); }
    button:focus-visible { outline: 3px solid #fff; outline-offset: 0; box-shadow: 0 0 0 6px #14110f; }
    button[hidden], dialog:not([open]) { display: none; }
    button svg { flex: none; width: 26px; height: 26px; fill: none; stroke: currentColor; stroke-width: 1.8;
      stroke-linecap: round; stroke-linejoin: round; }
    button i { display: none; width: 12px; height: 12px; border-radius: 50%; background: #ffd166; border: 2px solid #14110f; }
    button.is-new i { display: block; }
    dialog { position: fixed; z-index: 2147483001; inset: auto 20px 20px auto; margin: 0; padding: 0; border: 0;
      width: min(420px, calc(100vw - 40px)); height: min(720px, calc(100vh - 40px)); max-width: none; max-height: none;
      border-radius: 20px; overflow: hidden; background: #faf7f2; color: #14110f;
      box-shadow: 0 0 0 1px rgb(0 0 0 / .08), 0 24px 64px rgb(0 0 0 / .28); animation: rise .18s ease-out; }
    dialog::backdrop { background: none; }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    @keyframes rise { from { opacity: 0; transform: translateY(12px); } }
    @media (max-width: 40rem), (max-height: 28rem) {
      dialog { inset: 0; width: 100vw; height: 100vh; height: var(--seen, 100dvh); border-radius: 0; box-shadow: none; }
    }
    @media (prefers-color-scheme: dark) { dialog { background: #1d1b19; color: #f3eee7; } }
    @media (prefers-reduced-motion: reduce) { button, dialog { transition: none; animation: none; } }
    @media (forced-colors: active) { button, dialog { border: 2px solid; } }
    @media print { button, dialog { display: none; } }
  `;

  const host = document.createElement("needlepoint-launcher");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];

  const button = make("button", { type: "button", "aria-haspopup": "dialog" });
  const words = document.createElement("span");
  words.textContent = label;
  button.append(bubble(), words, document.createElement("i"));
  const panel = make("dialog", { "aria-label": label });
  root.append(button, panel);
  if (colour) paint();

  function make(name, attributes) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  function bubble() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M4 5h16v11.5H11L6.5 20.5V16.5H4zM8 9.5h8M8 12.7h5");
    svg.append(path);
    return svg;
  }

  /** The clinic's colour, with black or white words on it, whichever is easier to read. */
  function paint() {
    const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
    const bright = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    host.style.setProperty("--accent", colour);
    host.style.setProperty("--on-accent", bright > 0.179 ? "#111" : "#fff");
  }

  function load() {
    frame = make("iframe", { title: label, referrerpolicy: "no-referrer", allow: "clipboard-write" });
    frame.addEventListener("load", () => {
      loaded = true;
      if (focusWanted) enter();
    });
    frame.src = `${home}/chat${colour ? `?colour=${encodeURIComponent(colour)}` : ""}`;
    panel.append(frame);
  }

  /** Move into the chat, which puts the focus where the patient goes on. */
  function enter() {
    focusWanted = false;
    frame.focus();
    frame.contentWindow.postMessage({ needlepoint: "opened" }, home);
  }

  function open({ focus = true } = {}) {
    if (panel.open) return;
    if (focus) opener = document.activeElement === host ? null : document.activeElement;
    if (!frame) load();
    button.hidden = true;
    button.classList.remove("is-new");
    button.removeAttribute("aria-label");
    show(focus);
    keep("1");
    focusWanted = focus;
    if (focus && loaded) enter();
  }

  /** Over the whole screen it is modal, so that nobody tabs into the page behind it. */
  function show(focus) {
    const before = document.activeElement;
    if (narrow.matches) panel.showModal();
    else panel.show();
    document.documentElement.style.overflow = narrow.matches ? "hidden" : "";
    if (focus) return;
    document.activeElement?.blur();
    before?.focus({ preventScroll: true });
  }

  function close() {
    if (!panel.open) return;
    panel.close();
    document.documentElement.style.overflow = "";
    button.hidden = false;
    keep("");
    (opener && opener.isConnected && opener !== document.body ? opener : button).focus();
    opener = null;
  }

  function keep(value) {
    try {
      sessionStorage.setItem(KEPT, value);
    } catch {
      // A browser that keeps nothing: the chat is simply closed after a reload.
    }
  }

  function wasOpen() {
    try {
      return sessionStorage.getItem(KEPT);
    } catch {
      return null;
    }
  }

  function onMessage(event) {
    if (event.origin !== home || !frame || event.source !== frame.contentWindow) return;
    if (event.data?.needlepoint === "close") close();
    if (event.data?.needlepoint === "new" && !panel.open) {
      button.classList.add("is-new");
      button.setAttribute("aria-label", `${label} (${labelNew})`);
    }
  }

  /** While a phone's keyboard is up, only what is left of the screen is used. */
  function fit() {
    panel.style.setProperty("--seen", `${visualViewport.height}px`);
  }

  button.addEventListener("click", () => open());
  panel.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  host.addEventListener("keydown", (event) => event.key === "Escape" && close());
  narrow.addEventListener("change", () => {
    if (!panel.open) return;
    panel.close();
    show(true);
  });
  addEventListener("message", onMessage);
  if (window.visualViewport) visualViewport.addEventListener("resize", fit);
  document.addEventListener("click", (event) => {
    const asked = event.target.closest?.("[data-needlepoint-open]");
    if (!asked) return;
    event.preventDefault();
    open();
  });

  document.body.append(host);
  const kept = wasOpen();
  if (!narrow.matches && (kept === "1" || (kept === null && "open" in script.dataset))) open({ focus: false });
})();
