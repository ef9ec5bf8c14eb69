"""Staff passwords: argon2id hashes, and the few rules a new one must meet."""

from enum import Enum
from functools import cached_property, lru_cache
from importlib.resources import files
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
AT_ONCE = 2
"""Hashes worked out at the same time; each takes 64 MB."""


class Weakness(str, Enum):
    """Why a password is not good enough."""

    SHORT = "password_short"
    LONG = "password_long"
    COMMON = "password_common"
    PERSONAL = "password_personal"


def weakness(password: str, *, name: str, email: str) -> Weakness | None:
    """What is wrong with a new password, None when it will do."""
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    plain = password.casefold()
    if plain in _common() or plain.strip("0123456789!.?*#$ ") in _common() or len(set(plain)) < 5:
        return Weakness.COMMON
    if any(len(part) > 3 and part in plain and len(plain) < len(part) + 6 for part in _parts(name, email)):
        return Weakness.PERSONAL
    return None


class Passwords:
    """Hashes and verifies, no more than two at once; an unknown account costs as much as a known one."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._turn = BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """The argon2id hash to keep."""
        with self._turn:
            return self._hasher.hash(password)

    def matches(self, password: str, kept: str | None) -> bool:
        """Whether the password belongs to the kept hash; without one the same work is done for nothing."""
        with self._turn:
            nobody = self._nobody
            try:
                return self._hasher.verify(kept or nobody, password) and kept is not None
            except (VerificationError, InvalidHashError):
                return False

    @cached_property
    def _nobody(self) -> str:
        """A hash that no password is accepted for."""
        return self._hasher.hash("the password of nobody")


def _parts(name: str, email: str) -> tuple[str, ...]:
    account = email.casefold().partition("@")
    return (*name.casefold().split(), account[0], account[2].partition(".")[0])


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    text = (files("bot.service") / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))
