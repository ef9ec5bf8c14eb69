// Replies that arrive later: server-sent events read with fetch, which can send the token, and taken up again when cut.

import { openEvents } from "./door.js";

const SILENCE = 45_000;
const PAUSES = [1_000, 2_000, 5_000, 10_000, 30_000];

/** Listens for one session until it is stopped; `onReply(reply, number)` for each reply, `onGone()` when it ended. */
export class Later {
  #stop = null;
  #after = null;

  constructor({ onReply, onGone }) {
    this.onReply = onReply;
    this.onGone = onGone;
  }

  /** Listen with this token, from after the event with this number on. */
  start(token, after) {
    this.stop();
    this.#stop = new AbortController();
    this.#after = after;
    this.#listen(token, this.#stop.signal);
  }

  stop() {
    this.#stop?.abort();
    this.#stop = null;
  }

  async #listen(token, signal) {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        const { status, stream } = await openEvents(token, this.#after, signal);
        if (status === 401) return this.onGone();
        if (stream && (await this.#take(stream, signal))) failures = 0;
      } catch {
        // Cut, offline or stopped: the loop decides.
      }
      if (!signal.aborted) await pause(PAUSES[Math.min(failures, PAUSES.length - 1)], signal);
    }
  }

  /** Hand on each event of the stream; whether there was any. */
  async #take(stream, signal) {
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    let some = false;
    for (;;) {
      const { done, value } = await withinSilence(reader);
      if (done || signal.aborted) return some;
      const parts = (text + value).split(/\r?\n\r?\n/);
      text = parts.pop();
      parts.map(eventOf).filter(Boolean).forEach((one) => this.#hand(one));
      some = true;
    }
  }

  #hand({ id, reply }) {
    if (id !== null) this.#after = id;
    this.onReply(reply, this.#after);
  }
}

/** One event's reply and number; null for a heartbeat. */
function eventOf(block) {
  const lines = block.split(/\r?\n/);
  const values = (name) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trim());
  const data = values("data").join("\n");
  const id = values("id")[0] ?? "";
  return data ? { id: /^\d+$/.test(id) ? Number(id) : null, reply: JSON.parse(data) } : null;
}

/** The next piece; a stream that stays silent for longer than three heartbeats counts as cut. */
async function withinSilence(reader) {
  let timer;
  const silence = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error("silent")), SILENCE);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } catch (error) {
    reader.cancel().catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Wait, but no longer than until the browser is online again or the listener is stopped. */
function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = () => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end, { signal: over.signal });
    addEventListener("online", end, { signal: over.signal });
  });
}
