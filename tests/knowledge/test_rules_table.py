"""The table of rules holds every rule, says who reviewed it, and shows what is the clinic's own."""

import csv
import io
from pathlib import Path

import pytest
import yaml

from bot.knowledge import load_protocol
from bot.knowledge.flag_book import load_flag_book
from bot.knowledge.review import NOT_REVIEWED, Review, review_of
from bot.knowledge.rules_table import CLINICS, OURS, OUT_OF_FORCE, RuleRow, RuleTable, as_csv, as_markdown, rule_table
from tests.knowledge.signing import signed

EXAMPLE = Path(__file__).parents[2] / "docs" / "clinic-overlay.yml"


@pytest.fixture(scope="module")
def table() -> RuleTable:
    return rule_table()


@pytest.fixture(scope="module")
def rows(table: RuleTable) -> tuple[RuleRow, ...]:
    return table.rows


@pytest.fixture(scope="module")
def draft(table: RuleTable) -> Review:
    return review_of(table.protocol, ())


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


def test_markdown_has_one_line_a_rule_and_opens_with_who_signed(table: RuleTable, draft: Review) -> None:
    text = as_markdown(table, draft)
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert text.startswith(f"Clinical rules: {NOT_REVIEWED}.\n")
    assert f"\n0 of {len(table.rows)} rules are reviewed" in text
    assert table.protocol.version in text
    assert len(lines) == len(table.rows) + 2
    assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


def test_a_signature_for_this_version_covers_every_rule_in_both_formats(table: RuleTable) -> None:
    review = review_of(table.protocol, [signed(table.protocol)])
    sentence = "signed by Ana Reyes, licence PT 12345, on 2026-11-22"
    text = as_markdown(table, review)
    assert text.startswith(f"Clinical rules: {sentence}.\n")
    assert f"\n{len(table.rows)} of {len(table.rows)} rules are reviewed" in text
    assert {row["reviewed"] for row in csv.DictReader(io.StringIO(as_csv(table, review)))} == {sentence}


def test_a_signature_does_not_hide_a_rules_own_reviewer() -> None:
    table = rule_table(overlay=EXAMPLE)
    review = review_of(table.protocol, [signed(table.protocol)])
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(as_csv(table, review)))}
    assert rows["headache_pills"]["reviewed"] == "A. Reviewer, physiotherapist, 2026-10-01"
    assert rows["new_medicine"]["reviewed"].startswith("signed by Ana Reyes")


def test_csv_reads_back_as_the_same_rows(table: RuleTable, draft: Review) -> None:
    rows, read = table.rows, list(csv.DictReader(io.StringIO(as_csv(table, draft))))
    assert [row["id"] for row in read] == [row.id for row in rows]
    assert [row["when"] for row in read] == [row.when for row in rows]


def test_no_cell_of_the_csv_can_be_run_by_a_spreadsheet(table: RuleTable, draft: Review) -> None:
    row = RuleRow("kind", "=1+1", "+x", "-x", "@x", "when", "source", "reviewed", "file")
    cells = next(csv.reader(io.StringIO(as_csv(RuleTable(table.protocol, (row,)), draft).splitlines()[1])))
    assert cells[:5] == ["kind", "'=1+1", "'+x", "'-x", "'@x"]


def test_a_clinics_own_changes_are_shown_as_such() -> None:
    own = {row.id: row for row in rule_table(overlay=EXAMPLE).rows if row.file == EXAMPLE.name}
    assert {row.origin for row in own.values()} == {CLINICS}
    assert own["headache_pills"].level == "switched off by the clinic"
    assert own["headache_pills"].reviewed == "A. Reviewer, physiotherapist, 2026-10-01"
    assert own["new_medicine"].reviewed == NOT_REVIEWED
    assert own["wording.control.greet"].kind == "clinic's own text"
    assert "region.walk_in" in own
    assert "faq.what_to_wear.answer" in own


def test_a_rule_that_an_overlay_changes_from_outside_is_marked_too(tmp_path: Path) -> None:
    words = {
        "items": {"bladder": {"label": "Trouble with peeing"}},
        "precautions": {"needle_fear": "afraid of needles"},
    }
    off = {"weight_loss": {"reason": "Asked at the visit.", "reviewed": {"by": "A. Reviewer", "on": "2026-10-01"}}}
    overlay = tmp_path / "ours.yml"
    overlay.write_text(yaml.safe_dump({"clinic": "Ours", "labels": words, "switch_off": off}), encoding="utf-8")
    rows = {(row.kind, row.id): row for row in rule_table(overlay=overlay).rows}
    assert rows["safety item", "bladder"].origin == rows["precaution", "needle_fear"].origin == CLINICS
    assert rows["pair rule", "weight_loss_with_night_pain"].level == OUT_OF_FORCE
    assert rows["pair rule", "weight_loss_with_night_pain"].origin == CLINICS
    sets = [row for row in rows.values() if row.kind == "safety set"]
    assert not any("weight_loss" in row.raises for row in sets)
    assert {row.origin for row in sets} == {OURS, CLINICS}


def test_without_an_overlay_no_rule_is_the_clinics(rows: tuple[RuleRow, ...]) -> None:
    assert CLINICS not in {row.origin for row in rows}
