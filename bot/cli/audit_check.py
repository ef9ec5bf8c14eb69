"""Verifying the audit's chain from the command line, with what a person is told of it."""

from collections.abc import Iterator

from rich.console import Console
from rich.progress import Progress

from bot.cli.assembly import clinic_database, system_act
from bot.errors import NotUnderstood
from bot.service.audit_chain import Break, Fault, Verdict
from bot.service.audit_records import AuditTrail
from bot.settings import Settings
from bot.store.audit_trail import SqlAuditTrail

NAMED = {
    Fault.CHANGED: "line {id} was changed, or was written without the clinic's key",
    Fault.MISPLACED: "line {id} was moved here, or was put in without the clinic's key",
    Fault.MISSING: "lines before line {id} were removed",
    Fault.CUT: "the lines from {id} on are not those that the head tells of: lines at the end were removed",
    Fault.HEAD: "the head was removed or changed without the clinic's key, at or before line {id}",
}
OTHER_KEY = " If SECRET_KEY has been changed since, set AUDIT_KEY to the former one."


def checked(settings: Settings, *, expect: str | None) -> tuple[str, bool]:
    """What is to be told of the chain, and whether it holds; that it was verified is written down."""
    wanted = _place(expect) if expect else None
    with clinic_database(settings) as database:
        trail = SqlAuditTrail(database)
        verdict = _watched(trail.check())
        missing = wanted is not None and not _has(trail, *wanted)
        trail.keep_verdict(verdict, act=system_act())
    if verdict.holds and missing:
        return f"The chain holds, but is another one: it has no line {expect}.", False
    return _told(verdict), verdict.holds


def _watched(verdicts: Iterator[Verdict]) -> Verdict:
    """The last verdict, with the lines counted on a terminal meanwhile."""
    console = Console(stderr=True)
    quiet = not console.is_terminal
    with Progress("{task.description}", console=console, transient=True, disable=quiet) as shown:
        task = shown.add_task("Verifying", total=None)
        verdict = Verdict(0, 0, "", None)
        for verdict in verdicts:
            shown.update(task, description=f"Verifying: {verdict.lines:,} lines hold")
    return verdict


def _told(verdict: Verdict) -> str:
    if verdict.found is None:
        return f"The chain holds: {verdict.lines} lines. Its end is {verdict.last_id}:{verdict.hash}"
    hint = OTHER_KEY if verdict.lines == 0 else ""
    return f"The chain is broken: {_named(verdict.found)}. {verdict.lines} lines before that hold.{hint}"


def _named(found: Break) -> str:
    return NAMED[found.fault].format(id=found.id)


def _has(trail: AuditTrail, id: int, hash: str) -> bool:
    line = trail.at(id)
    return line is not None and line.hash == hash


def _place(written: str) -> tuple[int, str]:
    id, _, hash = written.partition(":")
    if not (id.isascii() and id.isdigit() and hash):
        raise NotUnderstood("--expect: give LINE:HASH as `needlepoint audit verify` prints it")
    return int(id), hash
