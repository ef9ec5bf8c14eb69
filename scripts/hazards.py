"""The hazard log, held against the reports of a test run: every hazard names tests that ran and passed in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Mapping, Sequence
from xml.etree import ElementTree

from bot.knowledge.entry import Entry
from bot.knowledge.problems import Problems
from bot.knowledge.shelf import read_file

LOG = "docs/safety/hazards.yml"
LISTS = ("causes", "control", "tests")
FIELDS = ("hazard", "harm", "causes", "severity", "likelihood", "control", "tests", "left", "reviewed")
NODE_ID = re.compile(r"tests/[\w/]+\.py(::\w+)?::test_\w+")
NO_DATABASE = "TEST_DATABASE_URL is not set"
"""Why a case is skipped that the same test also runs on SQLite; no other skipped case is excused."""


class Severity(Enum):
    """How bad the harm of a hazard can be, in the words of DCB0129."""

    MINOR = "Minor"
    SIGNIFICANT = "Significant"
    CONSIDERABLE = "Considerable"
    MAJOR = "Major"
    CATASTROPHIC = "Catastrophic"


class Outcome(Enum):
    """What became of one case of a test."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "was skipped"
    EXCUSED = "needs a database that is not here"


ORDER = (Outcome.EXCUSED, Outcome.SKIPPED, Outcome.PASSED, Outcome.FAILED)
"""Of two runs of a case on two Pythons, the outcome that stands later here counts."""
Outcomes = Mapping[str, Mapping[str, Outcome]]


@dataclass(frozen=True)
class Hazard:
    """One hazard of the log, with the node ids of the tests that verify its controls."""

    id: str
    tests: tuple[str, ...]


def read_log(root: Path, *, problems: Problems) -> tuple[Hazard, ...]:
    """Every hazard of the log below this folder; what is wrong with it is added to the problems."""
    content = read_file(root / LOG, LOG, problems=problems)
    if not content:
        problems.add(LOG, "file", complaint="holds no hazard", remedy="write each below its id, such as H1")
    return tuple(_hazard(str(id), fields, problems) for id, fields in content.items())


def read_reports(reports: Sequence[Path]) -> Outcomes:
    """What became of every case of every test in these JUnit reports."""
    outcomes: dict[str, dict[str, Outcome]] = {}
    for report in filter(Path.is_file, reports):
        for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - pytest has just written it
            name = case.get("name", "")
            cases = outcomes.setdefault(f"{case.get('classname')}.{name.split('[')[0]}", {})
            cases[name] = max(_outcome(case), cases.get(name, Outcome.EXCUSED), key=ORDER.index)
    return outcomes


def check(hazards: Sequence[Hazard], outcomes: Outcomes, *, root: Path, problems: Problems) -> None:
    """Add a problem for every test of a hazard that did not run and pass."""
    for hazard in hazards:
        for test in hazard.tests:
            complaint = _complaint(outcomes.get(_reported(test), {}), test, root)
            if complaint:
                remedy = "name a test that verifies the control, and see that it runs and passes"
                problems.add(LOG, hazard.id, complaint=f"names {test}, which {complaint}", remedy=remedy)


def summary(hazards: Sequence[Hazard], outcomes: Outcomes) -> str:
    """How much passed, in one line."""
    passed = sum(outcome is Outcome.PASSED for cases in outcomes.values() for outcome in cases.values())
    named = {test for hazard in hazards for test in hazard.tests}
    return f"{passed} tests passed; {len(hazards)} hazards, all of their {len(named)} tests ran and passed"


def _hazard(id: str, fields: object, problems: Problems) -> Hazard:
    entry = Entry(LOG, id, fields if isinstance(fields, Mapping) else {}, problems)
    entry.only(*FIELDS)
    for name in ("hazard", "harm", "left"):
        entry.text(name)
    entry.member("severity", Severity)
    if not 1 <= entry.number("likelihood") <= 5:
        entry.refuse("field 'likelihood' is not from 1 to 5", "write how likely it is without the controls")
    for name in LISTS:
        if not entry.names(name):
            entry.refuse(f"has no {name}", f"write a list of {name}")
    entry.check_reviewed()
    tests = entry.names("tests")
    for test in tests:
        if not NODE_ID.fullmatch(test):
            entry.refuse(f"names '{test}'", "write a test as tests/folder/test_file.py::test_name")
    return Hazard(id, tuple(test for test in tests if NODE_ID.fullmatch(test)))


def _outcome(case: ElementTree.Element) -> Outcome:
    if case.find("failure") is not None or case.find("error") is not None:
        return Outcome.FAILED
    skipped = case.find("skipped")
    if skipped is None:
        return Outcome.PASSED
    return Outcome.EXCUSED if skipped.get("message") == NO_DATABASE else Outcome.SKIPPED


def _complaint(cases: Mapping[str, Outcome], test: str, root: Path) -> str | None:
    if not cases:
        return "did not run" if _exists(test, root) else "does not exist"
    for outcome in (Outcome.FAILED, Outcome.SKIPPED):
        if outcome in cases.values():
            return str(outcome.value)
    return None if Outcome.PASSED in cases.values() else str(Outcome.EXCUSED.value)


def _exists(test: str, root: Path) -> bool:
    file, *_, name = test.split("::")
    path = root / file
    return path.is_file() and re.search(rf"\bdef {name}\(", path.read_text(encoding="utf-8")) is not None


def _reported(test: str) -> str:
    """The name under which a report knows a node id."""
    return test.replace(".py::", ".", 1).replace("::", ".").replace("/", ".")
