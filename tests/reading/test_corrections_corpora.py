"""How many of patients' corrections change what they should: pairs of messages by several writers, through `advance`.

`heldout` is of a writer whose sentences nobody who writes phrases has looked at.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.clinical.advance import advance
from bot.clinical.encounter import Encounter, record_of
from bot.clinical.event import Clinic, Facts, Intent, Said
from bot.clinical.protocol import Protocol
from bot.clinical.vocabulary import Finding, Presence
from bot.knowledge import load_protocol
from bot.reading.flags import Screen
from bot.reading.load import load_reading
from bot.reading.reader import Reader
from scripts.data_file import read_yaml
from tests.reading.conftest import TODAY

CORPORA = Path(__file__).parent / "en" / "corrections"
FACTS = Facts(datetime(2026, 11, 22, 9, tzinfo=timezone.utc), Clinic("Demonstration clinic", "604-555-0100"))
FLOORS = {
    "dev": {"side": 0.95, "place": 0.95, "absent": 0.95, "present": 0.95, "duration": 0.95, "nothing": 0.95},
    "heldout": {"side": 0.7, "place": 0.75, "absent": 0.5, "present": 0.8, "duration": 0.65, "nothing": 0.95},
    "own": {"side": 0.95, "place": 0.92, "absent": 0.88, "present": 0.93, "duration": 0.9, "nothing": 0.9},
    "findings": {"absent": 0.96, "present": 1.0, "nothing": 1.0},
    "findings_heldout": {"absent": 0.64, "present": 1.0, "nothing": 1.0},
}
"""What the reader reaches, by kind of correction, less a little."""
Checks = Iterator[tuple[str, bool]]


@pytest.fixture(scope="module")
def parts() -> tuple[Reader, Screen, Protocol]:
    return (*load_reading("en"), load_protocol())


@pytest.fixture(scope="module")
def shares(parts: tuple[Reader, Screen, Protocol]) -> dict[str, dict[str, float]]:
    """For each corpus the share that is right, by kind."""
    return {corpus: _shares(corpus, parts) for corpus in FLOORS}


@pytest.mark.parametrize(("corpus", "kind"), [(corpus, kind) for corpus, kinds in FLOORS.items() for kind in kinds])
def test_a_correction_changes_what_it_should(corpus: str, kind: str, shares: dict[str, dict[str, float]]) -> None:
    assert shares[corpus][kind] >= FLOORS[corpus][kind]


def _shares(corpus: str, parts: tuple[Reader, Screen, Protocol]) -> dict[str, float]:
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for case in read_yaml(CORPORA / f"{corpus}.yml"):
        for then in case["then"] if isinstance(case["then"], list) else [case["then"]]:
            before, after = _said(case["first"], then, parts)
            for kind, holds in _checks(case["changes"] or {}, before, after):
                every[kind] += 1
                right[kind] += holds
    return {kind: right[kind] / every[kind] for kind in every}


def _said(first: str, then: str, parts: tuple[Reader, Screen, Protocol]) -> tuple[Encounter, Encounter]:
    """The encounter after each of the two messages."""
    one = _after(Encounter(), first, (), parts)
    return one, _after(one, then, (first,), parts)


def _after(encounter: Encounter, text: str, history: tuple[str, ...], parts: Any) -> Encounter:
    reader, screen, protocol = parts
    waiting = encounter.open_question
    reading = reader.read(text, asked=waiting.read_as if waiting else (), today=TODAY)
    known = frozenset(flag.flag_class for flag in encounter.flags)
    flags = screen.screen(text, history, known=known, today=TODAY)
    intents = () if history else (Intent("describe_symptom", 0.9),)
    return advance(encounter, Said("id", reading, flags, intents), FACTS, protocol).encounter


def _checks(changes: dict[str, Any], before: Encounter, after: Encounter) -> Checks:
    if not changes:
        yield "nothing", _is_unchanged(before, after)
    if "side" in changes:
        yield "side", after.side is not None and after.side.value == changes["side"]
    regions = {region.value for region in after.regions}
    if "regions_add" in changes:
        yield "place", set(changes["regions_add"]) <= regions
    if "regions_remove" in changes:
        yield "place", regions.isdisjoint(changes["regions_remove"])
    if "duration_days" in changes:
        days = changes["duration_days"]
        yield "duration", after.duration_days is not None and abs(after.duration_days - days) <= max(2, 0.1 * days)
    for finding, presence in changes.get("findings", {}).items():
        yield presence, record_of(after, Finding(finding)).presence.value == presence


def _is_unchanged(before: Encounter, after: Encounter) -> bool:
    kept = (before.side, set(before.regions), before.duration_days) == (
        after.side,
        set(after.regions),
        after.duration_days,
    )
    known = [finding for finding in Finding if record_of(before, finding).presence is not Presence.UNKNOWN]
    return kept and all(record_of(before, one).presence is record_of(after, one).presence for one in known)
