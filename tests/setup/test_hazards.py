"""The hazard log is read strictly, and a hazard counts as controlled only by tests that ran and passed."""

from pathlib import Path

import pytest

from bot.knowledge.problems import Problems
from scripts.hazards import LOG, NO_DATABASE, read_log
from scripts.run_tests import ROOT, check_hazards

ENTRY = """\
  hazard: A word is missed
  harm: Help comes late
  causes: [an unusual word]
  severity: Major
  likelihood: 3
  control: [every message is screened]
  tests: [tests/a/test_words.py::test_it_is_heard]
  left: Words nobody thought of
  reviewed: null
"""
CASE = '<testcase classname="tests.a.test_words" name="test_it_is_heard{}">{}</testcase>'
PASSED, FAILED = CASE.format("", ""), CASE.format("", '<failure message="no" />')
SKIPPED = CASE.format("", '<skipped message="no browser" />')
FIRST, SECOND = CASE.format("[one]", ""), CASE.format("[two]", "")
SECOND_FAILED = CASE.format("[two]", '<error message="no" />')
SECOND_SKIPPED = CASE.format("[two]", '<skipped message="no browser" />')
SECOND_WITHOUT_DATABASE = CASE.format("[two]", f'<skipped message="{NO_DATABASE}" />')


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one hazard and one test."""
    write(tmp_path / LOG, f"H1:\n{ENTRY}")
    write(tmp_path / "tests/a/test_words.py", "def test_it_is_heard(): ...\n")
    return tmp_path


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def ran(root: Path, *cases: str) -> list[Path]:
    """One report for each of these runs."""
    reports = [root / f"run-{number}.xml" for number in range(len(cases))]
    for report, each in zip(reports, cases, strict=True):
        write(report, f"<testsuites><testsuite>{each}</testsuite></testsuites>")
    return reports


@pytest.mark.parametrize("run", [PASSED, FIRST + SECOND, FIRST + SECOND_WITHOUT_DATABASE])
def test_a_hazard_whose_test_passed_in_all_its_cases_is_controlled(root, capsys, run):
    assert check_hazards(root, ran(root, run)) == 0
    assert capsys.readouterr().out.endswith(" tests passed; 1 hazards, all of their 1 tests ran and passed\n")


def test_a_case_that_one_python_skips_counts_by_the_other(root):
    assert check_hazards(root, ran(root, FIRST + SECOND_SKIPPED, SECOND)) == 0


def test_a_case_that_one_python_fails_is_not_saved_by_the_other(root):
    assert check_hazards(root, ran(root, SECOND_FAILED, FIRST + SECOND)) == 1


@pytest.mark.parametrize(
    ("run", "why"),
    [
        ("", "did not run"),
        (FAILED, "failed"),
        (SKIPPED, "was skipped"),
        (FIRST + SECOND_FAILED, "failed"),
        (FIRST + SECOND_SKIPPED, "was skipped"),
        (SECOND_WITHOUT_DATABASE, "needs a database that is not here"),
        (PASSED.replace("heard", "heard_well"), "did not run"),
        (PASSED.replace("test_words", "test_letters"), "did not run"),
    ],
)
def test_a_hazard_whose_test_did_not_run_and_pass_fails_the_run_by_its_id(root, capsys, run, why):
    assert check_hazards(root, ran(root, run)) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"{LOG}: H1: names tests/a/test_words.py::test_it_is_heard, which {why}; ")
    assert said.endswith("1 problem(s) with the hazards, named above\n")


def test_a_test_that_does_not_exist_is_told_from_one_that_did_not_run(root, capsys):
    write(root / "tests/a/test_words.py", "def test_another(): ...\n")
    check_hazards(root, ran(root, ""))
    assert "which does not exist" in capsys.readouterr().out


def test_a_run_that_left_no_report_controls_nothing(root):
    assert check_hazards(root, [root / "none.xml"]) == 1


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("  left:", "  rest:", "H1: unknown field 'rest'"),
        ("  left: Words nobody thought of\n", "", "H1: field 'left' is missing"),
        ("  hazard: A word is missed\n", "", "H1: field 'hazard' is missing"),
        ("  tests: [tests/a/test_words.py::test_it_is_heard]\n", "", "H1: has no tests"),
        (
            "[tests/a/test_words.py::test_it_is_heard]",
            "'tests/a.py::test_b[one]'",
            "H1: names 'tests/a.py::test_b[one]'",
        ),
        ("[tests/a/test_words.py::test_it_is_heard]", "'a nurse looks'", "H1: names 'a nurse looks'"),
        ("[an unusual word]", "[]", "H1: has no causes"),
        ("[every message is screened]", "[]", "H1: has no control"),
        ("Major", "Bad", "H1: field 'severity' is 'Bad'"),
        ("likelihood: 3", "likelihood: 6", "H1: field 'likelihood' is not from 1 to 5"),
        ("likelihood: 3", "likelihood: often", "H1: field 'likelihood' is 'often'"),
        ("  reviewed: null\n", "", "H1: field 'reviewed' is 'missing'"),
        ("reviewed: null", "reviewed: yes", "H1: field 'reviewed' is 'yes'"),
        ("H1:\n", f"H1:\n{ENTRY}H1:\n", "file: cannot be read: 'H1' stands twice"),
        (f"H1:\n{ENTRY}", "{}", "file: holds no hazard"),
    ],
)
def test_a_log_that_cannot_be_relied_on_fails_the_run_with_file_entry_and_remedy(root, capsys, old, new, complaint):
    before = (root / LOG).read_text(encoding="utf-8")
    assert old in before
    write(root / LOG, before.replace(old, new, 1))
    assert check_hazards(root, ran(root, PASSED)) == 1
    line = next(line for line in capsys.readouterr().out.splitlines() if complaint in line)
    assert line.startswith(f"{LOG}: ")
    assert "; " in line


def test_our_own_log_is_sound_and_holds_every_hazard_that_was_foreseen():
    problems = Problems()
    log = read_log(ROOT, problems=problems)
    assert problems.found == []
    assert {f"H{number}" for number in range(1, 23)} <= {hazard.id for hazard in log}


def test_no_hazard_of_ours_rests_on_a_browser_that_a_machine_may_not_have():
    log = read_log(ROOT, problems=Problems())
    assert [hazard.id for hazard in log if any(test.startswith("tests/browser/") for test in hazard.tests)] == []
