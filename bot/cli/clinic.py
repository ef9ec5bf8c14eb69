"""Which clinic a command is about: that of the environment, or the demonstration."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

Demo = Annotated[bool, typer.Option("--demo", help="Of the demonstration clinic.")]


def settings_of(demo: bool) -> "Settings":
    """The settings of the environment, or those of the demonstration clinic."""
    from bot.settings import from_environment

    if demo:
        # Written, not read: the rasa process, a child of this one, shall load the same settings.
        os.environ["DEMO"] = "1"  # noqa: TID251
    return from_environment()
