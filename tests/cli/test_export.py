"""`needlepoint export` as a person runs it: into an empty folder, within the days that were named, and audited."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.service.audit_chain import key_of
from bot.settings import demo
from bot.store import tables
from bot.store.schema import upgrade
from bot.store.transaction import Database
from tests.cli.program import run
from tests.desk.patients import Patient, asked_for, backache, write_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data of a demonstration clinic to which two patients wrote, on two days."""
    settings = demo({"DATA_DIR": str(tmp_path)})
    key = key_of(settings.audit_secret)
    upgrade(settings.database_url, key=key)
    database = Database(settings.database_url, key=key)
    for day in (20, 22):
        patient = Patient(encounter=backache(request=asked_for(f"Kim {day}", "+16045550123")))
        write_in(database, patient, at=datetime(2026, 11, day, 18, 0, tzinfo=UTC))
    database.close()
    return tmp_path


def export(folder: Path, *words: str) -> tuple[int, str]:
    """The code and all that the command said."""
    ended = run("export", "inquiries", *words, "--demo", DATA_DIR=str(folder))
    return ended.returncode, ended.stdout + ended.stderr


def test_a_table_is_written_once_and_the_audit_has_it(folder: Path) -> None:
    out = folder / "out"
    assert export(folder, "--since", "2026-11-21", "--out", str(out)) == (0, f"1 inquiries are in {out}.\n")
    text = (out / "inquiries.csv").read_text(encoding="utf-8-sig")
    assert [row["name"] for row in csv.DictReader(io.StringIO(text))] == ["Kim 22"]
    assert (out / "inquiries.csv").stat().st_mode & 0o077 == 0
    code, told = export(folder, "--out", str(out))
    assert (code, "is not empty" in told) == (2, True)
    audit = run("audit", "list", "--demo", DATA_DIR=str(folder)).stdout
    assert "system                            inquiries.exported  1 csv since" in audit


def test_a_bundle_is_written_for_each_and_a_damaged_one_is_named(folder: Path) -> None:
    out = folder / "out"
    settings = demo({"DATA_DIR": str(folder)})
    database = Database(settings.database_url, key=key_of(settings.audit_secret))
    with database.write() as connection:
        mine = tables.conversations.c.last_activity_at < datetime(2026, 11, 21, tzinfo=UTC)
        connection.execute(update(tables.conversations).where(mine).values(encounter="{"))
    database.close()
    code, told = export(folder, "--format", "fhir", "--out", str(out))
    assert (code, "1 could not be written, such as" in told) == (1, True)
    [file] = out.iterdir()
    assert json.loads(file.read_text(encoding="utf-8"))["resourceType"] == "Bundle"
    assert export(folder, "--format", "fhir", "--until", "2026-11-19", "--out", str(folder / "none"))[0] == 0
    assert export(folder, "--until", "soon", "--out", str(folder / "odd"))[0] == 2
