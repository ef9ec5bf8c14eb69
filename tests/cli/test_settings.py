"""`needlepoint settings`: values are listed with their source, and one that locks the clinic out goes away."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.bootstrap.clinic_settings import COPY, FOLDER, at_desk_of
from bot.service.audit_chain import key_of
from bot.service.clinic_settings_records import SettingChange
from bot.service.desk_records import Act
from bot.settings import demo
from bot.settings.given import Ground
from bot.store.clinic_settings import ClinicSettings
from bot.store.schema import upgrade
from bot.store.transaction import Database
from tests.cli.program import run
from tests.desk.clock import TurnableClock

OUR_TEXT = "wording/control.greet"


@pytest.fixture
def book(tmp_path: Path) -> ClinicSettings:
    """What is set at the desk of the demonstration in this folder."""
    settings = demo({"DATA_DIR": str(tmp_path)})
    key = key_of(settings.audit_secret)
    upgrade(settings.database_url, key=key)
    return ClinicSettings(Database(settings.database_url, key=key))


def put(book: ClinicSettings, values: Mapping[str, str]) -> None:
    """Set these without any check, as an older version may have."""
    changes = tuple(SettingChange(name, value, "") for name, value in values.items())
    assert book.keep(changes, after=book.stored().revision, act=Act("1" * 32, TurnableClock().now()))


def test_every_setting_is_listed_with_its_source_and_no_secret(book: ClinicSettings, tmp_path: Path) -> None:
    put(book, {"CLINIC_PHONE": "604-555-0177", OUR_TEXT: "Hi."})
    printed = run("settings", "list", "--demo", DATA_DIR=str(tmp_path), SMTP_PASSWORD="hunter2").stdout
    lines = dict(line.split("\t", 1) for line in printed.splitlines())
    assert lines["CLINIC_PHONE"] == "604-555-0177\tdesk"
    assert lines["CLINIC_NAME"] == "Demonstration clinic\tenvironment"
    assert lines["BOOKING"] == "request\tdefault"
    assert lines["SMTP_PASSWORD"] == "(set, not shown)\tenvironment"
    assert lines[OUR_TEXT] == "Hi.\tdesk"


@pytest.mark.parametrize(
    ("name", "set_to"), [("TIME_ZONE", {"TIME_ZONE": "Nowhere"}), ("OVERLAY", {"wording/no": "Hi."})]
)
def test_a_value_that_keeps_the_clinic_from_starting_is_named_and_reset(
    book: ClinicSettings, tmp_path: Path, name: str, set_to: dict[str, str]
) -> None:
    put(book, set_to)
    refused = run("setup-link", "--demo", DATA_DIR=str(tmp_path))
    assert refused.returncode == 2
    assert f"`needlepoint settings reset {name}` takes it back" in refused.stderr
    told = run("settings", "reset", name, "--demo", DATA_DIR=str(tmp_path)).stdout
    assert told.startswith(f"{name} is no longer set at the desk")
    assert book.stored().values == {}


def test_what_is_not_set_at_the_desk_cannot_be_reset(book: ClinicSettings, tmp_path: Path) -> None:
    refused = run("settings", "reset", "PORT", "--demo", DATA_DIR=str(tmp_path))
    assert (refused.returncode, "is not set at the desk" in refused.stderr) == (2, True)


def test_while_the_database_cannot_be_reached_what_was_read_last_is_in_force(
    book: ClinicSettings, tmp_path: Path
) -> None:
    put(book, {"CLINIC_PHONE": "604-555-0177", OUR_TEXT: "Hi.", "CALENDAR": "slot_minutes: 40\n"})
    ground = Ground(tmp_path, demo({"DATA_DIR": str(tmp_path)}).database_url, None, {}, "en")
    read = at_desk_of(ground)
    assert Path(read.over["CALENDAR"]).read_text(encoding="utf-8") == "slot_minutes: 40"
    assert "control.greet: Hi." in Path(read.over["OVERLAY"]).read_text(encoding="utf-8")
    (tmp_path / "needlepoint.sqlite3").write_text("damaged", encoding="utf-8")
    assert at_desk_of(ground) == read
    assert (tmp_path / FOLDER / COPY).is_file()


def test_a_clinic_without_a_database_yet_has_set_nothing(tmp_path: Path) -> None:
    assert at_desk_of(Ground(tmp_path, f"sqlite:///{tmp_path}/none.sqlite3", None, {}, "en")).over == {}
    assert list(tmp_path.iterdir()) == []
