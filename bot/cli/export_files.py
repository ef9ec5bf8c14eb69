"""The files of `needlepoint export`, written one after the other so that they never stand in memory."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import Progress

from bot.cli.assembly import desk_of, system_act
from bot.errors import ExportError, NotUnderstood
from bot.service.desk import DeskServices
from bot.service.export_records import ExportRow, Form, Span
from bot.settings import Settings

NAMED_FAILURES = 5


@dataclass(frozen=True)
class Written:
    """How many were written to which folder, and the ids of those that could not be."""

    count: int
    out: Path
    failed: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What came of it, in a sentence or two."""
        one = f"{self.count} inquiries are in {self.out}."
        named = ", ".join(self.failed[:NAMED_FAILURES])
        return one if not self.failed else f"{one} {len(self.failed)} could not be written, such as {named}."


def exported(
    settings: Settings, span: tuple[datetime | None, datetime | None], *, form: str, out: Path, console: Console
) -> Written:
    """Write what came in within the span; the audit has it before the first file is there."""
    make_empty(out)
    with desk_of(settings) as desk, Progress(console=console, disable=not console.is_terminal) as shown:
        wanted, act = Form(form), system_act()
        ids = desk.exports.arrived(Span(*span), act, form=wanted)
        task = shown.add_task("Inquiries", total=len(ids))
        write = _write_table if wanted is Form.CSV else _write_bundles
        return write(desk, ids, out, advance=lambda: shown.advance(task))


def make_empty(folder: Path) -> None:
    """The folder is there, empty, and nobody else's to read; NotUnderstood when something is in it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise NotUnderstood(f"--out: {folder} is not empty, and nothing is overwritten: name a new folder")
    except OSError as error:
        raise NotUnderstood(f"--out: {folder} cannot be used: {error.strerror}") from None


def _write_table(desk: DeskServices, ids: Sequence[str], out: Path, *, advance: Callable[[], None]) -> Written:
    count = 0

    def counted() -> Iterator[ExportRow]:
        nonlocal count
        for row in desk.exports.book.rows(ids):
            count += 1
            advance()
            yield row

    with _new(out / "inquiries.csv") as file:
        for lines in desk.exports.table(counted(), now=desk.clock.now()):
            file.write(lines)
    return Written(count, out)


def _write_bundles(desk: DeskServices, ids: Sequence[str], out: Path, *, advance: Callable[[], None]) -> Written:
    count, failed = 0, []
    for inquiry in desk.exports.book.whole(ids):
        advance()
        try:
            bundle = desk.exports.bundle(inquiry)
        except ExportError:
            failed.append(inquiry.entry.id)
            continue
        with _new(out / f"{inquiry.entry.id}.fhir.json") as file:
            file.write(bundle)
        count += 1
    return Written(count, out, tuple(failed))


def _new(file: Path) -> TextIO:
    """The file, which must not be there yet, for its owner only; line ends as they are written."""
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(opened, "w", encoding="utf-8", newline="")
