"""Triage of a pasted text: read as the chat reads, marked where it says so, kept once and only when staff say so."""

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, select

from bot.clinical.reading import ContactDetails
from bot.clinical.view import view
from bot.desk.triage_view import pieces
from bot.service.desk import DeskServices
from bot.service.desk_records import Staff
from bot.service.desk_roles import Role
from bot.service.records import Incoming
from bot.store import tables
from bot.store.transaction import Database
from tests.desk.browser import Browser, shown

Audited = Callable[[], list[tuple[str, str | None]]]
CORPORA = Path(__file__).parents[2] / "corpora"
EVERY = 45
"""One text of so many is tried: a few dozen of all authors."""
LETTER = """Hello, I found you online.

For six months I have had a burning pain in my lower back. My X-ray was clear, and I take warfarin.
No swelling that I can see.

Regards,
Oona Berg
604 555 0142
oona.berg@example.com"""
URGENT = "Since this morning I am numb between my legs and I cannot pee. My back hurts. Tom, 604 555 0177"
SCRIPT = "<script>alert(1)</script> my neck hurts <img src=x onerror=alert(2)>\"'><b>"


def corpus() -> Iterator[str]:
    """Texts of the project's own corpora, openings and red flags by many authors."""
    for file in sorted(CORPORA.glob("*/*.yml")):
        rows = yaml.safe_load(file.read_text(encoding="utf-8"))
        yield from (row["text"] for row in rows if isinstance(row, dict) and isinstance(row.get("text"), str))


TEXTS = tuple(corpus())[::EVERY]


@dataclass(frozen=True)
class Kept:
    """What the store holds."""

    conversations: int
    inquiries: int
    messages: int


@pytest.fixture
def kept(database: Database) -> Callable[[], Kept]:
    """Counts what the store holds."""

    def count() -> Kept:
        each = (tables.conversations, tables.inquiries, tables.messages)
        with database.read() as connection:
            return Kept(*[connection.execute(select(func.count()).select_from(one)).scalar_one() for one in each])

    return count


def read(browser: Browser, text: str) -> str:
    """The page that shows how a text was read."""
    answer = browser.submit("/desk/triage/read", page="/desk/triage", text=text)
    assert answer.status_code == 200
    return answer.text


