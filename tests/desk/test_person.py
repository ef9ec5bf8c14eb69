"""The page of one person's data: seen, handed over, put on hold and erased, each with a line of the audit."""

import json
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.clinical.effect import AppointmentRequest
from bot.clinical.reading import ContactDetails
from bot.store.tables import metadata
from bot.store.transaction import Database
from tests.desk.browser import Browser, shown
from tests.desk.patients import Patient, backache

Arrive = Callable[[Patient], str]
Audited = Callable[[], list[tuple[str, str | None]]]
ZEBRA = Patient(
    text="zebra <b>pain</b>",
    reply="You told us: zebra",
    encounter=backache(request=AppointmentRequest(ContactDetails("Kim Zebra", "+16045550123", "kim@zebra.example"))),
)


@pytest.fixture
def kim(ana: Browser, arrive: Arrive) -> str:
    """Where Kim's own data are, whom Ana has called and noted something about."""
    inquiry_id = arrive(ZEBRA)
    ana.act(inquiry_id, "notes", text="a zebra, I think")
    ana.act(inquiry_id, "calls", outcome="no_answer", line="zebra did not answer")
    return f"/desk/inquiries/{inquiry_id}/person"


def told(browser: Browser, address: str, *, page: str, **fields: str) -> str:
    """What is said after a form was sent."""
    answer = browser.submit(address, page=page, **fields)
    assert answer.status_code == 303, answer.status_code
    return browser.read(answer.headers["location"])


def with_zebra(database: Database) -> list[str]:
    """The tables that hold a word of Kim."""
    with database.read() as connection:
        rows = {name: str(connection.execute(select(table)).all()) for name, table in metadata.tables.items()}
    return [name for name, words in rows.items() if "ebra" in words]


def test_the_inquiry_leads_to_what_is_held(ana: Browser, kim: str) -> None:
    assert f'href="{kim}"' in ana.open(kim.removesuffix("/person")).text
    page = ana.read(kim)
    assert "Messages of the patient 1" in page
    assert "Notes of staff 1" in page
    assert "It is erased by itself after" in page
    assert "ebra" not in page


def test_the_file_for_machines_holds_everything(ana: Browser, kim: str, audited: Audited) -> None:
    answer = ana.submit(f"{kim}/file", page=kim, form="json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"].startswith('attachment; filename="person-')
    held = json.loads(answer.text)
    assert held["messages"][0]["text"] == ZEBRA.text
    assert held["inquiries"][0]["name"] == "Kim Zebra"
    assert held["notes"][0]["text"] == "a zebra, I think"
    assert held["conversations"][0]["encounter"]["request"]["contact"]["email"] == "kim@zebra.example"
    assert {"conversation.opened", "inquiry.called"} <= {line["action"] for line in held["audit"]}
    assert datetime.fromisoformat(held["taken_out_at"])
    assert audited()[-1] == ("person.exported", "json")


def test_the_file_for_people_holds_their_words_as_they_wrote_them(ana: Browser, kim: str, audited: Audited) -> None:
    answer = ana.submit(f"{kim}/file", page=kim, form="text")
    assert answer.headers["content-type"].startswith("text/plain")
    for words in (ZEBRA.text, "You told us: zebra", "Kim Zebra", "kim@zebra.example", "zebra did not answer"):
        assert words in answer.text
    assert audited()[-1] == ("person.exported", "text")
    assert ana.submit(f"{kim}/file", page=kim, form="pdf").status_code == 400


def test_what_goes_and_what_stays_is_said_before_anything_is_erased(ana: Browser, kim: str, database: Database) -> None:
    page = ana.read(f"{kim}/erase")
    assert "This goes, for good" in page
    assert "Backups, until they are overwritten" in page
    assert "Tick the box if you mean it" in told(ana, f"{kim}/erase", page=f"{kim}/erase")
    assert with_zebra(database)


def test_what_is_erased_is_gone(ana: Browser, kim: str, database: Database, audited: Audited) -> None:
    answer = ana.submit(f"{kim}/erase", page=f"{kim}/erase", sure="yes")
    assert "It is erased." in shown(answer.text)
    assert with_zebra(database) == []
    assert audited()[-1] == ("conversation.erased", "not_booked")
    for gone in (kim, kim.removesuffix("/person")):
        assert ana.open(gone).status_code == 404
    assert ana.submit(f"{kim}/erase", page="/desk/audit", sure="yes").status_code == 404


def test_a_hold_stands_against_it_until_it_ends(ana: Browser, kim: str, database: Database, audited: Audited) -> None:
    guard = f"{kim}/erase"
    token = ana.form_token(guard)
    assert "It is on hold. Nobody can erase it" in told(ana, f"{kim}/hold", page=kim, reason="complaint")
    assert "On hold: A complaint." in ana.read(kim)
    assert "It cannot be erased now" in ana.read(guard)
    sent = ana.send(guard, {"form_token": token, "sure": "yes"})
    assert "a legal hold stands against it" in ana.read(sent.headers["location"])
    assert with_zebra(database)
    assert "The hold has ended." in told(ana, f"{kim}/end-hold", page=kim)
    assert ana.submit(guard, page=guard, sure="yes").status_code == 200
    seen = [line for line in audited() if line[0].startswith(("hold", "person.erase"))]
    assert seen == [("hold.set", "complaint"), ("person.erase_refused", "on_hold"), ("hold.released", None)]


def test_a_hold_needs_a_reason_of_the_list(ana: Browser, kim: str) -> None:
    assert ana.submit(f"{kim}/hold", page=kim, reason="because").status_code == 400


def test_a_booked_record_is_kept_and_says_how_long(ana: Browser, kim: str, database: Database) -> None:
    token = ana.form_token(f"{kim}/erase")
    ana.act(kim.split("/")[3], "calls", outcome="booked", line="Tuesday")
    assert "cannot be erased before Sat 22 Nov 2042" in ana.read(kim)
    sent = ana.send(f"{kim}/erase", {"form_token": token, "sure": "yes"})
    assert "part of the clinic's record, which must be kept" in ana.read(sent.headers["location"])
    assert with_zebra(database)
