"""The benchmark's arithmetic: what it prints follows from what it measured."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

import pytest

from scripts.bench_measure import Load, cpu_seconds_of, memory_of, percentile, ratios, spread, tree_of, under_load
from scripts.bench_report import Split, aims, as_markdown, as_text, comparison, split_rows
from scripts.bench_rounds import EARLY, LATE, TURNS, Figures
from scripts.bench_script import (
    PATIENTS,
    ROUND_OF_PATIENT,
    ROUND_OF_SMALL_TALKER,
    SMALL_TALKERS,
    TAP,
    long_conversation,
)


def figures(*, turn: float, seconds: float = 1.0, memory: float = 100.0, ready: float = 5.0) -> Figures:
    load = Load((turn,) * 10, seconds)
    return Figures([ready], memory, [turn], {1: [load], 4: [load]}, [turn], [turn * 2])


@pytest.mark.parametrize(("percent", "value"), [(50, 5), (95, 10), (100, 10), (10, 1), (1, 1)])
def test_a_percentile_is_a_value_that_was_measured(percent: float, value: float) -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent) == value


def test_ratios_are_taken_pair_by_pair_and_not_from_the_averages() -> None:
    noisy = ratios([10, 100, 30], [1, 10, 10])
    assert (noisy.low, noisy.middle, noisy.high) == (3, 10, 10)


def test_a_spread_shows_both_ends() -> None:
    assert (spread([3, 1, 2]).low, spread([3, 1, 2]).middle, spread([3, 1, 2]).high) == (1, 2, 3)


def test_turns_a_second_count_all_clients() -> None:
    assert Load((0.5,) * 8, 2.0).per_second == 4


def test_clients_speak_at_the_same_time_and_each_holds_every_conversation() -> None:
    together = threading.Barrier(4, timeout=10)
    held: list[str] = []

    def hold(conversation: Sequence[str]) -> list[float]:
        together.wait()
        held.extend(conversation)
        return [0.0 for _ in conversation]

    load = under_load(hold, [["a", "b"], ["c"]], clients=4)
    assert sorted(held) == ["a"] * 4 + ["b"] * 4 + ["c"] * 4
    assert len(load.turns) == len(held)


def test_a_process_tree_holds_the_children_of_children_with_their_memory_and_time() -> None:
    nested = f"import subprocess; subprocess.run([{sys.executable!r}, '-c', 'input()'])"
    with subprocess.Popen([sys.executable, "-c", nested], stdin=subprocess.PIPE) as parent:
        deadline = time.monotonic() + 20
        while len(tree_of(parent.pid)) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        tree = tree_of(parent.pid)
        assert len(tree) == 2
        assert memory_of(tree) > memory_of(tree[:1]) > 0
        assert parent.stdin
        parent.stdin.close()
    assert tree_of(parent.pid) == [parent.pid]
    assert memory_of([parent.pid]) == 0


def test_processor_time_is_what_the_machine_counts() -> None:
    before = cpu_seconds_of([os.getpid()])
    deadline = time.process_time() + 0.3
    while time.process_time() < deadline:
        pass
    assert 0.2 < cpu_seconds_of([os.getpid()]) - before < 5


def test_the_comparison_has_a_ratio_only_where_there_is_a_peer() -> None:
    beside = comparison([figures(turn=0.01), figures(turn=0.04)])
    alone = comparison([figures(turn=0.01)])
    assert beside[2] == ("a turn with 1 client, p50, ms", "10.0", "40.0", "0.25 / 0.25 / 0.25")
    assert alone[2] == ("a turn with 1 client, p50, ms", "10.0")


@pytest.mark.parametrize(
    ("ours", "verdicts"),
    [
        (figures(turn=0.019, seconds=0.1, memory=499, ready=15), ["met", "met", "met", "met"]),
        (figures(turn=0.021, seconds=0.5, memory=501, ready=15.1), ["missed", "missed", "missed", "missed"]),
    ],
    ids=["just met", "just missed"],
)
def test_an_aim_is_met_or_missed_by_its_figure(ours: Figures, verdicts: list[str]) -> None:
    assert [row[-1] for row in aims([ours, figures(turn=0.1, seconds=0.41)])] == verdicts


def test_what_is_not_rasa_is_the_rest_of_a_turn() -> None:
    shown = [row[1] for row in split_rows(Split([0.020] * 3, [0.012] * 3, [0.002] * 3))]
    assert shown == ["20.0", "12.0", "8.0", "2.0"]


def test_tables_keep_every_cell() -> None:
    head, rows = ("what", "ms"), [("a turn", "10.0")]
    assert as_text(head, rows) == "  what    ms\n  a turn  10.0"
    assert as_markdown(head, rows) == "| what | ms |\n| --- | --- |\n| a turn | 10.0 |"


def test_turn_10_and_turn_200_are_the_same_messages() -> None:
    for about in (ROUND_OF_PATIENT, ROUND_OF_SMALL_TALKER):
        said = long_conversation(about, turns=TURNS)
        assert said[EARLY] == said[LATE]
        assert len(said[LATE]) == 10


def test_both_bots_hold_ten_conversations_of_a_similar_length() -> None:
    turns = [sum(len(one) for one in script) for script in (PATIENTS, SMALL_TALKERS)]
    assert len(PATIENTS) == len(SMALL_TALKERS) == 10
    assert max(turns) <= 1.1 * min(turns)


def test_only_patients_tap() -> None:
    assert any(TAP in conversation for conversation in PATIENTS)
    assert not any(TAP in conversation for conversation in SMALL_TALKERS)
