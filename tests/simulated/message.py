"""What a simulated patient sends, and why: the judge must know an answer from a question of their own."""

from dataclasses import dataclass, field
from typing import Any

ANSWER, OPENING, COMPLAINT, ASIDE, CORRECTION, CONTROL, CONTACT = (
    *("answer", "opening", "complaint", "aside", "correction", "control", "contact"),
)


@dataclass(frozen=True)
class Message:
    """One message; `question` is the id of the question that it answers, `partly` the findings it leaves out.

    `asks`: it wants to know something, so that an answer has to come.
    """

    why: str
    text: str | None = None
    choices: tuple[str, ...] = ()
    in_reply_to: str | None = None
    question: str | None = None
    wish: str | None = None
    partly: frozenset[str] = field(default_factory=frozenset)
    asks: bool = False

    @property
    def is_tap(self) -> bool:
        """It was tapped and not typed."""
        return self.text is None

    @property
    def asks_again(self) -> bool:
        """The patient themselves gives a reason to put a question once more."""
        return self.why == CORRECTION or self.wish in ("go_back", "change", "start_over")

    def body(self, id: str) -> dict[str, Any]:
        """The request that sends it."""
        if self.text is not None:
            return {"id": id, "text": self.text}
        said: dict[str, Any] = (
            {"choices": list(self.choices)} if len(self.choices) != 1 else {"choice": self.choices[0]}
        )
        return {"id": id, **said, **({"in_reply_to": self.in_reply_to} if self.in_reply_to else {})}

    def __str__(self) -> str:
        return self.text if self.text is not None else f"[{', '.join(self.choices)}]"