def fields_of(page: str) -> dict[str, str]:
    """What the form that keeps the text carries, as the browser would send it."""
    form = page.partition('action="/desk/triage/keep"')[2].partition("</form>")[0]
    found = re.findall(r'name="(\w+)"[^>]*?value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def keep(browser: Browser, text: str, **changed: str) -> str:
    """The address of the inquiry that the text became."""
    answer = browser.send("/desk/triage/keep", {**fields_of(read(browser, text)), **changed})
    assert answer.status_code == 303
    return answer.headers["location"].partition("?")[0]


def test_there_are_texts_of_many_authors() -> None:
    assert len(TEXTS) >= 36


def test_a_pasted_text_has_the_findings_and_flags_of_the_same_words_in_the_chat(services: DeskServices) -> None:
    assert services.triage is not None
    talk = services.triage.talk
    with asyncio.Runner() as runner:
        for number, text in enumerate(TEXTS):
            opened = runner.run(talk.conversations.open(channel="web", language="en"))
            runner.run(talk.conversations.take(opened.session, Incoming(f"message-{number}", text)))
            chat = runner.run(talk.conversations.standing(opened.session)).encounter
            pasted = services.triage.screen(text).encounter
            for part in ("findings", "other_findings", "red_flags", "regions", "duration_days", "imaging"):
                assert view(pasted)[part] == view(chat)[part], (text, part)
            assert view(pasted)["precautions"] == view(chat)["precautions"], text


def test_every_mark_stands_on_the_words_it_was_read_from(services: DeskServices) -> None:
    assert services.triage is not None
    for text in TEXTS:
        screened = services.triage.screen(text)
        marked = pieces(screened.text, screened.reading.mentions, screened.flags)
        assert "".join(piece.text for piece in marked) == screened.text
        said = [one for one in screened.reading.mentions if one.start < one.end]
        spans = {(span.id, screened.text[span.start : span.end]) for piece in marked for span in piece.spans}
        assert {(one.finding.value, one.text) for one in said} <= spans
        quoted = [flag for flag in screened.flags if flag.text and flag.text in screened.text]
        assert {flag.flag_class.value for flag in quoted} <= {id for id, _ in spans}


def test_a_letter_shows_what_was_read_in_it(ana: Browser) -> None:
    page = shown(read(ana, LETTER))
    for words in (
        "Present",
        "burning pain in my lower back",
        "6 months",
        "lood thinners",
        "Still to ask",
    ):
        assert words in page, words
    fields = fields_of(read(ana, LETTER))
    assert fields["name"] == "Oona Berg"
    assert fields["email"] == "oona.berg@example.com"
    assert "0142" in fields["phone"]


def test_nothing_is_stored_by_reading_but_that_somebody_did(
    ana: Browser, kept: Callable[[], Kept], audited: Audited, database: Database
) -> None:
    read(ana, LETTER)
    assert kept() == Kept(0, 0, 0)
    assert ("triage.read", None) in audited()
    with database.read() as connection:
        everything = [str(connection.execute(select(table)).all()) for table in tables.metadata.tables.values()]
    assert not any("Oona" in rows or "burning" in rows for rows in everything)


def test_an_emergency_shows_what_to_read_out_before_anything_is_stored(ana: Browser, kept: Callable[[], Kept]) -> None:
    page = read(ana, URGENT)
    assert "911" in page.partition("The text")[0]
    assert "read this out" in page.partition("The text")[0]
    assert '<mark class="flag"' in page
    assert "until we open" not in page
    assert kept() == Kept(0, 0, 0)


def test_what_is_kept_is_an_inquiry_of_the_desk_in_its_place_by_urgency(ana: Browser, audited: Audited) -> None:
    keep(ana, LETTER)
    address = keep(ana, URGENT, name="Tom")
    inbox = ana.read("/desk").partition("Waiting")[2]
    assert inbox.index("Tom") < inbox.index("Oona Berg")
    page = ana.read(address)
    assert URGENT in page
    assert "Patient, as entered" in page
    assert "pasted in by Ana" in page
    assert "Left early" not in page
    assert "Tom" in ana.read("/desk?channel=desk")
    assert [action for action, _ in audited()].count("triage.kept") == 2


def test_the_text_is_kept_as_it_was_pasted(ana: Browser, database: Database) -> None:
    keep(ana, LETTER)
    with database.read() as connection:
        assert connection.execute(select(tables.messages.c.text)).scalars().all() == [LETTER]


def test_who_it_is_from_is_what_staff_made_of_it(ana: Browser) -> None:
    page = ana.read(keep(ana, LETTER, name="Oona  Bergh", phone="604-555-0199", email=""))
    assert "Oona Bergh" in page
    assert "604-555-0199" in page or "(604) 555-0199" in page or "604 555 0199" in page
    assert "mailto" not in page


SIGNED = {
    "Robin Vale": "Robin Vale",
    "Robin Vale, 604 555 0177": "Robin Vale",
    "Robin Vale, 604 555 0177, robin@vale.example": "Robin Vale",
    "Please ring Doctor Cho, 604 555 0177": "",
    "604 555 0177": "",
}


@pytest.mark.parametrize(("last", "name"), SIGNED.items())
def test_who_signed_is_read_from_the_last_line_and_nobody_else_is(ana: Browser, last: str, name: str) -> None:
    page = read(ana, f"My shoulder has been stiff for four months.\n\n{last}")
    assert fields_of(page)["name"] == name


def test_a_text_without_a_finding_is_an_inquiry_too(ana: Browser) -> None:
    assert "Do you have parking?" in ana.read(keep(ana, "Do you have parking?"))


def test_the_same_form_sent_twice_makes_one_inquiry(ana: Browser, kept: Callable[[], Kept], audited: Audited) -> None:
    fields = fields_of(read(ana, LETTER))
    answers = [ana.send("/desk/triage/keep", fields).headers["location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert kept() == Kept(1, 1, 1)
    assert [action for action, _ in audited()].count("triage.kept") == 1


def test_the_same_form_sent_at_once_makes_one_inquiry(
    services: DeskServices, hire: Callable[[str], None], database: Database, kept: Callable[[], Kept]
) -> None:
    hire("Ana")
    with database.read() as connection:
        id = connection.execute(select(tables.staff.c.id)).scalar_one()
    ana, triage = Staff(id, "Ana", "ana@clinic.example", Role.MANAGER), services.triage
    assert triage is not None
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: triage.keep("f" * 32, LETTER, ContactDetails(), ana), range(16)))
    assert len(made) == 1
    assert kept() == Kept(1, 1, 1)


def test_a_form_of_somebody_else_is_never_theirs(
    ana: Browser, work: Callable[[str], Browser], kept: Callable[[], Kept]
) -> None:
    bo = work("Bo")
    fields = fields_of(read(ana, LETTER))
    ana.send("/desk/triage/keep", fields)
    bo.send("/desk/triage/keep", {**fields, "form_token": bo.form_token("/desk/triage")})
    assert kept().inquiries == 2


def test_a_script_in_the_text_is_shown_and_runs_nowhere(ana: Browser) -> None:
    for page in (read(ana, SCRIPT), ana.open(keep(ana, SCRIPT, name=SCRIPT[:60])).text, ana.open("/desk").text):
        assert "<script>alert" not in page
        assert "<img" not in page
    assert SCRIPT in shown(read(ana, SCRIPT))


@pytest.mark.parametrize(("text", "told"), [("  \n ", "nothing to read"), ("a" * 8001, "too long")])
def test_what_cannot_be_read_is_said_and_nothing_is_lost(ana: Browser, text: str, told: str) -> None:
    answer = ana.submit("/desk/triage/read", page="/desk/triage", text=text)
    assert answer.status_code == 422
    assert told in shown(answer.text)
    assert text in answer.text


@pytest.mark.parametrize("sign", ["a", "痛", "🙂"])
def test_8000_characters_of_any_script_can_be_pasted(ana: Browser, sign: str) -> None:
    assert sign * 8000 in read(ana, sign * 8000)


def test_a_form_id_that_is_none_of_ours_is_refused(ana: Browser, kept: Callable[[], Kept]) -> None:
    answer = ana.submit("/desk/triage/keep", page="/desk/triage", text=LETTER, form="1")
    assert answer.status_code == 400
    assert kept() == Kept(0, 0, 0)
