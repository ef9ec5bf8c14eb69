// Keeps one conversation for as long as the browser's tab lives, so that a reload loses nothing.

const KEY = "needlepoint.conversation";
const LAYOUT = 1;

const nothing = () => ({ layout: LAYOUT, token: null, entries: [], waiting: [], open: null, lastEvent: null, at: 0, erased: false });

/** What was kept in this tab; where the browser forbids keeping, only memory is used. */
export class Kept {
  constructor() {
    this.state = this.#read() ?? nothing();
  }

  save() {
    this.state.at = Date.now();
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.state));
    } catch {
      // Storage is full or forbidden (a frame on a strict browser): the conversation goes on in memory.
    }
  }

  forget() {
    this.state = nothing();
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // As above.
    }
  }

  #read() {
    try {
      const state = JSON.parse(sessionStorage.getItem(KEY));
      return state?.layout === LAYOUT ? state : null;
    } catch {
      return null;
    }
  }
}

/** A random uuid, also where the page is not served over https. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
