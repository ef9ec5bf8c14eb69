"""How many findings a typed answer to the list of findings tells as it was meant, one by one and all together.

`heldout` was written before any of it was read; no phrase is written for one of its sentences.
"""

from pathlib import Path
from typing import Any

import pytest

from bot.clinical.reading import findings_of
from bot.clinical.vocabulary import Finding, Presence
from bot.reading.reader import Reader
from scripts.data_file import read_yaml
from tests.reading.conftest import TODAY

CORPORA = Path(__file__).parent / "en" / "typed"
FLOORS = {"dev": (0.98, 0.92, 2), "heldout": (0.86, 0.75, 6)}
"""For each corpus the least share of findings and of whole answers that are right, and the most wrong polarities."""


@pytest.mark.parametrize("corpus", FLOORS)
def test_a_typed_answer_tells_of_each_finding_what_was_meant(reader: Reader, corpus: str) -> None:
    cases = read_yaml(CORPORA / f"{corpus}.yml")
    told = [_told(reader, case) for case in cases]
    pairs = [pair for answer in told for pair in answer]
    right, whole, turned = FLOORS[corpus]
    assert sum(wanted is read for wanted, read in pairs) / len(pairs) >= right
    assert sum(all(wanted is read for wanted, read in answer) for answer in told) / len(told) >= whole
    assert sum({wanted, read} == {Presence.PRESENT, Presence.ABSENT} for wanted, read in pairs) <= turned


def _told(reader: Reader, case: dict[str, Any]) -> list[tuple[Presence, Presence]]:
    """What was meant and what is read of each finding that was asked about."""
    findings = tuple([Finding(name) for name in case["asked"]])
    read = findings_of(reader.read(case["text"], asked=findings, today=TODAY).mentions)
    return [(_meant(case, finding), read.get(finding, Presence.UNKNOWN)) for finding in findings]


def _meant(case: dict[str, Any], finding: Finding) -> Presence:
    if finding.value in case["present"]:
        return Presence.PRESENT
    return Presence.ABSENT if finding.value in case["absent"] else Presence.UNKNOWN
