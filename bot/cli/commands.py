"""Every command of `needlepoint`, one function each; what is slow to import is imported where it is used."""

import os
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import audit, export, settings
from bot.cli.made_up import demonstration_data
from bot.cli.staff import staff
from bot.cli.start import Demo, settings_in_force
from bot.clinical.vocabulary import Finding

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(
    name="needlepoint",
    help="The screening chatbot of physiotherapy clinics that offer IMS (dry needling).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(staff, name="staff")
app.add_typer(audit.app, name="audit")
app.command("demonstration-data")(demonstration_data)
app.add_typer(export.app, name="export")
app.add_typer(settings.app, name="settings")
Language = Annotated[str, typer.Option(help="Language of the messages and the clinical data.")]
Region = Annotated[str | None, typer.Option(help="Region file, such as ca-bc. Left out: REGION, or else ca-bc.")]
Overlay = Annotated[
    Path | None, typer.Option(help="The clinic's changes to the clinical data. Left out: OVERLAY.", exists=True)
]
SIGNATURES = "File of those who signed. Left out: SIGNATURES, or else signatures.jsonl in DATA_DIR."
Labelled = Annotated[Path, typer.Argument(help="JSON lines, or one JSON list.", exists=True, dir_okay=False)]


class TableFormat(str, Enum):
    """How the rule table is printed."""

    MARKDOWN = "markdown"
    CSV = "csv"


@app.command()
def demo() -> None:
    """Run the demonstration clinic on this machine: both processes, SQLite, made-up secrets."""
    from bot.cli.rasa_programs import ROOT

    os.chdir(ROOT)  # the demonstration's data and model are in the project's folder, wherever it is started from
    _serve(settings_in_force(demo=True))


@app.command()
def serve() -> None:
    """Run a clinic: both processes, with the settings of the environment."""
    _serve(settings_in_force(demo=False))


@app.command()
def migrate(demo: Demo = False) -> None:
    """Bring the database to the newest version of its tables."""
    from bot.cli.assembly import migrate_database

    typer.echo(f"The database is at version {migrate_database(settings_in_force(demo))}.")


@app.command("setup-link")
def setup_link(demo: Demo = False) -> None:
    """Print a fresh link that makes one staff account, once, within 24 hours."""
    from bot.cli.assembly import new_account_link

    typer.echo(new_account_link(settings_in_force(demo)))


@app.command()
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what a run would erase.")] = False,
    demo: Demo = False,
) -> None:
    """Erase what has been kept as long as the clinic has set; the running service does so every night."""
    from bot.cli.retention import erased, looked

    typer.echo((looked if dry_run else erased)(settings_in_force(demo)))


@app.command()
def read(language: Language = "en") -> None:
    """Read messages: JSON lines in, findings, regions and red flags out. Needs no server."""
    from bot.cli.lines import answer_lines
    from bot.cli.reading import line_reader

    answer_lines(sys.stdin.buffer, sys.stdout.buffer, answer=line_reader(language))


@app.command()
def understand() -> None:
    """The same as read, with intents from the trained model. Needs no server."""
    from bot.cli.understand import understand_lines

    understand_lines(sys.stdin.buffer, sys.stdout.buffer)


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="One message, in quotes.")],
    asked: Annotated[
        list[Finding] | None, typer.Option(help="A finding that the last question was about; may be given again.")
    ] = None,
    language: Language = "en",
) -> None:
    """Show what a sentence is read as, and which words decided it."""
    from rich.console import Console

    from bot.cli.explain import explanation

    Console().print(explanation(sentence, language, asked=tuple(asked or ())))


@app.command()
def rules(
    format: Annotated[TableFormat, typer.Option(help="markdown or csv.")] = TableFormat.MARKDOWN,
    language: Language = "en",
    region: Region = None,
    overlay: Overlay = None,
    signatures: Annotated[Path | None, typer.Option(help=SIGNATURES)] = None,
) -> None:
    """Print the clinical rules as a table that a physiotherapist can sign, and who signed it."""
    from bot.cli.data_in_force import data_in_force
    from bot.cli.knowledge import printed_rules

    data = data_in_force(language, region=region, overlay=overlay, signatures=signatures)
    typer.echo(printed_rules(format.value, data), nl=False)


@app.command()
def sign(
    name: Annotated[str, typer.Option(help="The reviewer's name.")],
    licence: Annotated[str, typer.Option(help="The reviewer's licence or registration number.")],
    language: Language = "en",
    region: Region = None,
    overlay: Overlay = None,
    out: Annotated[Path | None, typer.Option(help=SIGNATURES)] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Sign without being asked once more.")] = False,
) -> None:
    """Sign the clinical rules in force, as the physiotherapist who has read them."""
    from datetime import datetime

    from bot.cli.data_in_force import data_in_force
    from bot.cli.sign import QUESTION, sheet_for

    data = data_in_force(language, region=region, overlay=overlay, signatures=out)
    sheet = sheet_for(name, licence, data=data, now=datetime.now().astimezone())
    typer.echo(sheet.shown)
    if not yes:
        typer.confirm(QUESTION, abort=True)
    typer.echo(sheet.keep(datetime.now().astimezone()))


@app.command("check-knowledge")
def check_knowledge(language: Language = "en", region: Region = None, overlay: Overlay = None) -> None:
    """Check every clinical data file and text; ends with code 1 and one line per fault when there are any."""
    from bot.cli.data_in_force import data_in_force
    from bot.cli.knowledge import faults

    data = data_in_force(language, region=region, overlay=overlay)
    found = faults(language=data.language, region=data.region, overlay=data.overlay)
    for fault in found:
        typer.echo(fault, err=True)
    typer.echo(f"{len(found)} faults in the clinical data." if found else "The clinical data are sound.")
    raise typer.Exit(1 if found else 0)


@app.command()
def evaluate(
    file: Labelled,
    json: Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")] = False,
    language: Language = "en",
) -> None:
    """Measure the reader on a labelled file: F1 by finding, wrong polarity, regions, durations, red flags."""
    from rich.console import Console

    from bot.cli.evaluate import evaluate_file, report, tables

    figures = evaluate_file(file, language)
    if json:
        typer.echo(report(figures))
        return
    for table in tables(figures):
        Console().print(table)


@app.command()
def converse(
    file: Labelled,
    url: Annotated[str, typer.Option(help="The running service.")] = "http://localhost:8000",
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many lines.")] = None,
) -> None:
    """Hold a conversation with each line of a file; code 1 on an error, a dead end or too many questions."""
    import json as json_module

    from rich.console import Console

    from bot.cli.converse import converse, summary

    courses = converse(file, url, limit=limit, console=Console(stderr=True))
    typer.echo(json_module.dumps(summary(courses), indent=2))
    raise typer.Exit(1 if any(course.failed for course in courses) else 0)


def _serve(in_force: "Settings") -> None:
    """Both processes until Ctrl-C."""
    from rich.console import Console

    from bot.cli.serving import plan_for
    from bot.cli.supervisor import supervise

    supervise(plan_for(in_force), Console())
