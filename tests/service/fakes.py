"""Fakes of what the use cases reach: a rasa that can fail, a screen and a reader of a few words, a clock."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.clinical.advance import advance
from bot.clinical.event import Chose, Intent, Said
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails, Mention, Reading, RedFlag
from bot.clinical.vocabulary import Answer, Finding, FlagClass, Level, Onset, Presence, Region
from bot.errors import RasaError, RasaRefused
from bot.service.ports import Reads, TurnAnswer, TurnRequest

FLAGGED = {
    "numb between my legs": (FlagClass.CAUDA_EQUINA, Level.EMERGENCY),
    "hot swollen calf": (FlagClass.DVT, Level.SAME_DAY),
}


class WordScreen:
    """Finds the flags of FLAGGED in the newest text, or across the texts before it."""

    def __init__(self) -> None:
        self.histories: list[tuple[str, ...]] = []

    def screen(
        self, text: str, history: tuple[str, ...], *, known: frozenset[FlagClass], today: date
    ) -> tuple[RedFlag, ...]:
        """The flags whose words are in the joined text and not all in the texts before."""
        self.histories.append(history)
        before = " ".join(history)
        joined = f"{before} {text}".strip()
        return tuple(
            RedFlag(flag_class, level, Onset.NEW, words, rule="fake", row_level=level)
            for words, (flag_class, level) in FLAGGED.items()
            if words in text or (words in joined and words not in before and flag_class not in known)
        )


class WordReader:
    """Reads burning pain of the low back where a text says so, and a phone number."""

    def read(self, text: str, *, asked: tuple[Finding, ...], today: date) -> Reading:
        """A reading with at most one mention."""
        contact = ContactDetails(phone="+16045550123") if "604" in text else ContactDetails()
        if "burning" not in text:
            return Reading(text, contact=contact, answer=Answer.YES if text == "yes" else None)
        start = text.index("burning")
        pain = Mention(Finding.PAIN, Presence.PRESENT, "burning", start, start + 7, regions=(Region.LOWER_BACK,))
        return Reading(text, (pain,), (Region.LOWER_BACK,), contact=contact)


@dataclass
class FakeRasa:
    """Takes turns with the same clinical code; `down`, `refuses` and `delay` make it fail."""

    protocol: Protocol
    reader: Reads = field(default_factory=WordReader)
    down: bool = False
    refuses: str | None = None
    delay: float = 0.0
    asked: list[TurnRequest] = field(default_factory=list)

    async def turn(self, request: TurnRequest) -> TurnAnswer:
        """The turn, unless it is made to fail."""
        self.asked.append(request)
        await asyncio.sleep(self.delay)
        if self.down:
            raise RasaError("down")
        if self.refuses is not None and self.refuses in (request.text or ""):
            raise RasaRefused("no")
        return TurnAnswer(advance(request.encounter, self._event(request), request.facts, self.protocol))

    @property
    def heard(self) -> list[str | None]:
        """The texts it was asked about, in order."""
        return [request.text for request in self.asked]

    def _event(self, request: TurnRequest) -> Said | Chose:
        if request.text is None:
            return Chose(request.message_id, request.choices)
        question = request.encounter.open_question
        asked = question.read_as if question else ()
        reading = self.reader.read(request.text, asked=asked, today=request.facts.now.date())
        return Said(request.message_id, reading, request.flags, (Intent("describe_symptom", 0.9),))


class Alarm:
    """Remembers whom it was told about."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    def urgent(self, session_id: str) -> None:
        """One more."""
        self.sessions.append(session_id)


class SettableClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def move(self, seconds: float) -> None:
        """Later by so many seconds."""
        self.moment += timedelta(seconds=seconds)
