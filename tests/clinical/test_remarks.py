"""Amid a conversation: what is said beside the complaint adds no place, side or time, and what belongs to it does."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.clinical.advance import advance
from bot.clinical.ask import ask
from bot.clinical.encounter import Encounter, FindingRecord, Stage
from bot.clinical.event import Facts, Said
from bot.clinical.protocol import Protocol
from bot.clinical.vocabulary import Finding, Presence, Region, Side
from bot.clinical.voice import Voice
from bot.reading.load import load_reading
from bot.reading.reader import Reader
from scripts.data_file import read_yaml

TOLD = Path(__file__).parent / "told"
TODAY = date(2026, 11, 22)
PAIN = FindingRecord(Finding.PAIN, Presence.PRESENT, ("my left knee hurts",), (Region.KNEE,))
KNOWN = Encounter(stage=Stage.SCREENING, findings=(PAIN,), regions=(Region.KNEE,), side=Side.LEFT, duration_days=90)
HELD_OUT_RIGHT = 0.9
"""Share of the held-out remarks that change only what they should; they are never mended for one by one."""


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_yaml(TOLD / f"{name}.yml")
    return found


@dataclass(frozen=True)
class Desk:
    """What a conversation needs beside the patient's words."""

    reader: Reader
    facts: Facts
    protocol: Protocol

    def after(self, text: str, asked: str) -> Encounter:
        """The encounter after a message that came while `asked` waited."""
        waiting, _ = ask(KNOWN, asked, Voice(self.protocol, self.facts))
        event = Said("id", self.reader.read(text, today=TODAY), (), ())
        return advance(waiting, event, self.facts, self.protocol).encounter


@pytest.fixture(scope="module")
def desk(facts: Facts, protocol: Protocol) -> Desk:
    return Desk(load_reading("en", with_net=False)[0], facts, protocol)


def faults(case: dict[str, Any], desk: Desk) -> list[str]:
    known = desk.after(case["text"], case.get("waiting", "pattern"))
    regions, side = {region.value for region in known.regions}, known.side.value if known.side else None
    found = [] if regions == set(case.get("regions", ["knee"])) else [f"regions {sorted(regions)}"]
    found += [] if side == case.get("side", "left") or case.get("side") == "any" else [f"side {side}"]
    days = case.get("days", 90)
    found += [] if known.duration_days == pytest.approx(days, rel=0.25) else [f"days {known.duration_days}"]
    imaging = known.imaging.value if known.imaging else None
    return found + ([] if imaging == case.get("imaging") else [f"imaging {imaging}"])


def test_a_remark_changes_only_what_it_tells_of(desk: Desk) -> None:
    wrong = {case["text"]: told for case in cases("remarks") if (told := faults(case, desk))}
    assert not wrong


def test_held_out_remarks_change_only_what_they_tell_of(desk: Desk) -> None:
    each = cases("heldout_remarks")
    right = [case for case in each if not faults(case, desk)]
    assert len(right) >= HELD_OUT_RIGHT * len(each)


def test_an_age_is_understood_as_it_is_said(desk: Desk) -> None:
    told = {case["text"]: (desk.after(case["text"], "who").who, case["choice"]) for case in cases("ages")}
    wrong = {text: who for text, (who, choice) in told.items() if who != choice}
    assert not wrong
