"""Reads the YAML files that tests and scripts take their cases from, many thousand lines of them, without delay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same loader in C takes an eighth of the time; it is missing where PyYAML was built without libyaml."""


def read_yaml(file: Path) -> Any:
    """What a YAML file says."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # either is a safe loader
