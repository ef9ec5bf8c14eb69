"""Red flags from free text: what is raised, what is not, at which level, and how often over whole corpora."""

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from bot.clinical.reading import RedFlag
from bot.clinical.vocabulary import FlagClass, Level, Onset
from bot.reading.flags import Screen
from bot.reading.load import load_reading
from bot.reading.reader import Reader
from scripts.data_file import read_yaml

HERE = Path(__file__).parent / "en" / "flags"
TODAY = date(2026, 11, 22)
URGENT = (Level.EMERGENCY, Level.CRISIS, Level.SAME_DAY)


def _load(name: str) -> Any:
    return read_yaml(HERE / name)


@pytest.fixture(scope="module")
def screen() -> Screen:
    return load_reading("en")[1]


def _flags(screen: Screen, text: str) -> tuple[RedFlag, ...]:
    return screen.screen(text, (), known=frozenset(), today=TODAY)


def _level(flags: tuple[RedFlag, ...]) -> Level:
    return min((flag.level for flag in flags), key=lambda level: level.urgency, default=Level.NONE)


def _cases() -> list[Any]:
    return [
        pytest.param(flag_class, case, id=f"{flag_class}-{name}")
        for flag_class, cases in _load("cases.yml").items()
        for name, case in cases.items()
    ]


@pytest.mark.parametrize(("flag_class", "case"), _cases())
def test_each_class_is_raised_and_left_alone_where_it_should_be(
    screen: Screen, flag_class: str, case: dict[str, str]
) -> None:
    flags = _flags(screen, case["text"])
    own = tuple([flag for flag in flags if flag.flag_class.value == flag_class])
    if "level" in case:
        assert _level(own).value == case["level"], flags
    else:
        assert _level(flags).urgency > Level(case["below"]).urgency, flags


@pytest.mark.parametrize("case", _load("golden.yml"), ids=lambda case: case["text"])
def test_a_golden_message_never_turns_less_urgent(screen: Screen, case: dict[str, str]) -> None:
    assert _level(_flags(screen, case["text"])).urgency <= Level(case["level"]).urgency


@pytest.mark.parametrize("case", _load("golden.yml"), ids=lambda case: case["text"])
@pytest.mark.parametrize("opening", ["Hi there, hope you are well. ", "I have an appointment on Friday. "])
def test_small_talk_before_it_changes_nothing(screen: Screen, case: dict[str, str], opening: str) -> None:
    assert _level(_flags(screen, opening + case["text"])).urgency <= Level(case["level"]).urgency


@pytest.mark.parametrize("case", _load("joined.yml"), ids=lambda case: case["messages"][-1])
def test_what_several_messages_say_together_is_raised_on_the_newest(screen: Screen, case: dict[str, Any]) -> None:
    *history, newest = case["messages"]
    flags = screen.screen(newest, tuple(history), known=frozenset(), today=TODAY)
    raised = [flag.flag_class.value for flag in flags if not flag.ask]
    assert raised == [] if case["raises"] is None else case["raises"] in raised


def test_a_class_that_is_set_already_is_not_raised_by_joining(screen: Screen) -> None:
    known = frozenset({FlagClass.CAUDA_EQUINA})
    flags = screen.screen("between my legs", ("it's numb since yesterday",), known=known, today=TODAY)
    assert FlagClass.CAUDA_EQUINA not in [flag.flag_class for flag in flags]


def test_a_flag_of_an_earlier_message_is_not_raised_again_by_an_unrelated_one(screen: Screen) -> None:
    flags = screen.screen("mornings are best for me", ("my crotch is numb",), known=frozenset(), today=TODAY)
    assert flags == ()


def test_only_the_four_messages_before_are_joined(screen: Screen) -> None:
    history = ("it's numb since yesterday", "ok", "Tuesday", "thanks", "yes please")
    assert screen.screen("between my legs", history, known=frozenset(), today=TODAY) == ()


def test_a_flag_quotes_the_patients_own_words(screen: Screen) -> None:
    text = "Hello! Since Monday I CAN'T FEEL anything when I wipe, is that odd?"
    flags = _flags(screen, text)
    assert flags[0].text in text
    assert "wipe" in flags[0].text


def test_long_standing_but_unchecked_is_asked_about_and_keeps_its_rows_level(screen: Screen) -> None:
    (flag,) = _flags(screen, "My left grip has been weaker than my right for ten years.")
    assert (flag.level, flag.onset, flag.ask, flag.row_level) == (Level.NONE, Onset.UNCLEAR, True, Level.EMERGENCY)


def test_foot_drop_with_a_brace_that_doctors_know_is_old(screen: Screen) -> None:
    (flag,) = _flags(screen, "foot drop since 2015, I have a brace, doctors know")
    assert (flag.level, flag.onset, flag.ask) == (Level.SEE_DOCTOR, Onset.OLD, False)


def test_worse_again_wins_over_old_and_checked(screen: Screen) -> None:
    flags = _flags(screen, "foot drop since 2015, doctors know, but it is much worse since Friday")
    assert _level(flags) is Level.EMERGENCY


@pytest.mark.parametrize("text", ["", "   ", "?!?", "\x00", "🙂🙂", "a" * 4000, "no " * 1000])
def test_odd_texts_raise_nothing_and_do_not_fail(screen: Screen, text: str) -> None:
    assert _flags(screen, text) == ()


