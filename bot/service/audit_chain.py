"""The chain of the audit: how each line is bound to the one before it, and what is wrong with a chain that is broken.

A line's hash is an HMAC-SHA256 over the hash before it and everything the line says, with a key made from the clinic's
secret, so that whoever can only write to the database cannot make a line that fits. The head tells how many lines there
are and how the last one ends; it is sealed with the same key, so that a tail that was cut off is noticed too.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

UNKEYED = b"a chain that anybody can make"
"""The key of databases that no clinic uses."""
BEGINNING = "0" * 64
"""What stands before the first line."""
HEAD_FORGED = "audit.head_forged"
"""The action of the line that is written when the head was not sealed with our key."""


@dataclass(frozen=True)
class Said:
    """What a line tells: who did what to which opaque id, and when."""

    at: datetime
    actor: str
    action: str
    subject: str | None
    detail: str | None


@dataclass(frozen=True)
class AuditLine:
    """A line with its place in the chain."""

    id: int
    said: Said
    previous: str
    hash: str


@dataclass(frozen=True)
class Head:
    """Where the chain ends: the id and hash of the last line, how many there are, and the seal over all three."""

    last_id: int
    lines: int
    hash: str
    seal: str


class Fault(str, Enum):
    """What is wrong with a chain, at the first place where it is."""

    CHANGED = "changed"
    """The line says something else than was written, or was written without the key."""
    MISPLACED = "misplaced"
    """The line stands where it was not written, or was put in without the key."""
    MISSING = "missing"
    """Lines before this one were removed."""
    CUT = "cut"
    """Lines at the end were removed, or put there behind the head's back."""
    HEAD = "head"
    """The head is gone, or was changed without the key."""


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold."""

    fault: Fault
    id: int


@dataclass(frozen=True)
class Verdict:
    """What became of a check: how many lines hold, the last of them, and the first break, if there is one."""

    lines: int
    last_id: int
    hash: str
    found: Break | None

    @property
    def holds(self) -> bool:
        """Nothing is broken."""
        return self.found is None


def key_of(secret: str) -> bytes:
    """The key of the chain, made from the clinic's secret and good for nothing else."""
    return hmac.digest(secret.encode(), b"needlepoint: the chain of the audit, 1", hashlib.sha256)


def linked(key: bytes, said: Said, *, id: int, previous: str) -> AuditLine:
    """The line as it follows that hash."""
    return AuditLine(id, said, previous, _hash(key, said, id=id, previous=previous))


def sealed(key: bytes, *, last_id: int, lines: int, hash: str) -> Head:
    """The head of a chain that ends so."""
    return Head(last_id, lines, hash, _digest(key, ["head", last_id, lines, hash]))


def is_sealed(key: bytes, head: Head) -> bool:
    """Whether the head was written with this key."""
    ours = sealed(key, last_id=head.last_id, lines=head.lines, hash=head.hash)
    return hmac.compare_digest(ours.seal, head.seal)


class Check:
    """Goes along a chain from its beginning; what it remembers does not grow with it."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.lines = 0
        self.last_id = 0
        self.hash = BEGINNING

    def follow(self, lines: Iterable[AuditLine]) -> Break | None:
        """The first of these lines that does not follow from the ones before it."""
        for line in lines:
            fault = self._fault(line)
            if fault is not None:
                return Break(fault, line.id)
            self.lines, self.last_id, self.hash = self.lines + 1, line.id, line.hash
        return None

    def end(self, head: Head | None) -> Break | None:
        """What is wrong with the end of a chain that has this head."""
        if head is None or not is_sealed(self._key, head):
            return Break(Fault.HEAD, head.last_id if head else self.last_id)
        if (head.last_id, head.lines, head.hash) != (self.last_id, self.lines, self.hash):
            return Break(Fault.CUT, self.last_id + 1)
        return None

    def verdict(self, found: Break | None) -> Verdict:
        """What the check has come to."""
        return Verdict(self.lines, self.last_id, self.hash, found)

    def _fault(self, line: AuditLine) -> Fault | None:
        follows = line.previous == self.hash
        if line.hash != _hash(self._key, line.said, id=line.id, previous=line.previous):
            return Fault.CHANGED if follows else Fault.MISPLACED
        if not follows:
            return Fault.MISSING
        return Fault.HEAD if line.said.action == HEAD_FORGED else None


def _hash(key: bytes, said: Said, *, id: int, previous: str) -> str:
    at = said.at.astimezone(UTC).isoformat(timespec="microseconds")
    return _digest(key, [previous, id, at, said.actor, said.action, said.subject, said.detail])


def _digest(key: bytes, values: list[object]) -> str:
    """Over a JSON list, in which no two lists of values look the same."""
    return hmac.digest(key, json.dumps(values).encode(), hashlib.sha256).hex()
