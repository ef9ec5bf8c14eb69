"""YAML as people expect it: yes and no are words, dates are words, and a key that stands twice is refused."""

import re
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GUESSED = ("bool", "int", "float", "timestamp", "value")
_RESOLVED = tuple(f"tag:yaml.org,2002:{name}" for name in _GUESSED)


class StrictLoader(_Base):  # type: ignore[misc]  # the C loader is missing where PyYAML was built without libyaml
    """PyYAML's safe loader without its guesses (no, on, 12:30, 2026-01-01), and without silent duplicates."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """The mapping, refused when one of its keys stands twice."""
        seen: set[str] = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                line = key_node.start_mark.line + 1
                raise yaml.MarkedYAMLError(problem=f"'{key_node.value}' stands twice (line {line})")
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)


StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _RESOLVED]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^(?:0|[1-9][0-9]*)$"), list("0123456789"))


def parse(text: str) -> Any:
    """What a YAML text says; yaml.YAMLError when it is no YAML or repeats a key."""
    return yaml.load(text, Loader=StrictLoader)  # noqa: S506  # StrictLoader is a safe loader
