"""A calendar file is read as it is meant, or refused with everything that is wrong with it."""

from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.errors import SettingsError
from bot.service.calendar import Span
from bot.service.calendar_file import DEMONSTRATION, read_calendar

ROOT = Path(__file__).resolve().parents[2]
ZONE = ZoneInfo("America/Vancouver")
GOOD = """
slot_minutes: 40
lead_hours: 12
horizon_days: 28
practitioners:
  amy:
    name: Amy Lee
    languages: [English]
    hours: {monday: [9:00-12:00, 13:00-17:00]}
holidays: [2026-12-25, 2026-12-31 to 2027-01-02]
"""


def read(text: str, folder: Path) -> object:
    """The calendar of this text."""
    file = folder / "calendar.yml"
    file.write_text(text, encoding="utf-8")
    return read_calendar(file, zone=ZONE)


@pytest.mark.parametrize("file", [DEMONSTRATION, ROOT / "docs" / "clinic-calendar.yml"], ids=["demonstration", "docs"])
def test_our_own_files_are_sound(file: Path) -> None:
    assert len(read_calendar(file, zone=ZONE).practitioners) == 2


def test_hours_and_holidays_are_read_as_written(tmp_path: Path) -> None:
    file = tmp_path / "calendar.yml"
    file.write_text(GOOD, encoding="utf-8")
    calendar = read_calendar(file, zone=ZONE)
    assert calendar.workers[0].hours == {0: (Span(time(9), time(12)), Span(time(13), time(17)))}
    days = {date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)}
    assert calendar.holidays == days


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("slot_minutes: 40", "slot_minutes: 0", "slot_minutes"),
        ("slot_minutes: 40", "", "'slot_minutes' is missing"),
        ("slot_minutes: 40", "slot_minutes: forty", "whole number"),
        ("lead_hours: 12", "lead_hours: -1", "lead_hours"),
        ("horizon_days: 28", "horizon_days: 5000", "1 to 120"),
        ("name: Amy Lee", "", "'name' is missing"),
        ("name: Amy Lee", "nane: Amy Lee", "unknown field 'nane'"),
        ("monday:", "mondays:", "unknown field 'mondays'"),
        ("9:00-12:00", "9-12", "'9-12' are no hours"),
        ("9:00-12:00", "12:00-9:00", "are no hours"),
        ("9:00-12:00", "9:00-24:00", "are no hours"),
        ("9:00-12:00", "9:00-13:30", "13:00 is before 13:30"),
        ("2026-12-25", "25 December", "holiday '25 December'"),
        ("2026-12-25", "2026-02-30", "holiday '2026-02-30'"),
        ("2026-12-31 to 2027-01-02", "2027-01-02 to 2026-12-31", "holiday"),
        ("  amy:", "  Amy Lee:", "practitioner id 'Amy Lee'"),
        ("practitioners:", "people:", "has no practitioners"),
        ("hours: {monday: [9:00-12:00, 13:00-17:00]}", "", "has no hours"),
        ("slot_minutes: 40", "slot_minutes: 40\nslot_minutes: 30", "stands twice"),
        (GOOD, "[]", "needs practitioners"),
        (GOOD, "{", "is no YAML"),
    ],
)
def test_a_wrong_file_is_refused_by_name(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    assert old in GOOD
    with pytest.raises(SettingsError) as refused:
        read(GOOD.replace(old, new), tmp_path)
    assert complaint in str(refused.value)
    assert "CALENDAR" in str(refused.value)


def test_everything_wrong_is_named_at_once(tmp_path: Path) -> None:
    wrong = GOOD.replace("slot_minutes: 40", "slot_minutes: 0").replace("2026-12-25", "Christmas").replace("9:00", "x")
    with pytest.raises(SettingsError) as refused:
        read(wrong, tmp_path)
    assert len(str(refused.value).splitlines()) == 4


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_calendar(tmp_path / "none.yml", zone=ZONE)


def test_two_of_one_name_are_refused(tmp_path: Path) -> None:
    second = "  amy2: {name: Amy Lee, hours: {monday: [9:00-12:00]}}\nholidays: []\n"
    with pytest.raises(SettingsError, match="two practitioners are named 'Amy Lee'"):
        read(GOOD.split("holidays")[0] + second, tmp_path)
