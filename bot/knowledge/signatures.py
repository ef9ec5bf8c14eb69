"""Who signed the clinical rules: a file of the clinic with one line of JSON a signature, only ever added to."""

import errno
import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from bot.errors import SignatureError


@dataclass(frozen=True)
class Signature:
    """One person's word that they read the rules of exactly this version; `overlay` names the clinic's own file."""

    name: str
    licence: str
    signed_at: datetime
    version: str
    language: str
    region: str
    overlay: str | None

    def __post_init__(self) -> None:
        """Nobody signs without a name or a licence number, or at a moment that depends on the machine."""
        for name in ("name", "licence", "version", "language", "region"):
            if not _is_line(getattr(self, name)):
                raise SignatureError(f"the {name} of a signature is empty or no plain line: give it in one line")
        if not (self.overlay is None or _is_line(self.overlay)):
            raise SignatureError("the overlay of a signature is no plain line: name the file, or leave it out")
        if self.signed_at.tzinfo is None:
            raise SignatureError("the moment of a signature has no offset: write it like 2026-11-22T09:00:00-08:00")


FIELDS = tuple(field.name for field in fields(Signature))


def read_signatures(file: Path) -> tuple[Signature, ...]:
    """Every signature, oldest first; none when nobody signed yet; SignatureError names the line that is damaged."""
    try:
        with file.open("rb") as kept:
            fcntl.flock(kept, fcntl.LOCK_SH)  # whoever is signing finishes the line first
            return _parse(kept.read(), file)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise SignatureError(f"{file}: cannot be read: {error.strerror}; give the path of a file") from error


def add_signature(file: Path, signature: Signature) -> None:
    """The file with one line more, or just as it was and a SignatureError: no earlier line is ever touched."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a+b", buffering=0) as kept:
            # Two who sign at once do so one after the other.
            fcntl.flock(kept, fcntl.LOCK_EX)
            kept.seek(0)
            before = kept.read() or b""
            _parse(before, file)
            _append(kept, _line(signature), before)
    except OSError as error:
        raise SignatureError(f"{file}: cannot be written: {error.strerror}; nothing was signed") from error


def _append(kept: BinaryIO, line: bytes, before: bytes) -> None:
    """The line whole and on the disk, or not at all."""
    missing_end = b"" if before.endswith(b"\n") or not before else b"\n"
    try:
        _write_whole(kept, missing_end + line)
    except OSError:
        os.ftruncate(kept.fileno(), len(before))
        raise


def _write_whole(kept: BinaryIO, line: bytes) -> None:
    if kept.write(line) != len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(kept.fileno())


def _line(signature: Signature) -> bytes:
    content = {**asdict(signature), "signed_at": signature.signed_at.isoformat()}
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"


def _parse(content: bytes, file: Path) -> tuple[Signature, ...]:
    lines = content.removesuffix(b"\n").split(b"\n") if content else []
    return tuple(_signature(line, f"{file}: line {number}") for number, line in enumerate(lines, start=1))


def _signature(line: bytes, where: str) -> Signature:
    try:
        said = json.loads(line.decode(), object_pairs_hook=_once_each)
        return Signature(**{**said, "signed_at": datetime.fromisoformat(said["signed_at"])})
    except (ValueError, TypeError, KeyError, SignatureError) as error:
        remedy = "restore the file from a backup; nothing was changed"
        raise SignatureError(f"{where} is damaged: it is no signature ({error}); {remedy}") from error


def _once_each(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    """The fields of a line, which must be those of a signature."""
    if sorted(name for name, _ in pairs) != sorted(FIELDS):
        raise ValueError(f"its fields are not {', '.join(FIELDS)}")
    return dict(pairs)


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and value.strip() == value != "" and value.isprintable()
