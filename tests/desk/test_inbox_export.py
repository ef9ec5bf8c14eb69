"""The inbox as a CSV file: what the filters show, all of it, in cells that no spreadsheet runs."""

import csv
import io
from collections.abc import Callable

import pytest
from sqlalchemy import update

from bot.clinical.vocabulary import Disposition
from bot.service.desk_roles import Role
from bot.service.inquiry_rows import InquiryTable
from bot.store import exporting, tables
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.patients import Patient, asked_for, backache, flagged
from tests.desk.test_handing_on import kim
from tests.test_inventory import DOCS

Arrive = Callable[[Patient], str]
Audited = Callable[[], list[tuple[str, str | None]]]
Row = dict[str, str]


def taken_out(browser: Browser, query: str = "") -> list[Row]:
    """The rows of the inbox under these filters."""
    answer = browser.submit(f"/desk/export?{query}", page="/desk")
    assert answer.status_code == 200
    assert answer.text.startswith("\ufeffinquiry,received_at,")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_a_row_says_what_the_page_shows(ana: Browser, arrive: Arrive) -> None:
    inquiry_id = arrive(kim())
    ana.act(inquiry_id, "take", owner="")
    ana.act(inquiry_id, "calls", outcome="left_message", line="")
    page, [row] = ana.read(f"/desk/inquiries/{inquiry_id}"), taken_out(ana)
    assert {name: row[name] for name in ("inquiry", "status", "owner", "level", "name", "phone", "payer")} == {
        "inquiry": inquiry_id,
        "status": "waiting",
        "owner": "Ana",
        "level": "see_doctor",
        "name": "Kim Zebra",
        "phone": "'+16045550123",
        "payer": "icbc",
    }
    assert row["findings_present"] == "pain | muscle_spasm | tenderness"
    assert row["findings_denied"] == "swelling"
    assert row["said_both"] == "tenderness"
    assert row["red_flags"] == "neuropathy:see_doctor:new"
    assert row["received_at"] == "2026-11-22T09:00:00-08:00"
    assert (row["duration_days"], row["severity"], row["calls"], row["notes"]) == ("182", "6", "1", "0")
    for words in (*row["finding_words"].split(" | "), *row["red_flag_words"].split(" | "), row["times"]):
        assert (words.partition(": ")[2] or words) in page
    for shown in ("Kim Zebra", "See a doctor", "ICBC claim", "6 of 10", "3 present, 1 denied, 3 not known"):
        assert shown in page


FILTERS = [
    ("", {"new", "urgent", "nameless"}),
    ("level=emergency", {"urgent"}),
    ("is=no_contact", {"nameless"}),
    ("status=closed", {"closed"}),
    ("status=all", {"new", "urgent", "nameless", "closed"}),
    ("q=giraffe", {"urgent"}),
    ("received=2026-11-21", set()),
    ("payer=icbc&region=lower_back&region=knee", set()),
]


@pytest.mark.parametrize(("query", "wanted"), FILTERS)
def test_exactly_what_the_filters_show_is_taken_out(
    ana: Browser, arrive: Arrive, monkeypatch: pytest.MonkeyPatch, query: str, wanted: set[str]
) -> None:
    monkeypatch.setattr(exporting, "_WALKED", 2)
    monkeypatch.setattr(exporting, "_PAGE", 2)
    urgent = flagged(Disposition.EMERGENCY, request=asked_for("Bo", "+16045550188"))
    ids = {
        "new": arrive(kim()),
        "urgent": arrive(Patient(text="a giraffe sat on me", encounter=urgent)),
        "nameless": arrive(Patient(encounter=backache())),
        "closed": arrive(Patient(encounter=backache(request=asked_for("Ed", "+16045550199")))),
    }
    ana.act(ids["closed"], "status", status="closed", reason="spam", version="0", note="")
    rows = taken_out(ana, query)
    assert {row["inquiry"] for row in rows} == {ids[name] for name in wanted}
    shown = ana.open(f"/desk?{query}").text
    places = [shown.index(f'/desk/inquiries/{row["inquiry"]}"') for row in rows]
    assert places == sorted(places)


def test_the_audit_has_the_count_and_the_kinds_and_no_word_of_the_search(
    ana: Browser, arrive: Arrive, audited: Audited
) -> None:
    arrive(kim())
    ana.submit("/desk/export?q=zebra&level=see_doctor&region=lower_back&is=mine", page="/desk")
    assert audited()[-1] == ("inquiries.exported", "0 is level q region")
    ana.submit("/desk/export", page="/desk")
    assert audited()[-1] == ("inquiries.exported", "1")
    assert "Inquiries taken out" in ana.read("/desk/audit")


def test_the_longest_query_fits_the_line_of_the_audit(ana: Browser, audited: Audited) -> None:
    query = (
        "status=all&is=mine&level=crisis&region=neck&finding=pain&channel=web&payer=x&language=en&received=2026-11&q=a"
    )
    ana.submit(f"/desk/export?{query}", page="/desk")
    assert audited()[-1] == ("inquiries.exported", "0 with 10 filters")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝"])
def test_no_cell_is_a_formula(ana: Browser, arrive: Arrive, database: Database, start: str) -> None:
    arrive(kim())
    with database.write() as connection:
        connection.execute(update(tables.inquiries).values(name=f"{start}HYPERLINK(1)"))
        connection.execute(update(tables.appointment_requests).values(times=f"{start}1+1"))
    [row] = taken_out(ana)
    assert row["name"] == f"'{start}HYPERLINK(1)"
    assert row["times"].startswith("'")


def test_a_damaged_record_keeps_its_row(ana: Browser, arrive: Arrive, database: Database) -> None:
    arrive(kim())
    with database.write() as connection:
        connection.execute(update(tables.conversations).values(encounter="{"))
    [row] = taken_out(ana)
    assert (row["name"], row["findings_present"], row["red_flags"]) == ("Kim Zebra", "", "")


def test_only_who_may_take_records_out_is_shown_the_button(
    ana: Browser, work: Callable[[str], Browser], arrive: Arrive, database: Database
) -> None:
    inquiry_id = arrive(kim())
    assert "Save as a table" in ana.read("/desk?level=see_doctor")
    assert 'action="/desk/export?status=open&amp;level=see_doctor"' in ana.open("/desk?level=see_doctor").text
    with database.write() as connection:
        connection.execute(update(tables.staff).values(role=Role.PHYSIOTHERAPIST.value))
    assert "Save as a table" not in ana.read("/desk")
    assert "Save as PDF" in ana.read(f"/desk/inquiries/{inquiry_id}")


@pytest.mark.parametrize("column", InquiryTable.header)
def test_every_column_is_described(column: str) -> None:
    assert f"| `{column}` |" in DOCS
