"""The second net over red flags: what it knows, when it keeps silent, and how it and the rules settle a matter."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clinical.vocabulary import FlagClass, Level
from bot.errors import KnowledgeError
from bot.knowledge.flag_net import FILE, load_flag_net, urgent_levels
from bot.knowledge.shelf import HERE
from bot.knowledge.strict_yaml import parse
from bot.reading.flags import Screen
from bot.reading.flags_together import NET, Rules
from bot.reading.load import load_reading
from bot.reading.net_features import features, stem
from scripts.flag_corpus import CORPUS, ENDINGS, fingerprint

TODAY = date(2026, 11, 22)
VEILED = "the left slipper keeps falling off and I don't notice it, since Sunday"


@pytest.fixture(scope="module")
def screen() -> Screen:
    return load_reading("en")[1]


def _believing(screen: Screen, **bounds: float) -> Screen:
    """The same screen with a net that is easier or harder to convince."""
    assert screen.net is not None
    net = object.__new__(type(screen.net))
    net.__dict__.update(screen.net.__dict__, bounds=replace(screen.net.bounds, **bounds))
    return replace(screen, net=net)


def _flags(screen: Screen, text: str, *earlier: str) -> list[tuple[str, str, bool]]:
    flags = screen.screen(text, earlier, known=frozenset(), today=TODAY)
    return [(flag.flag_class.value, flag.level.value, flag.ask) for flag in flags]


def test_the_weights_are_those_of_the_messages_at_hand() -> None:
    net = load_flag_net()
    assert net is not None
    assert (net.corpus, net.endings) == (fingerprint(), ENDINGS)


def test_the_corpus_is_as_large_as_the_safety_case_says() -> None:
    rows = [row for file in sorted(CORPUS.glob("*.yml")) for row in parse(file.read_text(encoding="utf-8"))]
    labelled = [row for row in rows if isinstance(row, dict)]
    urgent = [row["class"] for row in labelled if Level(row["level"]) is not Level.NONE]
    others = [row["class"] for row in labelled if Level(row["level"]) in (Level.NONE, Level.SEE_DOCTOR)]
    first = list(FlagClass)[:11]
    assert all(urgent.count(one.value) >= 150 and others.count(one.value) >= 100 for one in first)
    assert all(urgent.count(one.value) >= 30 for one in FlagClass if one not in first)
    assert len(list(CORPUS.glob("*.yml"))) >= 8 + len(list(CORPUS.glob("ordinary_*.yml")))


def test_every_class_that_may_be_urgent_has_a_head() -> None:
    net = load_flag_net()
    assert net is not None
    assert set(net.classes) == set(urgent_levels(parse((HERE / "flag_classes.yml").read_text(encoding="utf-8"))))


def test_what_no_rule_has_a_phrase_for_is_raised_with_the_words_that_tell_it(screen: Screen) -> None:
    assert screen.ruled(screen.hearing.tokens(VEILED), today=TODAY) == ()
    (flag,) = screen.screen(f"Hello, do you have parking? {VEILED}.", (), known=frozenset(), today=TODAY)
    assert (flag.flag_class, flag.level, flag.rule) == (FlagClass.LIMB_WEAKNESS, Level.EMERGENCY, NET)
    assert flag.text in VEILED
    assert "slipper" in flag.text


def test_without_its_file_the_rules_work_alone(screen: Screen, tmp_path: Path) -> None:
    assert load_flag_net(tmp_path) is None
    alone = replace(screen, net=None)
    assert _flags(alone, VEILED) == []
    assert _flags(alone, "my crotch is numb since this morning") == [("cauda_equina", "emergency", False)]


@pytest.mark.parametrize("damage", ["", "{}", "[1, 2]", '{"version": 0}', "half"])
def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path, damage: str) -> None:
    content = (HERE / "en" / FILE).read_text(encoding="utf-8")
    (tmp_path / "en").mkdir()
    (tmp_path / "flag_classes.yml").write_bytes((HERE / "flag_classes.yml").read_bytes())
    written = content[: len(content) // 2] if damage == "half" else damage
    (tmp_path / "en" / FILE).write_text(written, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="make train-flags"):
        load_flag_net(tmp_path)


def test_a_net_for_other_classes_is_refused(tmp_path: Path) -> None:
    content = json.loads((HERE / "en" / FILE).read_text(encoding="utf-8"))
    content["heads"] = content["heads"][:-1]
    (tmp_path / "en").mkdir()
    (tmp_path / "flag_classes.yml").write_bytes((HERE / "flag_classes.yml").read_bytes())
    (tmp_path / "en" / FILE).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"flag_classes\.yml"):
        load_flag_net(tmp_path)


@pytest.mark.parametrize("text", ["Tuesday", "yes please", "ok thanks", "my knee", "", "?!?"])
def test_of_a_few_words_the_net_says_nothing(screen: Screen, text: str) -> None:
    assert _flags(_believing(screen, raised=0.0, asked=0.0, doubted=0.0), text) == []


def test_a_message_that_leaves_the_net_in_two_minds_is_asked_about(screen: Screen) -> None:
    flags = screen.screen(VEILED, (), known=frozenset(), today=TODAY)
    (doubted,) = _believing(screen, raised=1.0).screen(VEILED, (), known=frozenset(), today=TODAY)
    assert (doubted.level, doubted.ask, doubted.unclear_words) == (Level.NONE, True, True)
    assert doubted.row_level is flags[0].level


def test_a_rule_that_the_net_hardly_believes_is_asked_about(screen: Screen) -> None:
    text = "my crotch is numb since this morning"
    assert _flags(_believing(screen, doubted=1.0), text) == [("cauda_equina", "none", True)]


def test_a_plain_wish_to_die_is_never_doubted(screen: Screen) -> None:
    assert _flags(_believing(screen, doubted=1.0), "I want to kill myself") == [("self_harm", "crisis", False)]


@pytest.mark.parametrize("text", ["My foot is not cold and not pale.", "No chest pain and no shortness of breath."])
def test_a_short_denial_raises_nothing_and_asks_nothing(screen: Screen, text: str) -> None:
    assert _flags(_believing(screen, raised=0.2, asked=0.1), text) == []


def test_what_is_long_standing_by_the_words_around_it_is_asked_about_or_left_to_a_doctor(screen: Screen) -> None:
    eager = _believing(screen, raised=0.05, asked=0.01)
    assert _flags(eager, "for many years now my hand will not close on a cup")[0][1:] == ("none", True)
    known = "for many years my hand will not close on a cup, the neurologist checked it, no change"
    assert _flags(eager, known)[0][1:] == ("see_doctor", False)


@pytest.mark.parametrize("told", ["", ", the neurologist checked it, no change"])
def test_what_the_net_alone_hears_as_long_standing_is_a_doubt(screen: Screen, told: str) -> None:
    eager = replace(_believing(screen, raised=0.0, asked=0.0, doubted=0.0, sure=1.0), rules=_quiet(screen.rules))
    (flag,) = eager.screen(f"for many years my hand will not close on a cup{told}", (), known=frozenset(), today=TODAY)
    assert (flag.level, flag.ask, flag.unclear_words) == (Level.NONE, True, True)


def test_amid_a_conversation_two_minds_without_a_sign_of_the_class_are_a_doubt(screen: Screen) -> None:
    eager = _believing(screen, raised=0.0, asked=0.0, doubted=0.0, sure=1.0)
    text = "pain when it is pressed there, that is all I notice"
    (alone,) = eager.screen(text, (), known=frozenset(), today=TODAY)
    (amid,) = eager.screen(text, ("my elbow aches",), known=frozenset(), today=TODAY)
    assert alone.level.is_today
    assert (amid.level, amid.ask, amid.unclear_words) == (Level.NONE, True, True)


def test_what_only_says_since_when_is_a_doubt_beside_the_messages_before_it(screen: Screen) -> None:
    eager = _believing(screen, raised=0.999, asked=0.998, doubted=0.0, joined=0.0, sure=1.0)
    flags = eager.screen("since last night", ("my arms ache from the class",), known=frozenset(), today=TODAY)
    assert all(not flag.level.is_today for flag in flags)


def test_amid_a_conversation_a_sign_of_the_class_is_raised_in_two_minds_too(screen: Screen) -> None:
    eager = replace(_believing(screen, raised=0.0, asked=0.0, doubted=0.0, sure=1.0), rules=_quiet(screen.rules))
    said = _flags(eager, "and the left side of my face droops since lunch", "my elbow aches")
    assert ("stroke", "emergency", False) in said


def _quiet(rules: Rules) -> Rules:
    """The rules of a screen that raises nothing by them, though they know the words of their classes."""
    return replace(rules, each=())


def test_what_two_messages_say_together_is_heard_by_the_net_too(screen: Screen) -> None:
    first, second = "something odd happened with my hand at breakfast", "I tried to lift the kettle, fingers gave up"
    eager = _believing(screen, raised=0.99, joined=0.3, asked=0.25)
    raised = [name for name, level, _ in _flags(eager, second, first) if level != "none"]
    assert raised in ([], ["limb_weakness"])
    assert _flags(eager, "thanks", "ok", "Tuesday is best", "yes please") == []


@given(st.text(max_size=300))
def test_a_likelihood_is_a_likelihood(screen: Screen, text: str) -> None:
    assert screen.net is not None
    tokens = screen.hearing.tokens(text)
    assert 0 <= screen.net.likelihood(tokens) <= 1
    assert all(0 <= one.start < one.end <= len(tokens.words) for one in features(tokens, ENDINGS))


@pytest.mark.parametrize(
    ("word", "stemmed"), [("tingling", "tingl"), ("burned", "burn"), ("legs", "leg"), ("is", "is"), ("body", "bod")]
)
def test_a_stem_keeps_at_least_three_letters(word: str, stemmed: str) -> None:
    assert stem(word, ENDINGS) == stemmed


def test_pairs_of_words_do_not_cross_a_sentence(screen: Screen) -> None:
    names = {one.name for one in features(screen.hearing.tokens("my leg. numb now"), ENDINGS)}
    assert {"my leg", "numb now"} <= names
    assert not {"leg numb", "my _ numb", "leg _ now"} & names
