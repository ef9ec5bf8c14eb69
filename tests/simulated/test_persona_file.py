"""A persona file that does not fit is refused, and every mistake in it is named."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.simulated.persona import FINDINGS
from tests.simulated.persona_file import FOLDER, BadPersona, load_personas

WORDS = {key: ["words"] for key in ("where", "who", "none", "unsure", "background")}
MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "unknown field": ({"mood": "bad"}, "anna: 'mood' is no field here"),
    "unknown style": ({"style": ["grumpy"]}, "anna: style: 'grumpy' is none of"),
    "no opening": ({"opening": []}, "anna: opening: 1 to 3 alternative first messages"),
    "unknown end": ({"ends": "well"}, "anna: ends: 'well' is none of"),
    "no disposition": ({"disposition": []}, "anna: disposition: belongs to ends: result"),
    "drops out of a result": ({"drops_out_after": 2}, "anna: drops_out_after: belongs to ends: dropped_out"),
    "a faq of no topic": (
        {"interruptions": [{"at": 1, "kind": "faq", "say": ["how much?"], "topic": "money"}]},
        "anna: interruptions[1]: topic: 'money' is none of",
    ),
    "a wish of no kind": (
        {"interruptions": [{"at": 1, "kind": "control", "say": ["go back"]}]},
        "anna: interruptions[1]: means: which wish these words are",
    ),
    "erased without a word": (
        {"interruptions": [{"at": 1, "kind": "control", "tap": "delete_my_data"}]},
        "anna: interruptions[1]: confirm: yes or no",
    ),
    "a change that changes nothing": (
        {"changes": [{"finding": "pain", "first": "present", "says": ["no"]}]},
        "anna: changes: pain is present in truth as well",
    ),
}
MISTAKEN_TRUTHS: dict[str, tuple[dict[str, Any], str]] = {
    "a scan that does not fit": ({"imaging": "none", "background": ["scan_normal"]}, "background says scan_normal"),
    "no words for a safety item": ({"safety": ["bladder"], "checked": "worse"}, "bladder is true and has no words"),
    "a neck without a pattern": ({"regions": ["neck"]}, "pattern, and says: pattern, are needed"),
    "unknown region": ({"regions": ["tail"]}, "regions: 'tail' is none of"),
    "swollen, and not beside the spine": ({"regions": ["knee"]}, "swelling is only what lies beside the spine"),
    "six findings": ({"findings": {"pain": "present"}}, "altered_sensation is missing"),
}


def test_a_whole_person_is_read(tmp_path: Path) -> None:
    (anna,) = load_personas([_written(tmp_path, [_anna()])])
    assert anna.truth.findings["pain"] == "present"
    assert anna.says.no_to["swelling"] == ("not there",)
    assert anna.disposition == ("physio_exam",)


@pytest.mark.parametrize(("changed", "complaint"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named(tmp_path: Path, changed: dict[str, Any], complaint: str) -> None:
    _refused(tmp_path, [{**_anna(), **changed}], complaint)


@pytest.mark.parametrize(("changed", "complaint"), MISTAKEN_TRUTHS.values(), ids=MISTAKEN_TRUTHS)
def test_a_mistake_in_the_truth_is_named(tmp_path: Path, changed: dict[str, Any], complaint: str) -> None:
    anna = _anna()
    _refused(tmp_path, [{**anna, "truth": {**anna["truth"], **changed}}], complaint)


def test_a_bare_no_says_nothing_of_a_finding(tmp_path: Path) -> None:
    anna = _anna()
    bare = {**anna["says"]["findings"], "swelling": {"no": ["No."]}}
    complaint = "anna: says: findings: swelling is absent and has no words"
    _refused(tmp_path, [{**anna, "says": {**anna["says"], "findings": bare}}], complaint)


def test_two_people_of_one_name_are_refused(tmp_path: Path) -> None:
    _refused(tmp_path, [_anna(), _anna()], "anna: two people have this name")


def test_all_mistakes_are_named_together(tmp_path: Path) -> None:
    complaint = _refused(tmp_path, [{**_anna(), "style": ["grumpy"], "ends": "well"}], "grumpy")
    assert "ends: 'well'" in complaint


def _refused(folder: Path, people: list[dict[str, Any]], complaint: str) -> str:
    with pytest.raises(BadPersona) as refused:
        load_personas([_written(folder, people)])
    assert complaint in str(refused.value)
    return str(refused.value)


def _written(folder: Path, people: list[dict[str, Any]]) -> Path:
    file = folder / "people.yml"
    file.write_text(yaml.safe_dump(people), encoding="utf-8")
    return file


def _anna() -> dict[str, Any]:
    findings = {finding: "present" if finding == "pain" else "absent" for finding in FINDINGS}
    words = {
        finding: {"yes" if finding == "pain" else "no": ["it hurts" if finding == "pain" else "not there"]}
        for finding in FINDINGS
    }
    truth = {"findings": findings, "regions": ["lower_back"], "who": "me_19_49", "imaging": "none"}
    return {
        "name": "anna",
        "style": ["plain"],
        "opening": ["My back hurts"],
        "truth": truth,
        "ends": "result",
        "disposition": "physio_exam",
        "says": {"findings": words, **WORDS},
    }


def test_the_people_who_are_only_counted_fit_as_well() -> None:
    files = sorted((FOLDER.parent / "held_out").glob("*.yml"))
    assert [len(load_personas([file])) for file in files] == [26, 26]
