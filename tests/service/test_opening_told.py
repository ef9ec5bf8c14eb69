"""Outside opening hours whoever asks for people is told when one will read it; nobody else is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clinical.effect import EraseConversation, RequestPerson
from bot.clinical.encounter import Encounter, FlagRecord
from bot.clinical.event import Clinic
from bot.clinical.protocol import Protocol
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.vocabulary import Disposition, FlagClass, Level, Onset
from bot.knowledge.loader import load_protocol
from bot.service.deciding import Decision
from bot.service.opening_hours import OpeningHours
from bot.service.opening_told import OpeningTold
from bot.settings.hours import read_hours

OPEN = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
CLOSED = OPEN + timedelta(hours=12)
SAID = Reply(ReplyKind.MESSAGE, "I told our front desk.")
ASKED = Reply(ReplyKind.QUESTION, "Where is it?", question="where")
FLAG = FlagRecord(FlagClass.SELF_HARM, Level.CRISIS, Onset.NEW, "I want to end it", "text:test", told=True)
CRISIS = Encounter(flags=(FLAG,), disposition=Disposition.CRISIS)
PERSON = (RequestPerson("asked"),)
OPENS = "A person will read this when we open: Tue, Nov 24, 9:00 am."


@pytest.fixture(scope="module")
def told() -> OpeningTold:
    """A clinic in Vancouver, open on weekdays from nine to five."""
    hours = OpeningHours(read_hours("mon-fri 9:00-17:00"), frozenset(), ZoneInfo("America/Vancouver"))
    return OpeningTold(hours, _protocol(), Clinic("Our Clinic", "604-555-0100"))


def _protocol() -> Protocol:
    return load_protocol()


def texts(told: OpeningTold, decision: Decision, *, now: datetime = CLOSED) -> list[str]:
    """What the patient reads."""
    return [reply.text for reply in told.with_opening(decision, now=now)]


def test_a_wish_for_a_person_at_night_is_told_when_one_reads_it(told: OpeningTold) -> None:
    assert texts(told, Decision(Encounter(), (SAID,), PERSON))[-1].endswith(OPENS)


def test_it_stands_before_the_question_that_follows(told: OpeningTold) -> None:
    assert [OPENS in text for text in texts(told, Decision(Encounter(), (SAID, ASKED), PERSON))] == [False, True, False]


@pytest.mark.parametrize(
    ("decision", "now"),
    [
        (Decision(Encounter(), (SAID,), PERSON), OPEN),
        (Decision(Encounter(), (SAID, ASKED)), CLOSED),
        (Decision(Encounter(), (SAID,), (EraseConversation(),)), CLOSED),
        (Decision(CRISIS, (SAID,), PERSON), CLOSED),
        (Decision(Encounter(language="es"), (SAID,), PERSON), CLOSED),
    ],
)
def test_nothing_is_said_while_the_desk_is_open_or_nothing_was_passed_on(
    told: OpeningTold, decision: Decision, now: datetime
) -> None:
    assert texts(told, decision, now=now) == [reply.text for reply in decision.replies]
