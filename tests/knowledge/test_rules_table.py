"""The table of rules holds every rule, says who reviewed it, and shows what is the clinic's own."""

import csv
import io
from pathlib import Path

import pytest

from bot.knowledge import load_protocol
from bot.knowledge.flag_book import load_flag_book
from bot.knowledge.rules_table import NOT_REVIEWED, RuleRow, as_csv, as_markdown, rule_rows

EXAMPLE = Path(__file__).parents[2] / "docs" / "clinic-overlay.yml"


@pytest.fixture(scope="module")
def rows() -> tuple[RuleRow, ...]:
    return rule_rows()


def ids(rows: tuple[RuleRow, ...], kind: str) -> set[str]:
    return {row.id for row in rows if row.kind == kind}


def test_every_rule_in_force_has_its_row(rows: tuple[RuleRow, ...]) -> None:
    protocol = load_protocol()
    assert ids(rows, "safety item") == set(protocol.items)
    assert ids(rows, "safety set") == {one.id for one in protocol.sets}
    assert ids(rows, "pair rule") == {rule.id for rule in protocol.pair_rules}
    assert ids(rows, "read in text") == {rule.id for rule in load_flag_book().rules}
    assert ids(rows, "precaution") == set(protocol.precautions)
    assert len(ids(rows, "flag class")) == 21
    assert len(ids(rows, "finding")) == 7


def test_every_row_has_a_source_and_says_that_it_is_a_draft(rows: tuple[RuleRow, ...]) -> None:
    assert all(row.source for row in rows)
    assert {row.reviewed for row in rows} == {NOT_REVIEWED}


def test_markdown_has_one_line_a_rule_and_says_how_much_is_reviewed(rows: tuple[RuleRow, ...]) -> None:
    lines = as_markdown(rows).splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert lines[0].startswith(f"0 of {len(rows)} rules are reviewed")
    assert len(table) == len(rows) + 2
    assert len({line.replace("\\|", "").count("|") for line in table}) == 1


def test_csv_reads_back_as_the_same_rows(rows: tuple[RuleRow, ...]) -> None:
    read = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert [row["id"] for row in read] == [row.id for row in rows]
    assert [row["when"] for row in read] == [row.when for row in rows]


def test_no_cell_of_the_csv_can_be_run_by_a_spreadsheet() -> None:
    row = RuleRow("kind", "=1+1", "+x", "-x", "@x", "when", "source", "reviewed", "file")
    cells = next(csv.reader(io.StringIO(as_csv((row,)).splitlines()[1])))
    assert cells[:5] == ["kind", "'=1+1", "'+x", "'-x", "'@x"]


def test_a_clinics_own_changes_are_shown_as_such() -> None:
    own = {row.id: row for row in rule_rows(overlay=EXAMPLE) if row.file == EXAMPLE.name}
    assert own["headache_pills"].level == "switched off by the clinic"
    assert own["headache_pills"].reviewed == "A. Reviewer, physiotherapist, 2026-10-01"
    assert own["new_medicine"].reviewed == NOT_REVIEWED
    assert own["wording.control.greet"].kind == "clinic's own text"
    assert "region.walk_in" in own
    assert "faq.what_to_wear.answer" in own
