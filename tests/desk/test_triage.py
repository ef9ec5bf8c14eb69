"""Triage of a pasted text: read as the chat reads, marked where it says so, and not stored by that."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clinical.view import view
from bot.desk.triage_view import pieces
from bot.service.desk import DeskServices
from bot.service.records import Incoming
from bot.store import tables
from bot.store.transaction import Database
from scripts.data_file import read_yaml
from tests.desk.browser import Browser, shown
from tests.desk.kept import Kept
from tests.desk.pasting import LETTER, URGENT, fields_of, keep, read

Audited = Callable[[], list[tuple[str, str | None]]]

CORPORA = Path(__file__).parents[2] / "corpora"
EVERY = 45
"""One text of so many is tried: a few dozen of all authors."""

SCRIPT = "<script>alert(1)</script> my neck hurts <img src=x onerror=alert(2)>\"'><b>"


def corpus() -> Iterator[str]:
    """Texts of the project's own corpora, openings and red flags by many authors."""
    for file in sorted(CORPORA.glob("*/*.yml")):
        rows = read_yaml(file)
        yield from (row["text"] for row in rows if isinstance(row, dict) and isinstance(row.get("text"), str))


TEXTS = tuple(corpus())[::EVERY]


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
