"""The audit page shows who did what, filtered and by page, and no word of any patient; every look leaves a line."""

import csv
import io
from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlalchemy.dialects import sqlite

from bot.service.audit_records import Asked
from bot.service.desk_audit import PAGE
from bot.service.desk_records import Act
from bot.service.desk_roles import Role
from bot.store import audit, tables
from bot.store.audit_trail import SqlAuditTrail, _asked
from bot.store.transaction import Database
from tests.desk.browser import Browser, shown
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, asked_for, backache
from tests.desk.test_doors import WAY_IN, addresses, filled

Arrive = Callable[[Patient], str]
Audited = Callable[[], list[tuple[str, str | None]]]
SHOWS_NO_PATIENT = {
    ("GET", "/desk/static/{name}"),
    ("GET", "/desk/alive"),
    ("GET", "/desk/events"),
    ("GET", "/desk/triage"),
    ("POST", "/desk/inquiries/{inquiry_id}/present"),
    ("POST", "/desk/not-understood/{message_id}/label"),
    ("GET", "/desk/{rest:path}"),
}
STAFF_ONLY = ("/desk/account", "/desk/team", "/desk/settings", "/desk/sign-in/")
"""Pages of accounts and settings: what they change is audited too, as their own tests show; they show no patient."""
SHOWING = [
    (method, path)
    for method, path in addresses()
    if (method, path) not in SHOWS_NO_PATIENT and path not in WAY_IN and not path.startswith(STAFF_ONLY)
]
"""Every other address of the desk leaves a line when it is opened or sent."""
FILLED = {"status": "waiting", "version": "0", "text": "note", "outcome": "declined", "owner": ""}
FILLED |= {"form": "json", "as": "pdf", "sure": "yes", "verdict": "agree", "heard": "1"}
FILLED |= {"step": "physio_exam/call", "message": "1"}
A_CALL = "4" * 32
"""Stands where the session of a call belongs."""


@pytest.mark.parametrize(("method", "path"), SHOWING)
def test_every_page_and_form_with_a_patients_record_leaves_a_line(
    ana: Browser, arrive: Arrive, audited: Audited, method: str, path: str
) -> None:
    inquiry_id = arrive(Patient(encounter=backache()))
    if path.endswith("/release"):
        ana.act(inquiry_id, "take")
    if path.endswith(("/chat/write", "/chat/hand-back")):
        ana.act(inquiry_id, "chat/take")
    if path.endswith("/end-hold"):
        ana.submit(f"/desk/inquiries/{inquiry_id}/person/hold", page="/desk/audit", reason="court")
    version = "1" if path.endswith("/release") else "0"
    reason = "court" if path.endswith("/hold") else ""
    fields = {**FILLED, "reason": reason, "version": version, "form_token": ana.form_token("/desk/nowhere")}
    address = filled(path, inquiry_id)
    if A_CALL in address:
        opened = ana.submit("/desk/triage/calls", page="/desk/nowhere").headers["location"]
        address = address.replace(A_CALL, opened.rpartition("/")[2])
    fields |= {"form": "f" * 32} if path.endswith(("/keep", "/write", "/insert")) else {}
    before = len(audited())
    answer = ana.request(method, address, **({"data": fields} if method == "POST" else {}))
    assert answer.status_code in (200, 303, 401), answer.status_code
    assert len(audited()) > before


def test_a_page_that_refreshes_itself_leaves_a_line_in_a_quarter_of_an_hour(
    ana: Browser, audited: Audited, clock: TurnableClock
) -> None:
    def looks() -> int:
        return len([line for line in audited() if line[0] == "inbox.read"])

    ana.open("/desk?quiet=1")
    ana.open("/desk?quiet=1")
    assert looks() == 1
    ana.open("/desk")
    assert looks() == 2
    clock.turn(minutes=14)
    ana.open("/desk?quiet=1")
    assert looks() == 2
    ana.open("/desk/alive")
    clock.turn(minutes=2)
    ana.open("/desk?quiet=1")
    assert looks() == 3


def test_a_throttled_sign_in_is_written_down(
    visit: Callable[..., Browser], hire: Callable[[str], None], audited: Audited
) -> None:
    hire("Ana")
    for n in range(11):
        visit(f"10.0.1.{n}").submit("/desk/sign-in", email="ana@clinic.example", password="wrong wrong wrong")
    assert audited()[-1] == ("staff.sign_in_throttled", None)


