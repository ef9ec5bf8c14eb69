"""The evidence for red flags: its intervals are exact, its tables count what they say, and the document holds them."""

import re
from collections.abc import Sequence

import pytest

from bot.clinical.reading import RedFlag
from bot.clinical.vocabulary import FlagClass, Level, Onset
from scripts import evidence, evidence_tables
from scripts.evidence import BLOCK, DOCUMENT, figures
from scripts.exact_interval import interval
from scripts.flag_mutants import Mutant
from scripts.held_out import Heard, Labelled, labelled
from scripts.keyword_baseline import is_found_by_keywords, keywords

LONG_ENOUGH = 40
"""Characters of a held-out message by which it would be recognised in the document."""


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.3085),
        (10, 10, 0.6915, 1.0),
        (5, 10, 0.1871, 0.8129),
        (1, 1, 0.025, 1.0),
        (48, 50, 0.8629, 0.9951),
        (81, 263, 0.2527, 0.3676),
        (1500, 3000, 0.4819, 0.5181),
        (0, 0, 0.0, 1.0),
    ],
)
def test_an_interval_is_the_one_of_clopper_and_pearson(hits: int, of: int, low: float, high: float) -> None:
    assert interval(hits, of) == pytest.approx((low, high), abs=0.0001)


@pytest.mark.parametrize(("hits", "of"), [(3, 2), (-1, 2)])
def test_more_hits_than_messages_are_refused(hits: int, of: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        interval(hits, of)


def flag(level: str, name: str = "stroke", *, ask: bool = False) -> RedFlag:
    return RedFlag(FlagClass(name), Level(level), Onset.NEW, "words", ask=ask, rule="x", row_level=Level(level))


def message(
    level: str = "emergency",
    *,
    author: str = "ann",
    ruled: Sequence[RedFlag] = (),
    flags: Sequence[RedFlag] = (),
    likely: float | None = None,
    keyword: bool = False,
) -> Heard:
    meant = Labelled(author, "text", Level(level), FlagClass.STROKE if level != "none" else None)
    return Heard(meant, tuple(ruled), tuple(flags), likely, (likely or 0) > 0.5, keyword)


HEARD = [
    message(ruled=[flag("emergency")], flags=[flag("emergency")], likely=0.9),
    message(flags=[flag("same_day", "infection")], likely=1.0, keyword=True),
    message(flags=[flag("none", ask=True)], likely=0.3),
    message("none", flags=[flag("see_doctor")], likely=0.1),
    message("none", author="ordinary_z", flags=[flag("crisis", "self_harm")], likely=0.6),
    message("see_doctor", flags=[]),
]


def rows(table: str) -> dict[str, list[str]]:
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return {row[0]: row[1:] for row in cells}


def test_the_table_of_classes_counts_for_each_hearer_the_urgent_messages_it_calls_urgent() -> None:
    found = rows(evidence_tables.by_class(HEARD))
    assert found["class"] == ["messages", "rules alone", "net alone", "both", "asked about besides", "word list"]
    assert [cell.split(":")[0] for cell in found["stroke"]] == ["3", "1", "2", "2", "1", "1"]
    assert found["all"] == found["stroke"]
    assert found["stroke"][1] == "1: 33 % (1 to 91)"


def test_the_right_class_is_counted_among_those_called_urgent() -> None:
    assert "Of the 2 urgent" in evidence_tables.right_class(HEARD)
    assert "raised in 1: 50 %" in evidence_tables.right_class(HEARD)


def test_false_alarms_are_counted_by_what_the_author_meant() -> None:
    found = rows(evidence_tables.false_alarms(HEARD))
    assert found["near misses"][:4] == ["1", "0: 0 % (0 to 98)", "0: 0 % (0 to 98)", "0: 0 % (0 to 98)"]
    assert found["ordinary complaints"][3] == "1: 100 % (2 to 100)"
    assert found["see a doctor this week"][0] == "1"


def test_levels_show_the_most_urgent_one_raised_and_apart_from_it_what_is_only_asked_about() -> None:
    found = rows(evidence_tables.levels(HEARD))
    assert found["labelled"] == ["messages", "emergency", "crisis", "same_day", "see_doctor", "asked about", "nothing"]
    assert found["emergency"] == ["3", "1", "0", "1", "0", "1", "0"]
    assert found["none"] == ["2", "0", "1", "0", "1", "0", "0"]
    assert found["see_doctor"] == ["1", "0", "0", "0", "0", "0", "1"]


def test_each_likelihood_stands_in_one_of_five_bins_and_none_in_none() -> None:
    found = rows(evidence_tables.calibration(HEARD))
    assert [found[name][0] for name in list(found)[2:]] == ["1", "1", "0", "1", "2"]
    assert found["0.8 to 1.0"][1:] == ["0.95", "2: 100 % (16 to 100)"]


def test_controls_are_counted_by_kind_of_damage() -> None:
    damaged = [Mutant("a", "lowered", True), Mutant("b", "lowered", False), Mutant("c", "asks instead", True)]
    found = rows(evidence_tables.controls(damaged))
    assert [found[name][1].split(":")[0] for name in ("lowered", "asks instead", "all")] == ["1", "1", "2"]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("Can’t  PEE since lunch", True), ("no chest pain at all", True), ("my shoulder is stiff", False)],
)
def test_the_word_list_looks_at_letters_only(text: str, is_found: bool) -> None:
    assert is_found_by_keywords(text, keywords()) is is_found


def test_the_word_list_names_only_classes_of_red_flags() -> None:
    assert set(keywords()) <= {one.value for one in FlagClass}


def test_only_the_block_of_the_document_is_replaced(tmp_path, monkeypatch, capsys) -> None:
    before, after = f"# Before\n\n{BLOCK.begins}\n\nold\n\n", "\n\nAfter: 5 %\n"
    document = tmp_path / "evidence.md"
    document.write_text(f"{before}{BLOCK.ends}{after}", encoding="utf-8")
    monkeypatch.setattr(evidence, "DOCUMENT", document)
    monkeypatch.setattr(evidence, "figures", lambda: "| new |")
    for _ in range(2):
        assert evidence.main() == 0
        assert document.read_text("utf-8") == f"# Before\n\n{BLOCK.begins}\n\n| new |\n\n{BLOCK.ends}{after}"
    assert capsys.readouterr().out == "| new |\n" * 2


def test_the_document_holds_what_is_measured_now() -> None:
    told = BLOCK.in_document(DOCUMENT.read_text(encoding="utf-8"))
    assert told == figures(), "a rule, a phrase or the net has changed: run `make eval`, read the figures, commit them"


def test_at_least_95_in_100_damaged_rules_are_noticed_by_what_the_document_says() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    noticed = re.search(r"^\| all \| 50 \| (\d+):", BLOCK.in_document(document), re.MULTILINE)
    assert noticed
    assert int(noticed[1]) >= 0.95 * 50


def test_no_message_that_is_only_counted_stands_in_the_document() -> None:
    document = " ".join(DOCUMENT.read_text(encoding="utf-8").split())
    assert not any(one.text in document for one in labelled() if len(one.text) >= LONG_ENOUGH)
