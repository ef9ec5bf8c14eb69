"""The line format of `needlepoint read`: one message in, one JSON line out, a bad line answered and never a stop."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.clinical.reading import Mention, Reading, RedFlag, findings_of
from bot.clinical.vocabulary import Finding
from bot.errors import NotUnderstood
from bot.reading.reader import Reader


@dataclass(frozen=True)
class Line:
    """One message to be read."""

    id: Any
    text: str
    asked: tuple[Finding, ...] = ()
    today: date | None = None


def read_lines(reader: Reader, lines: Iterable[str | bytes], *, today: date) -> Iterator[str]:
    """One JSON line for each line that is not blank, in order, as soon as it has been read."""
    for line in lines:
        if line.strip():
            yield answer_line(reader, line, today=today)


def answer_line(reader: Reader, line: str | bytes, *, today: date) -> str:
    """The JSON line for one input line; `today` holds where the line names no date of its own."""
    try:
        message = parse_line(line)
    except NotUnderstood as error:
        return to_json({"id": _id_of(line), "error": str(error)})
    reading = reader.read(message.text, asked=message.asked, today=message.today or today)
    return to_json({"id": message.id, **as_line(reading)})


def parse_line(line: str | bytes) -> Line:
    """The message of an input line; NotUnderstood says what is wrong with it."""
    return line_of(_json(line))


def line_of(found: Any) -> Line:
    """The message of a line whose JSON has been read; NotUnderstood says what is wrong with it."""
    if not isinstance(found, dict):
        raise NotUnderstood('the line is no JSON object: write {"id": "...", "text": "..."}')
    if not isinstance(found.get("text"), str):
        raise NotUnderstood("`text` is missing or no text: give the message as a string")
    return Line(found.get("id"), found["text"], _asked(found.get("asked")), _date(found.get("now")))


def as_line(reading: Reading, flags: tuple[RedFlag, ...] | None = None) -> dict[str, Any]:
    """What a reading says, as the contract's line; `flags` stand in for the reading's own when given."""
    said = findings_of(reading.mentions)
    return {
        "findings": {finding.value: presence.value for finding, presence in said.items()},
        "mentions": [_mention(mention) for mention in reading.mentions],
        "regions": [region.value for region in reading.regions],
        "duration_days": reading.duration_days,
        "red_flags": [_flag(flag) for flag in (reading.flags if flags is None else flags)],
        "precautions": list(reading.precautions),
        "imaging": _imaging(reading),
        "severity": reading.severity,
        "answer": reading.answer.value if reading.answer else None,
        "qualities": list(reading.background.qualities),
        "onset": reading.background.onset.value if reading.background.onset else None,
        "payer": reading.background.payer,
        "claim": reading.background.claim,
        "language": reading.language,
    }


def to_json(line: dict[str, Any]) -> str:
    """The line as JSON that any UTF-8 stream can carry: lone surrogates are written as escapes."""
    written = json.dumps(line, ensure_ascii=False)
    try:
        written.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(line)
    return written


def _imaging(reading: Reading) -> str | None:
    """The contract's three words: a scan that is booked or was never done is `mentioned`."""
    if reading.imaging is None:
        return None
    return reading.imaging.value if reading.imaging.value in ("normal", "abnormal") else "mentioned"


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "finding": mention.finding.value,
        "presence": mention.presence.value,
        "about": mention.about.value,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "regions": [region.value for region in mention.regions],
        "side": mention.side.value if mention.side else None,
        "near_spine": mention.near_spine,
        "visceral": mention.visceral,
    }


def _flag(flag: RedFlag) -> dict[str, Any]:
    return {
        "class": flag.flag_class.value,
        "level": flag.level.value,
        "onset": flag.onset.value,
        "ask": flag.ask,
        "text": flag.text,
    }


def _json(line: str | bytes) -> Any:
    text = line.decode("utf-8", "replace") if isinstance(line, bytes) else line
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(f"the line is no JSON ({type(error).__name__}): write one object on one line") from error


def _id_of(line: str | bytes) -> Any:
    """The id of a line that cannot be read further, if there is one."""
    try:
        found = _json(line)
    except NotUnderstood:
        return None
    return found.get("id") if isinstance(found, dict) else None


def _asked(named: Any) -> tuple[Finding, ...]:
    """The findings asked about; names that are no finding are refused."""
    if named is None or named == "":
        return ()
    listed = [named] if isinstance(named, str) else named
    known = {finding.value: finding for finding in Finding}
    if not isinstance(listed, list) or not all(isinstance(name, str) and name in known for name in listed):
        raise NotUnderstood(f"`asked` names no finding: use one or a list of {', '.join(known)}")
    return tuple([known[name] for name in listed])


def _date(written: Any) -> date | None:
    if written is None:
        return None
    try:
        return datetime.fromisoformat(str(written).replace("Z", "+00:00")).date()
    except ValueError as error:
        raise NotUnderstood("`now` is no date: write it as 2026-11-22") from error
