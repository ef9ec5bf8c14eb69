"""Staff take a chat, write to the patient, and hand it back; two of them never both write."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.clinical.vocabulary import Disposition
from bot.errors import StorageError
from bot.service.desk import DeskServices
from bot.service.records import Incoming, StoredReply
from bot.service.takeover import LONGEST
from bot.store import tables
from bot.store.chats import Chats
from bot.store.transaction import Database
from tests.desk.browser import Browser, shown
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, asked_for, backache, flagged

Arrive = Callable[[Patient], str]
Audited = Callable[[], list[tuple[str, str | None]]]


def write(browser: Browser, id: str, text: str, *, form: str = "f1") -> str:
    """What the page says after a message was sent."""
    return browser.act(id, "chat/write", form=form, text=text)


def sent(database: Database, id: str) -> list[str]:
    """What staff have written to the patient of an inquiry."""
    with database.read() as connection:
        mine = select(tables.inquiries.c.conversation_id).where(tables.inquiries.c.id == id).scalar_subquery()
        rows = select(tables.replies).where(tables.replies.c.conversation_id == mine).order_by(tables.replies.c.seq)
        bodies = [StoredReply(row.id, row.body).public() for row in connection.execute(rows)]
    return [body["text"] for body in bodies if body["kind"] == "staff"]


def test_one_writes_and_the_other_sees_who(
    work: Callable[[str], Browser], arrive: Arrive, database: Database, audited: Audited
) -> None:
    ana, bo, id = work("Ana"), work("Bo"), arrive(Patient(encounter=backache()))
    assert "Write to the patient" in ana.read(f"/desk/inquiries/{id}")
    page = ana.act(id, "chat/take")
    assert "The patient is told that they now write with you." in page
    assert "You have this inquiry." in page
    assert "Ana is writing with the patient now." in bo.read(f"/desk/inquiries/{id}")
    assert "Somebody else was quicker" in bo.act(id, "chat/take")
    assert "Hello Kim" in write(ana, id, "Hello Kim")
    assert "Ana, staff" in bo.read(f"/desk/inquiries/{id}")
    page = f"/desk/inquiries/{id}"
    answer = bo.submit(f"{page}/chat/write", page=page, form="f2", text="Hello from Bo")
    assert answer.status_code == 409
    assert "Hello from Bo" in shown(answer.text)
    assert "not yours any more" in bo.act(id, "chat/hand-back")
    assert "The assistant goes on." in ana.act(id, "chat/hand-back")
    assert sent(database, id) == ["Hello Kim"]
    actions = [action for action, _ in audited() if action.startswith("chat.")]
    assert actions == ["chat.taken", "chat.written", "chat.handed_back"]


def test_a_colleagues_chat_is_taken_over_only_when_that_is_meant(
    work: Callable[[str], Browser], arrive: Arrive, audited: Audited
) -> None:
    ana, bo, id = work("Ana"), work("Bo"), arrive(Patient(encounter=backache()))
    ana.act(id, "chat/take")
    page = bo.open(f"/desk/inquiries/{id}").text
    writer = page.partition('name="writer" value="')[2].partition('"')[0]
    token = bo.form_token(f"/desk/inquiries/{id}")
    fields = {"form_token": token, "writer": writer}
    assert bo.send(f"/desk/inquiries/{id}/chat/take", fields).status_code == 400
    assert "they now write with you" in bo.act(id, "chat/take", writer=writer, sure="yes")
    assert "Bo is writing with the patient now." in ana.read(f"/desk/inquiries/{id}")
    assert ("chat.taken_over", None) in audited()


@pytest.mark.parametrize(("text", "says"), [(" \n ", "nothing to send"), ("x" * (LONGEST + 1), "too long")])
def test_what_was_typed_is_not_lost_when_it_cannot_be_sent(
    ana: Browser, arrive: Arrive, database: Database, text: str, says: str
) -> None:
    id = arrive(Patient(encounter=backache()))
    ana.act(id, "chat/take")
    page = f"/desk/inquiries/{id}"
    answer = ana.submit(f"{page}/chat/write", page=page, form="f1", text=text)
    assert answer.status_code == 422
    assert says in shown(answer.text)
    assert text.strip() in answer.text
    assert sent(database, id) == []


def test_nor_when_the_store_is_down_and_it_is_sent_once_after(
    ana: Browser, arrive: Arrive, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = arrive(Patient(encounter=backache()))
    ana.act(id, "chat/take")
    page = f"/desk/inquiries/{id}"
    token = ana.form_token(page)

    def broken(*_: object, **__: object) -> None:
        raise StorageError("gone")

    fields = {"form_token": token, "form": "f1", "text": "See you on Friday"}
    with monkeypatch.context() as patched:
        patched.setattr(Chats, "write", broken)
        answer = ana.send(f"{page}/chat/write", fields)
    assert answer.status_code == 503
    assert "See you on Friday" in answer.text
    for _ in range(2):
        assert ana.send(f"{page}/chat/write", fields).status_code == 303
    assert sent(database, id) == ["See you on Friday"]


def test_a_ready_reply_is_filled_in_and_shown_before_it_is_sent(
    ana: Browser, arrive: Arrive, database: Database
) -> None:
    named = arrive(Patient(encounter=replace(backache(), request=asked_for("Kim Berg"))))
    nameless = arrive(Patient(encounter=backache()))
    for id, said in ((named, "Hello Kim, this is Ana from"), (nameless, "Hello, this is Ana from")):
        ana.act(id, "chat/take")
        page = f"/desk/inquiries/{id}"
        answer = ana.submit(f"{page}/chat/insert", page=page, form="f1", text="Good morning.", canned="hello")
        assert answer.status_code == 200
        box = answer.text.partition('id="talk-text"')[2].partition("</textarea>")[0]
        assert f"Good morning.\n{said}" in box
        assert sent(database, id) == []


def test_what_the_clinic_has_not_filled_in_is_not_offered(ana: Browser, arrive: Arrive) -> None:
    id = arrive(Patient(encounter=backache()))
    page = ana.act(id, "chat/take")
    assert "One moment" in page
    assert "Where we are" not in page


def test_closing_hands_the_chat_back(ana: Browser, arrive: Arrive, database: Database, audited: Audited) -> None:
    id = arrive(Patient(encounter=backache()))
    ana.act(id, "chat/take")
    ana.act(id, "status", status="closed", reason="declined", version="1")
    assert ("chat.handed_back", "closed") in audited()
    assert "Hand back" not in ana.read(f"/desk/inquiries/{id}")


def test_whoever_looks_keeps_the_chat_and_an_absent_one_loses_it(
    ana: Browser, arrive: Arrive, services: DeskServices, clock: TurnableClock, audited: Audited
) -> None:
    id = arrive(Patient(encounter=backache()))
    ana.act(id, "chat/take")
    assert services.chats is not None
    clock.turn(minutes=9)
    ana.submit(f"/desk/inquiries/{id}/present", page="/desk")
    clock.turn(minutes=9)
    assert asyncio.run(services.chats.sweep()) == 0
    clock.turn(minutes=1)
    assert asyncio.run(services.chats.sweep()) == 1
    assert ("chat.handed_back", "absent") in audited()


def test_an_emergency_said_to_staff_stands_on_the_page(
    ana: Browser, arrive: Arrive, services: DeskServices, database: Database
) -> None:
    id = arrive(Patient(encounter=backache()))
    ana.act(id, "chat/take")
    assert services.calls is not None
    with database.read() as connection:
        session = connection.execute(select(tables.inquiries.c.conversation_id)).scalar_one()
    talk = services.calls.triage.talk.conversations
    said = asyncio.run(talk.take(session, Incoming("c1", "I am numb between my legs since this morning")))
    assert [reply.public()["kind"] for reply in said] == ["emergency"]
    page = ana.read(f"/desk/inquiries/{id}")
    assert "Cauda equina signs" in page
    assert "Chat with the patient" in page


def test_the_page_hears_that_something_was_said(ana: Browser, arrive: Arrive) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.SAME_DAY)))
    mark = ana.open(f"/desk/inquiries/{id}").text.partition('data-mark="')[2].partition('"')[0]
    assert mark in ana.open(f"/desk/events?once=1&quiet=1&inquiry={id}").text
    ana.act(id, "chat/take")
    assert mark not in ana.open(f"/desk/events?once=1&quiet=1&inquiry={id}").text
    assert "event: talk" not in ana.open("/desk/events?once=1&quiet=1&inquiry=none").text
