"""Where, on which side, how long and which scans: opening messages in several voices are read as they are meant."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.reading.reader import Reader
from scripts.data_file import read_yaml

HERE = Path(__file__).parent / "en" / "told"
TODAY = date(2026, 11, 22)
NOT_YET: dict[str, str] = {}
"""Openings that are read wrongly, each with the reason why that is accepted for now."""
HELD_OUT_RIGHT = 0.9
"""Share of the held-out openings that are read wholly right; they are never mended for one by one."""


def openings(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_yaml(HERE / f"{name}.yml")
    return found


def faults(reader: Reader, case: dict[str, Any], *, today: date = TODAY) -> list[str]:
    """What differs from what the writer means."""
    reading = reader.read(case["text"], today=today)
    named = {region.value for region in reading.regions or reading.ailing}
    must, may = set(case["regions"]), set(case.get("allowed", ()))
    found = [] if must <= named <= must | may else [f"regions {sorted(named)}"]
    said = {
        "side": reading.side.value if reading.side else None,
        "imaging": reading.imaging.value if reading.imaging else None,
        "age": reading.age,
    }
    found += [f"{key} {said[key]}" for key in said if key in case and said[key] != case[key]]
    days = case.get("days")
    if days is not None and reading.duration_days != pytest.approx(days, abs=max(1, days / 4)):
        found.append(f"days {reading.duration_days}")
    return found


def test_openings_are_read_as_they_are_meant(reader: Reader) -> None:
    wrong = {case["text"]: told for case in openings("openings") if (told := faults(reader, case))}
    assert wrong.keys() == NOT_YET.keys(), wrong


def test_held_out_openings_are_read_as_they_are_meant(reader: Reader) -> None:
    cases = openings("heldout_openings")
    right = [case for case in cases if not faults(reader, case)]
    assert len(right) >= HELD_OUT_RIGHT * len(cases)


def test_an_idiom_or_a_comparison_takes_no_place_from_a_complaint(reader: Reader) -> None:
    wrong = {case["text"]: told for case in openings("real_places") if (told := faults(reader, case))}
    assert not wrong
