"""`needlepoint export`: what came in within a time, into a folder, for whoever runs the clinic's server."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.moments import moment
from bot.cli.start import Demo, settings_in_force

app = typer.Typer(help="Take records out of the system, into a folder.", no_args_is_help=True)


class ExportFormat(str, Enum):
    """What is written: one table, or a bundle for each inquiry."""

    CSV = "csv"
    FHIR = "fhir"


@app.callback()
def export() -> None:
    """Take records out of the system, into a folder."""


@app.command()
def inquiries(
    out: Annotated[Path, typer.Option(help="A new or empty folder; nothing that is there is overwritten.")],
    format: Annotated[ExportFormat, typer.Option(help="csv or fhir.")] = ExportFormat.CSV,
    since: Annotated[str | None, typer.Option(help="Only what came in from this day, or moment, on.")] = None,
    until: Annotated[str | None, typer.Option(help="Only what came in before this day, or moment.")] = None,
    demo: Demo = False,
) -> None:
    """Write inquiries to a folder: inquiries.csv, or a FHIR bundle each; code 1 when some could not be written."""
    from rich.console import Console

    from bot.cli.export_files import exported
    from bot.service.zone import zone_of

    settings = settings_in_force(demo)
    zone = zone_of(settings.time_zone)
    span = moment(since, zone, option="--since"), moment(until, zone, option="--until")
    written = exported(settings, span, form=format.value, out=out, console=Console(stderr=True))
    typer.echo(written.told)
    raise typer.Exit(1 if written.failed else 0)
