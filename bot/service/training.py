"""Labelling at the desk: messages that were not understood get the right intent, and are taken out to train with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clinical.protocol import Protocol
from bot.clinical.wishes import CONTROL, FAQ, SYMPTOM
from bot.errors import NotUnderstood
from bot.service.desk_records import Act, Staff
from bot.service.ports import Clock
from bot.service.training_file import training_lines
from bot.service.training_records import NOT_FOR_TRAINING, TrainingBook, Unclear

PAGE = 20
ANSWERS = ("affirm", "deny", "unsure", "inform", SYMPTOM)
"""Intents that answer what was asked or tell a complaint; the others wish for something."""

FURTHER = "/"
"""In the id of a topic's further texts, which are no topics of their own."""
NOT_UNDERSTOOD = ("fallback.opening", "fallback.person", "fallback.again", "fallback.which")
"""Texts that say so; those about a number that leads nowhere are no matter for training."""


@dataclass(frozen=True)
class UnclearPage:
    """One page, newest first; `older` is the place before which the next one begins, None on the last."""

    messages: tuple[Unclear, ...]
    older: str | None


@dataclass(frozen=True)
class Training:
    """The use cases of messages that were not understood."""

    book: TrainingBook
    protocol: Protocol
    clock: Clock

    def page(self, staff: Staff, *, labelled: bool, before: str | None) -> UnclearPage:
        """The newest, of those before a place, with what came in since the last look."""
        self.collect()
        place = _place(before) if before else None
        found = self.book.page(labelled=labelled, before=place, limit=PAGE + 1, act=self._act(staff))
        shown = found[:PAGE]
        return UnclearPage(shown, _name_of(shown[-1]) if len(found) > PAGE else None)

    def label(self, message_id: str, label: str, staff: Staff) -> bool:
        """The message has this intent, or is not for training; False where it is gone."""
        if label != NOT_FOR_TRAINING and label not in self.intents():
            raise NotUnderstood("label: no intent of this chat")
        return self.book.label(message_id, label, act=self._act(staff))

    def export(self, staff: Staff) -> Iterator[str]:
        """A file to train with, of every message that has an intent."""
        return training_lines(self.book.labelled(act=self._act(staff)))

    def collect(self) -> None:
        """One piece of what came in since the last look; a long way to go is gone in several looks."""
        self.book.collect(fallbacks=self._fallbacks(), now=self.clock.now())

    def collect_all(self) -> None:
        """All of what came in since the last look."""
        while self.book.collect(fallbacks=self._fallbacks(), now=self.clock.now()):
            pass

    def intents(self) -> tuple[str, ...]:
        """Everything that a message may mean to this chat: topics first, then what is wished or answered."""
        topics = [topic for topic in sorted(self.protocol.faq) if FURTHER not in topic]
        return (*(f"{FAQ}{topic}" for topic in topics), *sorted((*ANSWERS, *CONTROL)))

    def _fallbacks(self) -> tuple[str, ...]:
        """How the texts begin that say that nothing was understood."""
        return tuple(self.protocol.wording[id].partition("{")[0].strip() for id in NOT_UNDERSTOOD)

    def _act(self, staff: Staff) -> Act:
        return Act(staff.id, self.clock.now())


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MICROSECOND = timedelta(microseconds=1)


def _name_of(message: Unclear) -> str:
    return f"{(message.received_at - _EPOCH) // _MICROSECOND}-{message.message_id}"


def _place(name: str) -> tuple[datetime, str]:
    micros, _, message_id = name.partition("-")
    if not (
        micros.isascii() and micros.isdigit() and len(micros) < 17 and message_id.isalnum() and len(message_id) < 65
    ):
        raise NotUnderstood("the address names no place among the messages")
    return _EPOCH + int(micros) * _MICROSECOND, message_id
