"""`needlepoint audit`: verify the chain of the audit, or list its lines."""

from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated

import typer

from bot.cli.moments import moment
from bot.cli.start import Demo, settings_in_force

app = typer.Typer(help="Verify the audit's chain, or list its lines.", no_args_is_help=True)
HEADER = ("line", "at", "actor", "action", "subject", "detail")
EXPECTED = "A line and its hash that an earlier run printed (LINE:HASH); says whether it is still there."


class ListFormat(str, Enum):
    """How lines are listed."""

    TEXT = "text"
    CSV = "csv"


@app.command()
def verify(
    demo: Demo = False,
    expect: Annotated[str | None, typer.Option(help=EXPECTED)] = None,
) -> None:
    """Verify the whole chain; code 1 and the first broken line when it does not hold."""
    from bot.cli.audit_check import checked

    told, holds = checked(settings_in_force(demo), expect=expect)
    typer.echo(told)
    raise typer.Exit(0 if holds else 1)


@app.command("list")
def list_lines(
    since: Annotated[str | None, typer.Option(help="Only from this day, or moment with its offset, on.")] = None,
    subject: Annotated[str | None, typer.Option(help="Only about this id.")] = None,
    actor: Annotated[str | None, typer.Option(help="Only by patient, system, nobody or this staff id.")] = None,
    format: Annotated[ListFormat, typer.Option(help="text or csv.")] = ListFormat.TEXT,
    demo: Demo = False,
) -> None:
    """List who did what to which opaque id, oldest first."""
    from bot.cli.assembly import clinic_database, system_act
    from bot.service.audit_records import Asked
    from bot.service.zone import zone_of
    from bot.store.audit_trail import SqlAuditTrail

    settings = settings_in_force(demo)
    asked = Asked(since=moment(since, zone_of(settings.time_zone), option="--since"), subject=subject, actor=actor)
    with clinic_database(settings) as database:
        trail = SqlAuditTrail(database)
        trail.keep_look("audit.exported" if format is ListFormat.CSV else "audit.read", act=system_act())
        rows = (
            (line.id, _utc(line.said.at), line.said.actor, line.said.action, line.said.subject, line.said.detail)
            for line in trail.oldest_first(asked)
        )
        for one in _written(rows, format):
            typer.echo(one, nl=False)


def _written(rows: Iterator[tuple[int | str | None, ...]], format: ListFormat) -> Iterator[str]:
    from bot.service.csv_file import csv_lines

    if format is ListFormat.CSV:
        yield from csv_lines(HEADER, rows)
        return
    for id, at, actor, action, *about in rows:
        told = " ".join(str(one) for one in about if one is not None)
        yield f"{id:>8}  {at}  {actor:<32}  {action}  {told}".rstrip() + "\n"


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
