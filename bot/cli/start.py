"""Which clinic a command is for: that of the environment, or the demonstration."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

Demo = Annotated[bool, typer.Option("--demo", help="Of the demonstration clinic.")]


def settings_in_force(demo: bool) -> "Settings":
    """The settings of the environment, or those of the demonstration clinic, with what is set at the desk."""
    from bot.bootstrap.clinic_settings import settings_in_force as in_force

    choose(demo)
    return in_force()


def choose(demo: bool) -> None:
    """From now on this process, and its children, are of the demonstration clinic."""
    if demo:
        # Written, not read: the rasa process, a child of this one, shall load the same settings.
        os.environ["DEMO"] = "1"  # noqa: TID251