LEARNED = Path(__file__).parents[2] / "corpora" / "red_flags"


def _rows(file: Path) -> list[dict[str, str]]:
    """The messages of a corpus; a bare text is an ordinary complaint."""
    rows = read_yaml(file)
    return [row if isinstance(row, dict) else {"text": row, "level": "none"} for row in rows]


def _recall(screen: Screen, file: Path, *, at_level: bool = False) -> tuple[float, float]:
    """Share of urgent messages read as urgent (or as at least their level), and of the others read as urgent."""
    caught, urgent, alarms, quiet = 0, 0, 0, 0
    for row in _rows(file):
        level, due = _level(_flags(screen, row["text"])), Level(row.get("level", "none"))
        is_raised = level in URGENT
        if due in URGENT:
            urgent += 1
            caught += is_raised and not (at_level and level is Level.SAME_DAY and due is not Level.SAME_DAY)
        else:
            quiet += 1
            alarms += is_raised
    return caught / max(1, urgent), alarms / max(1, quiet)


@pytest.mark.parametrize(
    ("corpus", "least", "most"),
    [("fin", 0.88, 0.05), ("jax", 0.94, 0.05), ("kay", 0.95, 0.05), ("ordinary_b", 0, 0.03), ("ordinary_g", 0, 0.03)],
)
def test_writers_that_nothing_was_made_from_are_heard(screen: Screen, corpus: str, least: float, most: float) -> None:
    recall, alarms = _recall(screen, HERE / "held_out" / f"{corpus}.yml")
    assert recall >= least
    assert alarms <= most


@pytest.mark.parametrize(("corpus", "least", "most"), [("eve", 0.92, 0.02), ("gil", 0.94, 0.03), ("ines", 0.94, 0.0)])
def test_the_rules_alone_still_raise_what_they_were_made_from(
    screen: Screen, corpus: str, least: float, most: float
) -> None:
    recall, alarms = _recall(replace(screen, net=None), LEARNED / f"{corpus}.yml", at_level=True)
    assert recall >= least
    assert alarms <= most


@pytest.mark.parametrize("corpus", ["chatter", "amid_n"])
def test_chatter_amid_a_conversation_hardly_ever_raises_an_alarm(screen: Screen, corpus: str) -> None:
    said = read_yaml(HERE / f"{corpus}.yml")
    before = ("my lower back aches",)
    raised = [text for text in said if any(flag.level.is_today for flag in _after(screen, text, before))]
    assert len(raised) <= 0.015 * len(said)


def test_what_is_doubted_alone_is_not_raised_by_the_messages_before_it(screen: Screen) -> None:
    text = "got disco fever and a disco hip lol, aches on the side when i do the finger point move"
    assert not any(flag.level.is_today for flag in _after(screen, text, ("my lower back aches",)))


def _after(screen: Screen, text: str, before: tuple[str, ...]) -> tuple[RedFlag, ...]:
    return screen.screen(text, before, known=frozenset(), today=TODAY)


@pytest.mark.parametrize(
    ("corpus", "emergencies"),
    [("ordinary_b", 0.015), ("ordinary_g", 0.015), ("ordinary_w", 0.015), ("ordinary_n", 0.025)],
)
def test_ordinary_complaints_are_hardly_ever_escalated(screen: Screen, corpus: str, emergencies: float) -> None:
    levels = [_level(_flags(screen, row["text"])) for row in _rows(HERE / "held_out" / f"{corpus}.yml")]
    assert sum(level in URGENT for level in levels) <= 0.03 * len(levels)
    assert sum(level in (Level.EMERGENCY, Level.CRISIS) for level in levels) <= emergencies * len(levels)


@pytest.mark.parametrize("text", _load("quiet.yml"))
def test_a_quiet_message_raises_nothing(screen: Screen, text: str) -> None:
    assert _flags(screen, text) == ()


def test_a_cold_limb_is_an_emergency_only_when_it_is_sudden(screen: Screen) -> None:
    assert _level(_flags(screen, "an hour ago my foot turned cold and white and it hurts")) is Level.EMERGENCY
    assert _flags(screen, "my foot has been cold and sore for months") == ()


@pytest.mark.alone
def test_flags_cost_little_beside_the_reading(screen: Screen, reader: Reader) -> None:
    sixty = " ".join(["my low back has ached for months and the muscles on the left are tight"] * 4)
    texts = [row["text"] for name in ("ordinary_g", "ordinary_w") for row in _rows(HERE / "held_out" / f"{name}.yml")]
    shares = [_share(screen, reader, text) for text in [*texts[::4], sixty]]
    assert sorted(shares)[len(shares) // 2] < 0.3
    assert sorted(shares)[int(len(shares) * 0.99) - 1] < 0.8


def _share(screen: Screen, reader: Reader, text: str) -> float:
    """What the screen over a finished reading costs, as a share of that reading taken in turns with it."""
    tokens = screen.hearing.tokens(text)
    flags, reading = [], []
    gc.disable()  # in a long test run the collector walks the objects of every test before this one
    try:
        for _ in range(5):
            flags.append(_spent(lambda: screen.flags_in(tokens, today=TODAY)))
            reading.append(_spent(lambda: reader.read(text, asked=(), today=TODAY)))
    finally:
        gc.enable()
    return min(flags) / min(reading)


def _spent(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return process_time() - started
