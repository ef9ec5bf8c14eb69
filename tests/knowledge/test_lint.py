"""The linter lets the wording in force pass, and catches what must never be told."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.lint_rules import WordingRule, read_wording_rules
from bot.knowledge.shelf import HERE
from bot.knowledge.told import Told, lint_text

RULES = read_wording_rules(HERE, "en")
BAD = [(rule, text) for rule in RULES.rules for text in rule.bad]
GOOD = [(rule, text) for rule in RULES.rules for text in rule.good]
needs_textstat = pytest.mark.skipif(find_spec("textstat") is None, reason="textstat is in the web environment only")


FEWEST_BAD, FEWEST_GOOD = 6, 4


def damaged(root: Path, file: str, *, old: str, new: str) -> list[str]:
    from bot.knowledge.lint import lint_folder

    path = root / file
    before = path.read_text(encoding="utf-8")
    assert old in before, "the case no longer fits the data"
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    return [str(problem) for problem in lint_folder(root, language="en", region="ca-bc")]


@pytest.mark.parametrize(("rule", "text"), BAD, ids=[f"{rule.id}-{text[:30]}" for rule, text in BAD])
def test_a_rule_catches_its_bad_texts(rule: WordingRule, text: str) -> None:
    assert rule.breach(text) is not None


@pytest.mark.parametrize(("rule", "text"), GOOD, ids=[f"{rule.id}-{text[:30]}" for rule, text in GOOD])
def test_a_rule_lets_its_good_texts_pass(rule: WordingRule, text: str) -> None:
    assert rule.breach(text) is None


@pytest.mark.parametrize("rule", RULES.rules, ids=[rule.id for rule in RULES.rules])
def test_every_rule_has_texts_on_both_sides(rule: WordingRule) -> None:
    assert len(set(rule.bad)) >= FEWEST_BAD
    assert len(set(rule.good)) >= FEWEST_GOOD


@pytest.mark.parametrize(
    "text",
    [
        "Call 911 now.",
        "Call 9-1-1 now.",
        "Text 988.",
        "Ring us at 604-555-0100.",
        "Ring us at (604) 555 0100.",
        "Ring +1 604 555 0100.",
        "Call 116 123.",
        "Call 1 1 2.",
        "Dial 15.",
        "Call us now at 15 or 18.",
        "Text 741741.",
        "The line 13 11 14 is open.",
        "It is 604.555.0100.",
        "It is 604 - 555 - 0100.",
        "Call nine one one.",
        "Ring triple zero.",
        "The number is eight-one-one.",
        "An ambulance comes when you dial\n112.",
        "0800 1111",
    ],
)
def test_a_phone_number_that_stands_in_a_text_is_caught(text: str) -> None:
    assert any("phone number" in str(problem) for problem in lint_text(Told("faq/x", text), RULES))


@pytest.mark.parametrize(
    "text",
    [
        "In 7,629 treatments",
        "about 1 in 1,024",
        "from 0 to 10",
        "for 12 weeks, 20 times",
        "36.7% had a minor effect (Boyce 2020).",
        "A review in 2011 found 19 studies, 4 of them small.",
        "100 % of 5 people",
        "1. For me, 19 to 49\n2. For me, 50 to 64",
        "Call {emergency_number}. Two or three days later call us.",
    ],
)
def test_a_figure_is_no_phone_number(text: str) -> None:
    assert [problem for problem in lint_text(Told("faq/x", text), RULES) if "phone number" in problem.complaint] == []


@pytest.mark.parametrize(
    "text", ["That is 80%.", "80 % of people", "Eighty per cent.", "80 percent", "1 in 1,024", "A small percentage"]
)
def test_a_percentage_outside_the_answers_is_caught(text: str) -> None:
    found = lint_text(Told("wording/result.book", text), RULES)
    assert [problem.complaint for problem in found] == ["a percentage stands in it"]


def test_a_placeholder_that_nobody_fills_in_is_caught() -> None:
    assert any("nobody fills in" in str(one) for one in lint_text(Told("items/bladder", "Call {phone}"), RULES))


@needs_textstat
def test_everything_in_force_may_be_shown_to_patients() -> None:
    from bot.knowledge.lint import lint

    assert [str(problem) for problem in lint()] == []


@needs_textstat
def test_every_text_is_read_by_the_linter(root: Path) -> None:
    for file, old in (
        ("en/wording.yml", "You are welcome."),
        ("en/faq.yml", "You can read more about IMS at the Institute"),
        ("en/labels.yml", "Both legs weak or numb"),
        ("en/labels.yml", "Both of your legs have turned weak or numb"),
        ("en/labels.yml", "Tight, stiff or cramping muscles"),
        ("en/labels.yml", "Skip this"),
        ("en/labels.yml", "the sore place"),
        ("regions/ca-bc.yml", "a walk-in clinic"),
    ):
        found = damaged(root, file, old=old, new="nothing serious")
        assert any("it reassures" in problem for problem in found), (file, old)
        damaged(root, file, old="nothing serious", new=old)


@needs_textstat
def test_hard_words_are_caught_and_short_texts_are_not_measured_alone(root: Path) -> None:
    hard = "Musculoskeletal manifestations necessitate comprehensive physiological evaluation. "
    assert not damaged(root, "en/wording.yml", old="You are welcome.", new=hard)
    assert any("reads at grade" in problem for problem in damaged(root, "en/wording.yml", old=hard, new=hard * 5))


@needs_textstat
def test_a_text_is_measured_with_the_facts_of_its_region(root: Path) -> None:
    far = "the musculoskeletal ambulatory evaluation institution of the metropolitan administration"
    found = damaged(root, "regions/ca-bc.yml", old="a walk-in clinic or an urgent and primary care centre", new=far)
    assert any(problem.startswith("wording: same_day.default: reads at grade") for problem in found)


@needs_textstat
def test_short_texts_are_measured_together_file_by_file() -> None:
    from bot.knowledge.ease import too_hard_together

    hard = [Told(f"items/{number}", "Musculoskeletal manifestations necessitating evaluation") for number in range(8)]
    easy = [Told(f"wording/{number}", "Tell me where it hurts.") for number in range(8)]
    (problem,) = too_hard_together([*hard, *easy], RULES)
    assert str(problem).startswith("labels.yml: short texts together: reads at grade")
    assert too_hard_together([*hard[:1], *easy], RULES) == []


@needs_textstat
@pytest.mark.parametrize("part", ["text", "title"])
def test_the_responses_of_a_domain_are_read_with_their_buttons(root: Path, tmp_path: Path, part: str) -> None:
    from bot.knowledge.lint import lint_folder

    texts = {"text": "Hello.", "title": "Yes", part: "It is nothing serious."}
    domain = tmp_path / "domain.yml"
    button = f'buttons: [{{title: "{texts["title"]}", payload: /a}}]'
    domain.write_text(f'responses:\n  utter_x:\n    - text: "{texts["text"]}"\n      {button}\n')
    (problem,) = lint_folder(root, language="en", region="ca-bc", domain=domain)
    assert str(problem).startswith("responses: utter_x.1.")
    assert "it reassures" in problem.complaint


def test_a_domain_whose_responses_are_no_responses_is_refused(tmp_path: Path) -> None:
    from bot.knowledge.responses import responses

    (tmp_path / "domain.yml").write_text("responses: {utter_x: [hello]}\n")
    with pytest.raises(KnowledgeError, match="responses cannot be read"):
        list(responses(tmp_path / "domain.yml"))


@needs_textstat
def test_words_every_patient_knows_do_not_make_a_text_hard() -> None:
    from bot.knowledge.readability import grade

    text = "A physiotherapist will check each muscle and read your MRI. The emergency department is open. " * 2
    assert grade(text, RULES.easy_words) < grade(text, ["none"]) - 2


@needs_textstat
def test_a_percentage_in_an_answer_needs_a_source_that_was_read(root: Path) -> None:
    found = damaged(
        root, "en/faq.yml", old="source: [brady_2014, boyce_2020, needling_pneumothorax]", new="source: judgement"
    )
    assert any("side_effects/more: a percentage without a citation" in problem for problem in found)


@needs_textstat
def test_a_checklist_is_measured_as_the_patient_reads_it(root: Path) -> None:
    hard = "Musculoskeletal manifestations necessitating comprehensive physiological evaluation"
    found = damaged(root, "en/labels.yml", old='"Both legs weak or numb"', new=f'"{hard}, {hard}"')
    assert any(problem.startswith("checklist: lower_back.cauda_equina: reads at grade") for problem in found)


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("wording/urgent.stroke.emergency", "Go to a hospital.", "emergency number"),
        ("wording/urgent.self_harm.crisis", "Please talk to a friend.", "crisis line"),
        ("wording/same_day.dvt", "Please see a doctor.", "where to go today"),
        ("wording/see_doctor.default", "See your doctor and ask for an MRI.", "speaks of scans"),
        ("wording/result.book.flagged", "Please get a scan first.", "speaks of scans"),
        ("wording/booking.done", "Thank you. A person will call you.", "where to get help"),
        ("wording/booking.later", "You can call us at {phone}.", "where to get help"),
        ("wording/control.goodbye", "Goodbye.", "where to get help"),
        ("wording/control.talk_to_person", "I told our front desk.", "where to get help"),
        ("wording/handoff.unanswered_safety", "I asked our team to call you.", "where to get help"),
        ("wording/result.get_help", "Call {emergency_number}.", "where to get help"),
        ("wording/result.scans.normal", "A scan may not show it.", "does not name"),
    ],
)
def test_advice_that_leaves_out_what_it_must_say_is_caught(key: str, text: str, why: str) -> None:
    assert any(why in problem.complaint for problem in lint_text(Told(key, text), RULES))


@needs_textstat
def test_a_flag_rule_without_a_known_source_is_caught(root: Path) -> None:
    found = damaged(root, "en/flags/brain.yml", old="source: [fast_test]", new="source: [a_friend]")
    assert any("a_friend" in problem for problem in found)


@needs_textstat
def test_a_class_that_is_only_read_must_be_read(root: Path) -> None:
    for path in (root / "en" / "flags").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("class: unsafe_at_home", "class: self_harm"), encoding="utf-8")
    found = damaged(root, "flag_classes.yml", old="reviewed: null", new="reviewed: null")
    assert any("unsafe_at_home: is text_only" in problem for problem in found)
