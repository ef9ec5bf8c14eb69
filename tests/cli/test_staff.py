"""`needlepoint staff`: what whoever runs the server does with accounts, audited as the system's."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.bootstrap.desk import build_desk
from bot.knowledge.loader import load_protocol
from bot.service.desk import DeskServices
from bot.service.desk_account_records import NewFactor
from bot.service.desk_accounts import Application
from bot.service.desk_records import Act
from bot.settings import demo
from bot.store import tables
from bot.store.schema import upgrade
from bot.store.transaction import Database
from tests.cli.program import run

PASSWORD = "seven quiet otters"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """The demonstration's database in this folder."""
    address = demo({"DATA_DIR": str(tmp_path)}).database_url
    upgrade(address)
    return Database(address)


@pytest.fixture
def desk(tmp_path: Path, database: Database) -> DeskServices:
    """Its desk, at which Ana and Bo have accounts and Bo a second factor."""
    desk = build_desk(demo({"DATA_DIR": str(tmp_path)}), database=database, protocol=load_protocol())
    for name in ("Ana", "Bo"):
        made = Application(name, f"{name}@clinic.example", PASSWORD, PASSWORD)
        assert desk.accounts.set_up(desk.accounts.create_setup_link(), made) is None
    bo = desk.staff.team.member_by_email("bo@clinic.example")
    assert bo is not None
    act = Act(bo.staff.id, desk.clock.now())
    desk.staff.factors.book.replace(NewFactor("sealed", 1, ("1" * 64,)), keeping="", act=act)
    return desk


def test_accounts_are_listed(desk: DeskServices, tmp_path: Path) -> None:
    lines = run("staff", "list", "--demo", DATA_DIR=str(tmp_path)).stdout.splitlines()
    assert lines == [
        "ana@clinic.example\tmanager\tactive\tno second factor\tAna",
        "bo@clinic.example\tmanager\tactive\tsecond factor\tBo",
    ]


def test_a_second_factor_is_reset_once(desk: DeskServices, database: Database, tmp_path: Path) -> None:
    words = ("staff", "reset-second-factor", "Bo@clinic.example", "--demo")
    assert "has no second factor any more" in run(*words, DATA_DIR=str(tmp_path)).stdout
    again = run(*words, DATA_DIR=str(tmp_path))
    assert (again.returncode, again.stderr) == (2, "needlepoint: bo@clinic.example has no second factor\n")
    assert _newest(database) == ("system", "staff.factor_reset")


def test_an_account_is_disabled_but_not_that_of_the_last_manager(
    desk: DeskServices, database: Database, tmp_path: Path
) -> None:
    done = run("staff", "disable", "bo@clinic.example", "--demo", DATA_DIR=str(tmp_path))
    assert done.stdout == "bo@clinic.example is disabled and signed out everywhere.\n"
    assert _newest(database) == ("system", "staff.disabled")
    refused = run("staff", "disable", "ana@clinic.example", "--demo", DATA_DIR=str(tmp_path))
    assert refused.returncode == 2
    assert "the last active manager" in refused.stderr


def test_an_address_that_nobody_has_is_said(desk: DeskServices, tmp_path: Path) -> None:
    ended = run("staff", "disable", "zoe@clinic.example", "--demo", DATA_DIR=str(tmp_path))
    assert ended.returncode == 2
    assert "no staff account has the e-mail address zoe@clinic.example" in ended.stderr


def _newest(database: Database) -> tuple[str, str]:
    audit = tables.audit.c
    with database.read() as connection:
        row = connection.execute(select(audit.actor, audit.action).order_by(audit.id.desc()).limit(1)).one()
    return row.actor, row.action
