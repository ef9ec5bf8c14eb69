"""The figures of `needlepoint evaluate`, worked out by hand for a few readings."""

from typing import Any

import pytest

from bot.cli.evaluate import figures


def gold(**labels: Any) -> dict[str, Any]:
    """One labelled message."""
    empty: dict[str, Any] = {
        "findings": {},
        "regions": [],
        "regions_allowed": [],
        "duration_days": None,
        "imaging": None,
    }
    return {"id": "a", "text": "...", **empty, **labels}


def test_a_hit_an_extra_and_a_miss_make_the_f1() -> None:
    labelled = [gold(findings={"pain": "present", "swelling": "absent"})]
    read = [{"findings": {"pain": "present", "tenderness": "present", "swelling": "unknown"}}]
    measured = figures(labelled, read)
    assert (measured["precision"], measured["recall"], measured["micro_f1"]) == (0.5, 0.5, 0.5)
    assert measured["per_finding"] == {"pain": 1.0, "tenderness": 0.0, "swelling": 0.0}
    assert measured["macro_f1"] == 0.3333


def test_a_finding_turned_round_is_an_extra_a_miss_and_a_wrong_polarity() -> None:
    measured = figures([gold(findings={"pain": "absent"})], [{"findings": {"pain": "present"}}])
    assert (measured["wrong_polarity"], measured["micro_f1"]) == (1, 0.0)


def test_what_is_labelled_unsure_is_not_scored() -> None:
    labelled = [gold(findings={"pain": "unsure"}, duration_days="unsure", imaging="unsure")]
    measured = figures(labelled, [{"findings": {"pain": "present"}, "duration_days": 3}])
    assert (measured["per_finding"], measured["durations_right"], measured["imaging_right"]) == ({}, "0/0", "0/0")


@pytest.mark.parametrize(("said", "right"), [(180, "1/1"), (226, "0/1"), (225, "1/1"), (None, "0/1")])
def test_a_duration_may_be_off_by_a_quarter(said: int | None, right: str) -> None:
    assert figures([gold(duration_days=180)], [{"duration_days": said}])["durations_right"] == right


def test_regions_must_hold_the_required_and_may_hold_the_allowed() -> None:
    labelled = [gold(regions=["hip"], regions_allowed=["hip", "buttock"])]
    assert figures(labelled, [{"regions": ["hip", "buttock"]}])["region_f1"] == 1.0
    assert figures(labelled, [{"regions": ["knee"]}])["region_f1"] == 0.0


def test_an_answer_is_scored_only_for_what_it_was_asked() -> None:
    labelled = [{"id": "a", "text": "no", "asked": ["pain"], "answer": {"pain": "absent"}}]
    measured = figures(labelled, [{"findings": {"pain": "absent", "swelling": "present"}}])
    assert (measured["kind"], measured["micro_f1"]) == ("answers", 1.0)


@pytest.mark.parametrize(
    ("level", "raised", "recall", "alarms"),
    [("emergency", "emergency", 1.0, 0.0), ("emergency", "same_day", 0.0, 0.0), ("same_day", "emergency", 1.0, 0.0)],
)
def test_a_flag_counts_at_its_level_or_above(level: str, raised: str, recall: float, alarms: float) -> None:
    labelled = [{"id": "a", "text": "...", "class": "stroke", "level": level}]
    measured = figures(labelled, [{"red_flags": [{"level": raised}]}])
    assert (measured["recall"], measured["false_alarm_rate"]) == (recall, alarms)


@pytest.mark.parametrize(("raised", "alarms"), [("same_day", 1.0), ("see_doctor", 0.0), ("none", 0.0)])
def test_an_alarm_where_none_is_due_counts_unless_it_only_says_to_see_a_doctor(raised: str, alarms: float) -> None:
    labelled = [{"id": "a", "text": "...", "class": "stroke", "level": "none"}]
    assert figures(labelled, [{"red_flags": [{"level": raised}]}])["false_alarm_rate"] == alarms
