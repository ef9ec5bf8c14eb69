"""Enter for the caller: the protocol of the chat, led by staff, ends in an inquiry like any other."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy import func, select

from bot.store import tables
from bot.store.transaction import Database
from tests.desk.browser import Browser, shown
from tests.desk.pasting import LETTER, URGENT, keep
from tests.desk.patients import Patient, backache

Audited = Callable[[], list[tuple[str, str | None]]]


def ring(browser: Browser) -> str:
    """The page of a new call."""
    answer = browser.submit("/desk/triage/calls", page="/desk/triage")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def enter(browser: Browser, page: str, text: str = "", *, picks: tuple[str, ...] = (), choice: str = "") -> str:
    """What the page of the call says after an answer was entered."""
    answer = browser.send(f"{page}/answer", {**fields_of(browser, page), **entered(text, picks, choice)})
    assert answer.status_code == 303, shown(answer.text)
    return browser.read(answer.headers["location"].partition("#")[0])


def entered(text: str, picks: tuple[str, ...], choice: str) -> dict[str, str]:
    """The fields of an answer."""
    ticked = {f"pick:{id}": id for id in picks}
    return {"text": text, **ticked, **({"choice": choice} if choice else {})}


def fields_of(browser: Browser, page: str) -> dict[str, str]:
    """The hidden fields of the answer's form."""
    form = browser.open(page).text.partition(f'action="{page}/answer"')[2].partition("</form>")[0]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}


def offered(browser: Browser, page: str) -> list[str]:
    """What can be ticked or chosen now."""
    return re.findall(
        r'type="(?:checkbox|radio)" name="(?:pick:[^"]+|choice)" value="([^"]+)"', browser.open(page).text
    )


def finish(browser: Browser, page: str, **contact: str) -> str:
    """Where ending the call leads."""
    answer = browser.submit(f"{page}/finish", page=page, **contact)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_staff_are_led_through_the_protocol_with_the_words_to_say(ana: Browser, audited: Audited) -> None:
    page = ring(ana)
    assert "What is bothering you?" in ana.read(page)
    said = enter(ana, page, "A burning pain in my lower back for six months")
    assert "burning pain in my lower back" in said
    assert "question 1 of about" in said
    assert "Tick all that they say yes to" in said
    assert "none" in offered(ana, page)
    for _ in range(3):
        on_offer = offered(ana, page)
        said = enter(ana, page, picks=("none",)) if "none" in on_offer else enter(ana, page, choice=on_offer[1])
    assert "question 4 of about" in said
    address = finish(ana, page, name="Oona Berg", phone="604 555 0142", email="")
    inquiry = ana.read(address.partition("?")[0])
    assert "Oona Berg" in inquiry
    assert "Entered during a call by Ana" in inquiry
    assert "Oona Berg" in ana.read("/desk?channel=desk")
    actions = [action for action, _ in audited()]
    assert actions.count("triage.opened") == actions.count("triage.kept") == 1
    assert "triage.read" in actions


def test_an_emergency_on_the_phone_is_read_out_at_once(ana: Browser) -> None:
    page = ring(ana)
    said = enter(ana, page, URGENT)
    assert "Read this out now" in said
    assert "911" in said
    finish(ana, page, name="Tom", phone="604 555 0177")
    assert "Emergency" in ana.read("/desk").partition("Waiting")[2]


def test_a_call_that_says_nothing_yet_is_an_inquiry_too(ana: Browser) -> None:
    page = ring(ana)
    assert "Oona Berg" in ana.read(finish(ana, page, name="Oona Berg").partition("?")[0])


def test_ending_a_call_twice_makes_one_inquiry(ana: Browser, database: Database) -> None:
    page = ring(ana)
    enter(ana, page, "my neck is stiff")
    assert finish(ana, page, name="Oona") == finish(ana, page, name="Oona Berg")
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.inquiries)).scalar_one() == 1
        assert connection.execute(select(tables.inquiries.c.name)).scalar_one() == "Oona Berg"


def test_what_a_letter_left_open_can_be_asked_on_the_phone(ana: Browser) -> None:
    inquiry = ana.open(keep(ana, LETTER)).text
    page = re.findall(r'href="(/desk/triage/calls/[0-9a-f]{32})"', inquiry)[0]
    assert "none" in offered(ana, page)
    before = ana.read(page)
    assert "Tick all that they say yes to" in before
    assert "Findings" in enter(ana, page, picks=("none",))
    assert "oona.berg@example.com" in ana.open(page).text


@pytest.mark.parametrize(
    ("text", "picks", "told"), [("", (), "Nothing was entered"), ("my toe", ("none",), "Either tick or write")]
)
def test_an_answer_that_cannot_be_one_is_shown_again(
    ana: Browser, text: str, picks: tuple[str, ...], told: str
) -> None:
    page = ring(ana)
    enter(ana, page, "my lower back hurts")
    answer = ana.send(f"{page}/answer", {**fields_of(ana, page), **entered(text, picks, "")})
    assert answer.status_code == 422
    assert told in shown(answer.text)
    assert text in answer.text


def test_an_answer_sent_twice_is_entered_once(ana: Browser, database: Database) -> None:
    page = ring(ana)
    fields = {**fields_of(ana, page), "text": "my lower back hurts"}
    for _ in range(2):
        assert ana.send(f"{page}/answer", fields).status_code == 303
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.messages)).scalar_one() == 1


def test_a_choice_of_a_question_that_is_over_says_which_is_open(ana: Browser) -> None:
    page = ring(ana)
    enter(ana, page, "my lower back hurts")
    answer = ana.send(f"{page}/answer", {**fields_of(ana, page), **entered("", ("no such choice",), "")})
    assert "answered already" in shown(answer.text)


@pytest.mark.parametrize("settings", ["explicit"], indirect=True)
def test_where_consent_is_asked_first_a_call_is_kept_only_after_the_yes(ana: Browser, database: Database) -> None:
    page = ring(ana)
    assert offered(ana, page) == ["consent_yes", "consent_no"]
    assert finish(ana, page, name="Oona Berg").endswith("?told=not_kept")
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.conversations)).scalar_one() == 0
    enter(ana, page, choice="consent_yes")
    enter(ana, page, "my lower back hurts")
    assert "Entered during a call by Ana" in ana.read(finish(ana, page, name="Oona Berg").partition("?")[0])


def test_what_a_caller_says_runs_nowhere(ana: Browser) -> None:
    page = ring(ana)
    enter(ana, page, "<script>alert(1)</script> my neck hurts <img src=x onerror=alert(2)>")
    finish(ana, page, name="<script>alert(3)</script>")
    assert "<script>alert" not in ana.open(page).text
    assert "<img" not in ana.open(page).text


def test_no_chat_of_a_patient_is_entered_at_the_desk(
    ana: Browser, arrive: Callable[..., str], database: Database
) -> None:
    arrive(Patient(encounter=backache()))
    with database.read() as connection:
        session_id = connection.execute(select(tables.conversations.c.id)).scalar_one()
    page = f"/desk/triage/calls/{session_id}"
    assert ana.open(page).status_code == 404
    token = ana.form_token("/desk/triage")
    for what, fields in (("answer", {"message": "1", "text": "hello"}), ("finish", {"name": "Eve"})):
        assert ana.send(f"{page}/{what}", {"form_token": token, **fields}).status_code == 404
