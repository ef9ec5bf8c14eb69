"""The document as plain text and as a PDF shows everything, whatever a patient has written."""

from dataclasses import replace

import pytest

from bot.outside.sheets import BOX, FONTS
from bot.web.paper import as_text
from bot.web.paper_pdf import as_pdf
from tests.web.fakes import DOCUMENT
from tests.web.papers import text_of


def plain(paper: bytes) -> str:
    """The text of a PDF in one line."""
    return " ".join(text_of(paper).split())


def saying(words: str) -> str:
    """What the PDF shows of a document in which a patient said this."""
    changed = replace(DOCUMENT, lines=(words,), rows=(("pain", words),), clinic=words)
    return plain(as_pdf(changed, language="en"))


def test_the_pdf_holds_every_word_of_the_document_as_text() -> None:
    shown = plain(as_pdf(DOCUMENT, language="en"))
    notes = [part for note in DOCUMENT.notes for part in (note.label, note.value)]
    rows = [part for row in DOCUMENT.rows for part in row]
    for words in (DOCUMENT.title, DOCUMENT.show, DOCUMENT.made, *DOCUMENT.lines, *rows, *notes, DOCUMENT.foot):
        assert words.casefold() in shown.casefold()
    assert f"{DOCUMENT.findings_title}: {DOCUMENT.count}" in shown
    assert DOCUMENT.replaced not in shown


def test_the_pdf_tells_its_title_and_its_language() -> None:
    paper = as_pdf(DOCUMENT, language="en-CA")
    assert b"/Lang (en-CA)" in paper
    assert b"/Title (What you told Harbour Physiotherapy)" in paper


@pytest.mark.parametrize(
    "words", ["naïve café", "“it’s – like … this”", "Привет, болит", "πονάει", "{nb} **bold** (a) \\ %s"]
)
def test_what_the_font_has_is_shown_as_it_was_written(words: str) -> None:
    shown = saying(words)
    assert words in shown
    assert DOCUMENT.replaced not in shown


@pytest.mark.parametrize(
    "words", ["🦶", "日本語", "ਦਰਦ", "ظهري يؤلمني", "הגב כואב", "\U0001f468\u200d\U0001f469\u200d\U0001f467"]
)
def test_what_cannot_be_shown_is_a_box_and_said_to_be(words: str) -> None:
    shown = saying(f"before {words} after")
    assert "before" in shown
    assert f"{BOX} after" in shown
    assert not set(words) & set(shown) - {" "}
    assert DOCUMENT.replaced in shown


@pytest.mark.parametrize(
    "words", ["\x00\x07\x1b[31m", "\u202eevil\u202c", "\u200b\ufeff", "Z͑ͫ̓a\u0489", "\ufffd", "\U0010ffff", ""]
)
def test_signs_that_nobody_sees_do_no_harm(words: str) -> None:
    shown = saying(f"before {words} after")
    assert "before" in shown
    assert "after" in shown
    assert not {"\x00", "\x07", "\x1b", "\u202e", "\u200b"} & set(shown)


def test_very_long_words_and_texts_break_and_nothing_is_lost() -> None:
    shown = saying("x" * 3000 + " end " + "word " * 2000)
    assert shown.count("x") >= 6000
    assert shown.count("word") >= 4000


def test_the_fonts_are_small_and_come_with_their_licence() -> None:
    files = list(FONTS.iterdir())
    assert sum(file.stat().st_size for file in files) < 5_000_000
    assert "Permission is hereby granted" in (FONTS / "LICENSE").read_text(encoding="utf-8")


def test_the_plain_text_has_everything_in_the_order_of_the_page() -> None:
    text = as_text(DOCUMENT)
    wanted = (DOCUMENT.title, DOCUMENT.show, "it burns", "1 of 7", "swelling: no", "Where: lower back", DOCUMENT.foot)
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)
    assert "Also said: worse on stairs; at night" in text
