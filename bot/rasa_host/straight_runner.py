"""Rasa's graph of components, run one after the other in an order that is worked out once."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner

Step = tuple[GraphNode, tuple[str, ...]]


class StraightRunner:
    """Runs what the given runner has loaded; that one would plan the same order anew for every message."""

    def __init__(self, loaded: DaskGraphRunner) -> None:
        self._nodes, self._schema = loaded._instantiated_nodes, loaded._graph_schema
        self._plan = lru_cache(maxsize=8)(self._ordered)

    def run(self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        """What the targets give for these inputs, by their names."""
        wanted = tuple(targets or self._schema.target_names)
        values = dict(inputs or {})
        for node, needs in self._plan(wanted):
            name, value = node(*((need, values[need]) if need in values else need for need in needs))
            values[name] = value
        return {name: values[name] for name in wanted}

    def _ordered(self, wanted: tuple[str, ...]) -> tuple[Step, ...]:
        """Every node that the wanted ones need, behind all that it needs itself."""
        needed = self._schema.minimal_graph_schema(list(wanted)).nodes
        order: dict[str, Step] = {}

        def place(name: str) -> None:
            if name in needed and name not in order:
                needs = tuple(needed[name].needs.values())
                for need in needs:
                    place(need)
                order[name] = (self._nodes[name], needs)

        for name in wanted:
            place(name)
        return tuple(order.values())
