"""The three ways of booking, with the real ledger and calendar, and what is asked of the store for them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.bootstrap.booking import build_booking
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails, Reading
from bot.clinical.vocabulary import Finding
from bot.settings import Settings
from bot.store.ledger import SqlLedger
from bot.store.tables import appointments, inquiries, mails
from bot.store.transaction import Database
from tests.service.clinic import TestClinic, clinic_on, clinic_settings
from tests.service.fakes import SettableClock, WordReader

CALENDAR = """
slot_minutes: 60
lead_hours: 2
horizon_days: 3
practitioners:
  amy: {name: Amy Lee, languages: [English], hours: {monday: [9:00-12:00], tuesday: [9:00-13:00]}}
  bo: {name: Bo Singh, languages: [English, Punjabi], hours: {tuesday: [14:00-15:00]}}
"""
ORDINARY = {"who": "me_19_49", "background": "skip", "booking.offer": "book"}
Make = Callable[..., TestClinic]


class Addressed(WordReader):
    """Reads an e-mail address too."""

    def read(self, text: str, *, asked: tuple[Finding, ...], today: date) -> Reading:
        """The reading, with the address and name that these tests use."""
        reading = super().read(text, asked=asked, today=today)
        known = ContactDetails("Kim Ode", email="kim@example.org") if "kim@" in text else reading.contact
        return replace(reading, contact=known)


@pytest.fixture
def make(file: Path, protocol: Protocol, tmp_path: Path) -> Iterator[Make]:
    """Makes clinics that share one store; the first one's calendar file is CALENDAR."""
    opened: list[TestClinic] = []
    calendar = tmp_path / "calendar.yml"
    calendar.write_text(CALENDAR, encoding="utf-8")

    def build(way: str, **changed: Any) -> TestClinic:
        database = Database(f"sqlite:///{file}")
        given = {"booking": way, "calendar": calendar, "booking_url": "https://clinic.example/book", **changed}
        settings: Settings = replace(clinic_settings(), **given)
        booking = build_booking(settings, database)
        ledger = SqlLedger(database, effects=booking.effects)
        opened.append(clinic_on(database, protocol, settings=settings, ledger=ledger, booking=booking))
        return opened[-1]

    yield build
    for one in opened:
        one.service.threads.close()
        one.database.close()


async def booking(clinic: TestClinic, *, contact: str = "Kim Ode, 604 555 0123") -> tuple[str, list[dict[str, Any]]]:
    """A patient with a complaint who has asked to book and told how to be reached: the session and the last replies."""
    session = await clinic.session()
    replies = await clinic.say(session, "burning in my lower back for six months")
    while asked(replies) not in ("booking.contact", None):
        replies = await clinic.tap(session, ORDINARY.get(asked(replies) or "", "none"))
    if asked(replies) is None:
        return session, replies
    return session, await clinic.say(session, contact)


def asked(replies: list[dict[str, Any]]) -> str | None:
    """The id of the question that was put last, but for the one about consent."""
    questions = [reply["question"] for reply in replies if reply["question"] not in (None, "consent")]
    return questions[-1] if questions else None


def slots(reply: dict[str, Any]) -> list[str]:
    """The ids of the times on offer."""
    return [choice["id"] for choice in reply["choices"] if choice["id"].startswith("slot.")]


async def test_a_request_names_the_calendars_practitioners(make: Make) -> None:
    clinic = make("request")
    session, replies = await booking(clinic)
    assert replies[-1]["question"] == "booking.times"
    replies = await clinic.tap(session, "mornings")
    assert [choice["label"] for choice in replies[-1]["choices"]] == ["No preference", "Amy Lee", "Bo Singh"]


async def test_the_clinics_own_page_ends_the_conversation_and_the_desk_sees_the_wish(make: Make) -> None:
    clinic = make("link", calendar=None)
    _, replies = await booking(clinic)
    assert replies[-1]["data"]["link"]["url"] == "https://clinic.example/book"
    with clinic.database.read() as connection:
        assert connection.execute(select(inquiries.c.wants_booking)).scalar_one() is True


async def test_a_time_is_booked_and_its_mail_queued(make: Make) -> None:
    clinic = make("calendar", smtp_host="127.0.0.1", smtp_security="none", mail_from="desk@clinic.example")
    session, replies = await booking(clinic)
    shown = replies[-1]
    assert (shown["question"], shown["data"]["times"], len(slots(shown))) == ("booking.slot", True, 6)
    replies = await clinic.tap(session, slots(shown)[0])
    assert "Shall I book it?" in replies[-1]["text"]
    replies = await clinic.tap(session, "yes")
    booked = replies[0]["data"]["appointment"]
    assert booked["ics"] == f"{booked['manage']}.ics"
    with clinic.database.read() as connection:
        assert connection.execute(select(appointments.c.state)).scalar_one() == "confirmed"
        assert connection.execute(select(mails)).all() == [], "they gave no address"


