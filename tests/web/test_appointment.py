"""The page of an appointment, on the real store: only its link opens it, looking changes nothing, changes are whole."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import select

from bot.bootstrap.booking import build_booking
from bot.clinical.protocol import Protocol
from bot.knowledge import load_protocol
from bot.store.ledger import SqlLedger
from bot.store.tables import appointments, conversations, mails, replies
from bot.store.transaction import Database
from bot.web.app import create_app
from bot.web.parts import Parts
from tests.service.clinic import TestClinic, clinic_on, clinic_settings
from tests.service.test_booking_ways import CALENDAR, Addressed, booking, slots
from tests.store.databases import address, database, migrated_file, migrated_postgresql
from tests.web.conftest import client_of
from tests.web.fakes import ready

__all__ = ["address", "database", "migrated_file", "migrated_postgresql"]


@pytest.fixture(scope="module")
def words() -> Protocol:
    """The protocol in force."""
    return load_protocol()


@pytest.fixture
def clinic(database: Database, words: Protocol, tmp_path: Path) -> Any:
    """A clinic with a calendar and mail."""
    file = tmp_path / "calendar.yml"
    file.write_text(CALENDAR, encoding="utf-8")
    changed = {"booking": "calendar", "calendar": file, "smtp_host": "127.0.0.1", "mail_from": "desk@clinic.example"}
    settings = replace(clinic_settings(), **changed)  # type: ignore[arg-type]  # its fields
    parts = build_booking(settings, database)
    made = clinic_on(
        database, words, settings=settings, ledger=SqlLedger(database, effects=parts.effects), booking=parts
    )
    made.rasa.reader = Addressed()
    yield made
    made.service.threads.close()


@pytest.fixture
async def browser(clinic: TestClinic) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that has only the link."""
    parts = Parts(
        settings=clinic_settings(),
        conversations=clinic.conversations,
        understand=ready,  # type: ignore[arg-type]  # not asked here
        checks={},
        appointments=clinic.service.appointments,
    )
    async with client_of(create_app(parts)) as client:
        yield client


async def booked(clinic: TestClinic, *, nth: int = 0) -> str:
    """The page of a patient who has booked the nth time on offer."""
    session, shown = await booking(clinic, contact="Kim Ode, kim@example.org")
    await clinic.tap(session, slots(shown[-1])[nth])
    replies = await clinic.tap(session, "yes")
    return str(replies[0]["data"]["appointment"]["manage"])


def rows(clinic: TestClinic, column: Any) -> list[Any]:
    """Every value of a column."""
    with clinic.database.read() as connection:
        return list(connection.execute(select(column)).scalars())


async def test_the_page_shows_the_time_and_is_for_nobody_else(clinic: TestClinic, browser: httpx.AsyncClient) -> None:
    answer = await browser.get(await booked(clinic))
    assert answer.status_code == 200
    assert "Mon, Nov 23, 9:00 am with Amy Lee" in answer.text
    assert "Kim" not in answer.text
    assert "burning" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "<script" not in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("part", ["", "/cancel", "/times", "/move", ".ics"])
async def test_a_wrong_link_opens_nothing(
    part: str, method: str, clinic: TestClinic, browser: httpx.AsyncClient
) -> None:
    page = await booked(clinic)
    for wrong in (page[:-9] + page[-9:].swapcase()[::-1], "/appointment/x", "/appointment/" + "a" * 300):
        answer = await browser.request(method, wrong + part)
        assert answer.status_code in (404, 405)
        assert "Amy" not in answer.text
    assert rows(clinic, appointments.c.state) == ["confirmed"]


async def test_looking_changes_nothing(clinic: TestClinic, browser: httpx.AsyncClient) -> None:
    page = await booked(clinic)
    before = rows(clinic, appointments.c.sequence), rows(clinic, conversations.c.version)
    for part in ("", "/cancel", "/times", "/times?page=1", ".ics", "?told=cancelled"):
        assert (await browser.get(page + part)).status_code == 200
    assert (await browser.get(f"{page}/move")).status_code == 405
    assert (rows(clinic, appointments.c.sequence), rows(clinic, conversations.c.version)) == before