def test_staff_are_named_and_patients_never(ana: Browser, arrive: Arrive) -> None:
    inquiry_id = arrive(Patient(text="zebra pain", encounter=backache(request=asked_for("Kim Zebra", "+16045550123"))))
    ana.read(f"/desk/inquiries/{inquiry_id}")
    page = ana.open("/desk/audit").text
    assert "Inquiry read" in page
    assert "Ana" in page
    assert inquiry_id in page
    assert "ebra" not in page
    assert "555-0123" not in page
    assert "5550123" not in page


def test_it_says_when_the_chain_was_verified_and_what_came_of_it(
    ana: Browser, database: Database, clock: TurnableClock
) -> None:
    assert "has not been verified yet" in ana.read("/desk/audit")
    trail = SqlAuditTrail(database)
    *_, verdict = trail.check()
    trail.keep_verdict(verdict, act=Act("system", clock.now()))
    assert "The chain held when it was last verified" in ana.read("/desk/audit")


@pytest.mark.parametrize(
    ("query", "actions"),
    [
        ("action=inquiry.read", ["Inquiry read"]),
        ("action=inquiry.read&day=2026-11-22", ["Inquiry read"]),
        ("action=inquiry.read&day=2026-11-21", []),
        ("action=inquiry.read&staff=system", []),
        ("staff=system", ["Set-up link made"]),
        ("subject=INQUIRY", ["Inquiry read", "Inquiry made"]),
        ("subject=INQUIRY&staff=patient", ["Inquiry made"]),
        ("action=nothing.known", []),
    ],
)
def test_lines_are_filtered_in_the_address(ana: Browser, arrive: Arrive, query: str, actions: list[str]) -> None:
    inquiry_id = arrive(Patient(encounter=backache()))
    ana.open(f"/desk/inquiries/{inquiry_id}")
    table = ana.open(f"/desk/audit?{query.replace('INQUIRY', inquiry_id)}").text.partition("<tbody>")[2]
    rows = [shown(row) for row in table.split("<tr>")[1:]]
    assert len(rows) == len(actions)
    assert all(action in row for action, row in zip(actions, rows, strict=True))


ODD = ["day=x", "day=0001-01-01", "before=x", "before=-1", "subject=a'b", "action=x", "staff=<"]


@pytest.mark.parametrize("query", ODD)
def test_an_address_that_makes_no_sense_is_refused(ana: Browser, query: str) -> None:
    assert ana.open(f"/desk/audit?{query}").status_code == 400


def test_older_lines_are_a_page_away_and_none_is_left_out(
    ana: Browser, database: Database, clock: TurnableClock
) -> None:
    with database.write() as connection:
        for n in range(2 * PAGE):
            audit.write(connection, "patient", "message.answered", subject=f"{n:032x}", now=clock.now())
    seen: list[str] = []
    address = "/desk/audit?staff=patient"
    while True:
        page = ana.open(address).text
        seen += [part.partition('"')[0] for part in page.split("/desk/audit?subject=")[1:]]
        older = page.partition("before=")[2].partition('"')[0]
        if not older:
            break
        address = f"/desk/audit?staff=patient&before={older}"
    assert seen == [f"{n:032x}" for n in reversed(range(2 * PAGE))]


def test_the_export_holds_the_same_lines_names_staff_and_runs_nothing(
    ana: Browser, database: Database, audited: Audited
) -> None:
    with database.write() as connection:
        connection.execute(update(tables.staff).values(name="=HYPERLINK(1)"))
    answer = ana.submit("/desk/audit/export", page="/desk/audit", staff="", action="staff.signed_in")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-disposition"] == 'attachment; filename="audit-2026-11-22.csv"'
    assert [(row["action"], row["staff"]) for row in rows] == [("staff.signed_in", "'=HYPERLINK(1)")]
    assert audited()[-1][0] == "audit.exported"


def test_an_auditor_comes_in_to_the_audit_and_finds_no_way_to_patients(
    work: Callable[[str], Browser], database: Database
) -> None:
    browser = work("Olu")
    with database.write() as connection:
        connection.execute(update(tables.staff).values(role=Role.AUDITOR.value))
    assert browser.open("/desk").headers["location"] == "/desk/audit"
    page = browser.read("/desk/audit")
    assert "Inbox" not in page.replace("Inbox read", "")


def test_the_page_reads_by_index(database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("the plans of SQLite are looked at; both have the same indexes")
    for asked in (Asked(actor="a"), Asked(action="inquiry.read"), Asked(subject="x"), Asked(actor="a", action="b.c")):
        wanted = _asked(asked).order_by(tables.audit.c.id.desc()).limit(50)
        sql = str(wanted.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
        with database.read() as connection:
            plan = " ".join(str(row) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}"))
        assert "USING INDEX ix_audit_" in plan, (asked, plan)
        assert "TEMP B-TREE" not in plan, (asked, plan)