async def test_who_gave_an_address_gets_a_mail_with_the_link(make: Make) -> None:
    clinic = make("calendar", smtp_host="127.0.0.1", smtp_security="none", mail_from="desk@clinic.example")
    clinic.rasa.reader = Addressed()
    session, replies = await booking(clinic, contact="Kim Ode, kim@example.org")
    await clinic.tap(session, slots(replies[-1])[0])
    replies = await clinic.tap(session, "yes")
    with clinic.database.read() as connection:
        mail = connection.execute(select(mails)).one()
    assert (mail.kind, mail.address) == ("booking_confirmed", "kim@example.org")
    assert mail.link == replies[0]["data"]["appointment"]["manage"]


async def test_two_patients_of_two_processes_never_get_the_same_time(make: Make) -> None:
    first, second = make("calendar"), make("calendar")
    one, shown = await booking(first)
    two, same = await booking(second)
    assert slots(shown[-1]) == slots(same[-1])
    wanted = slots(shown[-1])[0]
    await first.tap(one, wanted)
    (told,) = await second.tap(two, wanted)
    assert "someone else just took that time" in told["text"]
    assert told["question"] == "booking.slot"
    assert wanted not in slots(told)
    await second.tap(two, slots(told)[0])
    replies = await second.tap(two, "yes")
    assert replies[0]["data"]["appointment"]


async def test_a_hold_that_ran_out_and_was_taken_is_told_honestly(make: Make) -> None:
    first, second = make("calendar"), make("calendar")
    one, shown = await booking(first)
    wanted = slots(shown[-1])[0]
    await first.tap(one, wanted)
    for clinic in (first, second):
        clinic.clock.move(3600)
    two, _ = await booking(second)
    await second.tap(two, wanted)
    (told,) = await first.tap(one, "yes")
    assert "for a few minutes only" in told["text"]
    assert told["question"] == "booking.slot"


async def test_a_time_that_came_too_near_is_no_longer_free(make: Make) -> None:
    clinic = make("calendar")
    session, shown = await booking(clinic)
    clinic.clock.move(7 * 24 * 3600)
    (told,) = await clinic.tap(session, slots(shown[-1])[0])
    assert told["question"] == "booking.slot"
    assert not set(slots(told)) & set(slots(shown[-1]))


async def test_a_full_calendar_leads_to_a_request(make: Make, tmp_path: Path) -> None:
    (tmp_path / "full.yml").write_text(CALENDAR + "holidays: [2026-11-01 to 2026-12-31]\n", encoding="utf-8")
    clinic = make("calendar", calendar=tmp_path / "full.yml")
    _, replies = await booking(clinic)
    assert replies[-1]["question"] == "booking.times"
    assert "no free time" in replies[-1]["text"]


async def test_other_times_come_round(make: Make) -> None:
    clinic = make("calendar")
    session, replies = await booking(clinic)
    seen = set(slots(replies[-1]))
    replies = await clinic.tap(session, "other_times")
    seen |= set(slots(replies[-1]))
    assert len(seen) == 8


async def test_times_are_looked_up_only_where_they_may_be_shown(make: Make) -> None:
    clinic = make("calendar")
    statements: list[str] = []
    event.listen(clinic.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))

    def looked_up() -> int:
        count = sum("appointments" in statement and "SELECT" in statement for statement in statements)
        statements.clear()
        return count

    session = await clinic.session()
    replies = await clinic.say(session, "burning in my lower back for six months")
    while replies[-1]["question"] != "booking.contact":
        replies = await clinic.tap(session, ORDINARY.get(replies[-1]["question"], "none"))
    assert looked_up() == 0
    await clinic.say(session, "Kim Ode, 604 555 0123")
    assert looked_up() == 1


async def test_whoever_was_not_asked_for_consent_yet_books_by_request(make: Make) -> None:
    clinic = make("calendar", consent="explicit")
    _, replies = await booking(clinic)
    questions = [reply["question"] for reply in replies]
    assert "booking.times" in questions
    assert "booking.slot" not in questions
    with clinic.database.read() as connection:
        assert connection.execute(select(appointments)).all() == []


async def test_a_clinic_that_gave_its_calendar_up_falls_back_to_requests(make: Make) -> None:
    session, shown = await booking(make("calendar"))
    without = make("request", calendar=None)
    replies = await without.tap(session, slots(shown[-1])[0])
    assert replies[-1]["question"] == "booking.times"


async def test_times_keep_working_while_rasa_is_down(make: Make) -> None:
    clinic = make("calendar")
    session, shown = await booking(clinic)
    clinic.rasa.down = True
    replies = await clinic.tap(session, slots(shown[-1])[0])
    assert replies[-1]["question"] == "booking.confirm"


def test_the_clock_of_these_tests_stands_on_a_sunday() -> None:
    assert f"{SettableClock().now():%A}" == "Sunday"
