"""The command that fills a demonstration with made-up patients, and erases them again."""

import sys
from typing import Annotated

import typer

from bot.cli.start import settings_in_force


def demonstration_data(
    count: Annotated[int, typer.Option(min=1, max=100_000, help="How many made-up people write in.")] = 32,
    remove: Annotated[bool, typer.Option("--remove", help="Erase everybody who was made up, and nobody else.")] = False,
) -> None:
    """Fill the demonstration clinic with made-up patients, each marked as such; --remove erases them again."""
    from rich.progress import track

    from bot.cli.demonstration import clear, fill, people

    settings = settings_in_force(demo=True)
    if remove:
        typer.echo(f"Erased {clear(settings)} made-up conversations.")
    else:
        told = fill(settings, track(people(count), "Made-up patients", total=count, disable=not sys.stderr.isatty()))
        typer.echo(f"{told} made-up patients have written in. The desk shows them as made up; --remove erases them.")