async def test_cancelling_is_asked_once_and_done(clinic: TestClinic, browser: httpx.AsyncClient) -> None:
    page = await booked(clinic)
    assert "Cancel this appointment?" in (await browser.get(f"{page}/cancel")).text
    answer = await browser.post(f"{page}/cancel", headers={"sec-fetch-site": "same-origin"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{page}?told=cancelled")
    shown = (await browser.get(answer.headers["location"])).text
    assert "Your appointment is cancelled." in shown
    assert f'href="{page}/cancel"' not in shown
    assert rows(clinic, appointments.c.state) == ["cancelled"]
    assert set(rows(clinic, mails.c.kind)) == {"booking_confirmed", "booking_cancelled"}
    assert any("You cancelled your time with us" in body for body in rows(clinic, replies.c.body))


async def test_cancelling_twice_changes_nothing_more(clinic: TestClinic, browser: httpx.AsyncClient) -> None:
    page = await booked(clinic)
    await browser.post(f"{page}/cancel")
    answer = await browser.post(f"{page}/cancel")
    assert answer.headers["location"].endswith("told=too_late")
    assert rows(clinic, appointments.c.sequence) == [1]


async def test_another_time_can_be_chosen(clinic: TestClinic, browser: httpx.AsyncClient) -> None:
    page = await booked(clinic)
    listed = (await browser.get(f"{page}/times")).text
    assert "Tue, Nov 24, 9:00 am with Amy Lee" in listed
    assert "Mon, Nov 23, 9:00 am with Amy Lee</span>" not in listed
    answer = await browser.post(f"{page}/move", data={"slot": "slot.amy.20261124T1700Z"})
    shown = (await browser.get(answer.headers["location"])).text
    assert "Your time is changed." in shown
    assert "Tue, Nov 24, 9:00 am with Amy Lee" in shown
    assert "booking_changed" in rows(clinic, mails.c.kind)
    assert any("now it is Tue, Nov 24" in body for body in rows(clinic, replies.c.body))


@pytest.mark.parametrize("slot", ["", "slot.amy.20261123T1700Z", "slot.amy.20261225T1700Z", "slot.eve.x", "'; --"])
async def test_a_time_that_is_not_free_leaves_the_appointment_as_it_was(
    slot: str, clinic: TestClinic, browser: httpx.AsyncClient
) -> None:
    page = await booked(clinic)
    answer = await browser.post(f"{page}/move", data={"slot": slot})
    assert answer.headers["location"].endswith("told=taken")
    assert rows(clinic, appointments.c.sequence) == [0]


async def test_two_who_move_to_one_time_do_not_both_get_it(clinic: TestClinic, browser: httpx.AsyncClient) -> None:
    first, second = await booked(clinic), await booked(clinic, nth=1)
    for page in (first, second):
        last = await browser.post(f"{page}/move", data={"slot": "slot.bo.20261124T2200Z"})
    assert last.headers["location"].endswith("told=taken")
    assert rows(clinic, appointments.c.practitioner).count("bo") == 1


async def test_a_form_of_another_website_changes_nothing(clinic: TestClinic, browser: httpx.AsyncClient) -> None:
    page = await booked(clinic)
    for site in ("cross-site", "same-site"):
        answer = await browser.post(f"{page}/cancel", headers={"sec-fetch-site": site})
        assert (answer.status_code, "Nothing was changed" in answer.text) == (403, True)
    assert rows(clinic, appointments.c.state) == ["confirmed"]


async def test_what_is_over_is_shown_and_not_changed(clinic: TestClinic, browser: httpx.AsyncClient) -> None:
    page = await booked(clinic)
    clinic.clock.move(3 * 24 * 3600)
    assert "This time is over" in (await browser.get(page)).text
    assert (await browser.post(f"{page}/cancel")).headers["location"].endswith("told=too_late")


async def test_the_calendar_file_keeps_its_id_and_says_what_changed(
    clinic: TestClinic, browser: httpx.AsyncClient
) -> None:
    page = await booked(clinic)
    first = event_of(await browser.get(f"{page}.ics"))
    clinic.clock.move(60)
    await browser.post(f"{page}/move", data={"slot": "slot.amy.20261124T1700Z"})
    moved = event_of(await browser.get(f"{page}.ics"))
    await browser.post(f"{page}/cancel")
    gone = event_of(await browser.get(f"{page}.ics"))
    assert first["uid"] == moved["uid"] == gone["uid"]
    assert [int(each["sequence"]) for each in (first, moved, gone)] == [0, 1, 2]
    assert [str(each["status"]) for each in (first, moved, gone)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert first["dtstart"].dt == datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert moved["dtend"].dt == datetime(2026, 11, 24, 18, tzinfo=UTC)
    assert moved["dtstamp"].dt > first["dtstamp"].dt
    written = first.to_ical().decode()
    assert not any(word in written for word in ("Kim", "burning", "pain", "604 555 0123"))


def event_of(answer: httpx.Response) -> Any:
    """The one event of a calendar file."""
    assert answer.headers["content-type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.text).walk("VEVENT")
    return event


async def test_the_desk_sees_what_became_of_it(clinic: TestClinic, browser: httpx.AsyncClient) -> None:
    page = await booked(clinic)
    await browser.post(f"{page}/cancel")
    (text,) = rows(clinic, conversations.c.encounter)
    assert '"state": "cancelled"' in text


async def test_who_listens_in_the_chat_hears_of_it(clinic: TestClinic, browser: httpx.AsyncClient) -> None:
    page = await booked(clinic)
    (session,) = rows(clinic, conversations.c.id)
    with clinic.service.fanout.listen(session) as arriving:
        await browser.post(f"{page}/cancel")
        assert "You cancelled your time" in arriving.get_nowait().body


async def test_without_a_calendar_there_is_no_page(make_app: Callable[..., Any]) -> None:
    async with client_of(make_app()) as client:
        assert (await client.get("/appointment/x")).status_code == 404
