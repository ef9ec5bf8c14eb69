// The chat inside a website's frame: it tells the launcher when to close and that there is something new.

const IS_ALONE = window.parent === window;

/** Whether the chat is shown inside another page. */
export const isFramed = () => !IS_ALONE;

/** Tell the launcher "close" or "new"; nothing of the conversation is ever told. */
export function tell(news) {
  if (!IS_ALONE) window.parent.postMessage({ needlepoint: news }, "*");
}

/** Hear from the launcher that the chat was opened by the patient. */
export function onOpened(opened) {
  addEventListener("message", (event) => {
    if (event.source === window.parent && event.data?.needlepoint === "opened") opened();
  });
}
