"""Components run in the order in which they need each other, once each, and give what rasa's own runner gives."""

from collections.abc import Callable
from typing import Any

import pytest
from rasa.engine.graph import GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from bot.rasa_host.straight_runner import StraightRunner

NEEDS = {
    "reader": {"message": "__message__"},
    "words": {"messages": "reader"},
    "meaning": {"messages": "words", "earlier": "reader"},
    "unwanted": {"messages": "words"},
    "answer": {"messages": "meaning", "tracker": "__tracker__"},
}


class Loaded(DaskGraphRunner):
    """Rasa's own runner on components that write down that they were called, and with what."""

    def __init__(self) -> None:
        self.called: list[str] = []
        self._instantiated_nodes = {name: self._node(name) for name in NEEDS}
        self._graph_schema = GraphSchema(
            {name: SchemaNode(needs, GraphComponent, "create", "process", {}) for name, needs in NEEDS.items()}
        )
        self._execution_context = None

    def _node(self, name: str) -> Callable[..., tuple[str, Any]]:
        def call(*given: tuple[str, Any]) -> tuple[str, Any]:
            self.called.append(name)
            return name, f"{name}({', '.join(f'{need}={value}' for need, value in given)})"

        return call


@pytest.mark.parametrize("targets", [["answer"], ["words"], ["meaning", "unwanted"]])
def test_the_results_are_those_of_rasas_own_runner(targets: list[str]) -> None:
    inputs = {"__message__": "hello", "__tracker__": "tracker"}
    assert StraightRunner(Loaded()).run(inputs, targets) == Loaded().run(inputs, targets)


def test_each_needed_component_runs_once_and_no_other() -> None:
    loaded = Loaded()
    StraightRunner(loaded).run({"__message__": "hello", "__tracker__": "tracker"}, ["answer"])
    assert loaded.called == ["reader", "words", "meaning", "answer"]


def test_one_message_leaves_nothing_for_the_next() -> None:
    runner = StraightRunner(Loaded())
    first, second = (runner.run({"__message__": said}, ["words"]) for said in ("hello", "bye"))
    assert "hello" in first["words"]
    assert "hello" not in second["words"]
