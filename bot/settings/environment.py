"""The environment that a child of this process is given."""

import os
from collections.abc import Mapping


def child_environment(over: Mapping[str, str]) -> dict[str, str]:
    """The environment of this process, and these variables over it."""
    return {**os.environ, **over}
