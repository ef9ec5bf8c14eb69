"""What a complaint is like, whether it is new or old, who pays and the number of a claim."""

from pathlib import Path
from typing import Any

import pytest

from bot.clinical.reading import Background
from scripts.data_file import read_yaml
from tests.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "qualities"),
    [
        ("a sharp, burning pain in my heel", ("sharp", "burning")),
        ("it throbs and shoots down my leg", ("throbbing", "shooting")),
        ("like an electric shock", ("electric",)),
        ("not sharp, just a dull ache", ("dull", "aching")),
        ("my wife has a stabbing pain, I have none", ()),
        ("could it cause burning?", ()),
        ("my knee is swollen", ()),
    ],
)
def test_the_quality_is_what_the_patient_says_it_is_like(read: Read, text: str, qualities: tuple[str, ...]) -> None:
    assert read(text).background.qualities == qualities


@pytest.mark.parametrize(
    ("text", "onset"),
    [
        ("it started suddenly in my neck", "new"),
        ("my knee has been getting worse", "new"),
        ("chronic back pain", "old"),
        ("this is nothing new", "old"),
        ("an old injury of my knee that is getting worse", None),
        ("my knee hurts", None),
    ],
)
def test_new_and_old_are_told_by_words_and_both_together_leave_it_open(
    read: Read, text: str, onset: str | None
) -> None:
    told = read(text).background.onset
    assert (told.value if told else None) == onset


@pytest.mark.parametrize(
    ("text", "payer", "claim"),
    [
        ("neck pain after a crash, ICBC claim number BF12345", "icbc", "BF12345"),
        ("WCB claim, my shoulder hurts", "worksafebc", None),
        ("I have extended health through work", "extended", None),
        ("I am paying out of pocket", "private", None),
        ("I claim my knee hurts", None, None),
        ("my neck hurts, call 6045550123", None, None),
        ("I have no ICBC claim", None, None),
    ],
)
def test_who_pays_and_which_claim(read: Read, text: str, payer: str | None, claim: str | None) -> None:
    background = read(text).background
    assert (background.payer, background.claim) == (payer, claim)


CORPORA = Path(__file__).parent / "en" / "background"


def _values(part: str, told: Background) -> set[str]:
    if part == "qualities":
        return set(told.qualities)
    value = {"onset": told.onset.value if told.onset else None, "payer": told.payer, "claim": told.claim}[part]
    return {value} if value else set()


def _meant(part: str, row: dict[str, Any]) -> set[str]:
    if part == "qualities":
        return set(row[part])
    return {row[part].replace(" ", "")} if row[part] else set()


@pytest.mark.parametrize(
    ("corpus", "part", "least"),
    [
        ("dev", "qualities", 0.88),
        ("dev", "onset", 0.95),
        ("dev", "payer", 0.92),
        ("dev", "claim", 0.98),
        ("heldout", "qualities", 0.74),
        ("heldout", "onset", 0.85),
        ("heldout", "payer", 0.9),
        ("heldout", "claim", 0.98),
    ],
)
def test_another_writers_messages_are_read_about_as_well(read: Read, corpus: str, part: str, least: float) -> None:
    rows = read_yaml(CORPORA / f"{corpus}.yml")
    known = {quality for row in rows for quality in row["qualities"]}
    right = wrong = 0
    for row in rows:
        found = {value.replace(" ", "") for value in _values(part, read(row["text"]).background)}
        found = found & known if part == "qualities" else found
        right += 2 * len(found & _meant(part, row))
        wrong += len(found ^ _meant(part, row))
    assert right / (right + wrong) >= least
