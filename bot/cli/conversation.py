"""One conversation held by a simple patient: denies every checklist, says no, takes the first of other choices."""

from dataclasses import dataclass
from typing import Any

from bot.cli.chat_client import ChatClient, ChatRefused

MOST_TURNS = 40
MOST_QUESTIONS = 12
DEAD_END = "dead end"
ENDINGS = ("result", "booking", "emergency")
FREE_TEXT = "I am not sure."
COMPLAINT = "My shoulder has been aching for two weeks."
"""What the patient says next when the opening held no complaint and the service, rightly, put no question."""


@dataclass(frozen=True)
class Course:
    """How one conversation went; `end` is the kind of its last reply or why it stopped.

    `invited`: the opening got an answer without a question, and the conversation went on with a complaint.
    """

    id: str
    questions: int
    turns: int
    end: str
    disposition: str | None = None
    invited: bool = False
    error: str | None = None

    @property
    def is_dead_end(self) -> bool:
        """Nothing was asked and nothing was concluded."""
        return self.end == DEAD_END

    @property
    def failed(self) -> bool:
        """Something a patient should not meet happened."""
        return self.is_dead_end or self.error is not None or self.questions > MOST_QUESTIONS


def hold(client: ChatClient, text: str, *, id: str) -> Course:
    """How the conversation that opens with this text goes."""
    asked: set[str] = set()
    invited = False
    try:
        token, _ = client.open()
        replies = client.say(token, text=text)
        for turn in range(1, MOST_TURNS + 1):
            asked |= {reply["question"] for reply in replies if reply["kind"] == "question"}
            end = _end(client, token, replies)
            if end and (invited or end != DEAD_END):
                return Course(id, len(asked), turn, end, client.encounter(token)["disposition"], invited)
            invited = invited or end == DEAD_END
            replies = client.say(token, **(answer_to(_open_question(replies)) if end is None else {"text": COMPLAINT}))
    except ChatRefused as error:
        return Course(id, len(asked), 0, "error", error=str(error))
    return Course(id, len(asked), MOST_TURNS, "error", error=f"no end after {MOST_TURNS} turns")


def answer_to(question: dict[str, Any]) -> dict[str, Any]:
    """What the simple patient answers: none, no, the first choice, or a few words."""
    ids = [choice["id"] for choice in question["choices"]]
    chosen = next((id for id in ("none", "no") if id in ids), ids[0] if ids else None)
    if chosen is None:
        return {"text": FREE_TEXT}
    said = {"choices": [chosen]} if question["multiple"] else {"choice": chosen}
    return {**said, "in_reply_to": question["id"]}


def _end(client: ChatClient, token: str, replies: list[dict[str, Any]]) -> str | None:
    """How the conversation has ended with these replies, None when it goes on."""
    ended = next((kind for kind in ENDINGS if any(reply["kind"] == kind for reply in replies)), None)
    if ended or any(reply["question"] for reply in replies):
        return ended
    return "closing" if client.encounter(token)["complete"] else DEAD_END


def _open_question(replies: list[dict[str, Any]]) -> dict[str, Any]:
    return next(reply for reply in reversed(replies) if reply["question"])
