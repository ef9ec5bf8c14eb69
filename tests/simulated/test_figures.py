"""The figures name the promise that is broken, and none where all are kept."""

from dataclasses import replace

from tests.simulated.course import Course
from tests.simulated.figures import Figures
from tests.simulated.test_judge import ANNA, KNOWN, good_course


def test_kept_promises_break_nothing() -> None:
    assert _broken([good_course()]) == []


def test_one_wrong_tally_in_thirty_is_more_than_three_in_a_hundred() -> None:
    wrong = {**KNOWN, "findings": {**KNOWN["findings"], "swelling": {"presence": "present"}}}
    courses = [good_course() for _ in range(30)]
    assert _broken([*courses, *courses, replace(good_course(), known=wrong)]) == []
    assert _broken([*courses[:29], replace(good_course(), known=wrong)]) == ["exactly the truth: 96.7%, less than 97%"]


def test_who_gets_no_result_counts_as_not_exact() -> None:
    assert _broken([replace(good_course(), end="handed_off")]) == ["exactly the truth: 0.0%, less than 97%"]


def test_an_emergency_that_ends_otherwise_is_a_broken_promise() -> None:
    ill = replace(ANNA, ends="emergency", disposition=())
    assert _broken([replace(good_course(), persona=ill)]) == [
        "another end: 1 conversation(s) of people who need no result"
    ]


def test_one_dead_end_is_a_broken_promise() -> None:
    courses = [good_course() for _ in range(60)]
    assert _broken([*courses, replace(good_course(), end="dead_end")]) == ["dead end: 1 conversation(s)"]


def _broken(courses: list[Course]) -> list[str]:
    return Figures(courses, phone="604-555-0100").broken()
