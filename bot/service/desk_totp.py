"""Codes of a second factor: the six digits of the moment, and the recovery codes for when the phone is gone."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp

DRIFT = 1
"""Half minutes that a phone's clock may be off."""
DIGITS = 6
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the ones that look alike on paper."""
_GROUPS = 4
_GROUP = 4


@dataclass(frozen=True)
class Offer:
    """A secret that somebody may take into an authenticator app; `uri` is what its QR code says."""

    secret: str
    uri: str


def offer(secret_key: str, *, seed: str, account: str, issuer: str) -> Offer:
    """The offer to one signed-in browser: the same at each look, another for each seed, and kept nowhere."""
    made = hmac.new(secret_key.encode(), f"offered second factor:{seed}".encode(), hashlib.sha256).digest()
    secret = base64.b32encode(made[:20]).decode()
    return Offer(secret, pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer))


def step_of(code: str, *, secret: str, now: datetime) -> int | None:
    """The half minute that the code is of, at most one before or after this one; None when it is wrong."""
    totp = pyotp.TOTP(secret)
    this = totp.timecode(now)
    steps = range(this + DRIFT, this - DRIFT - 1, -1)
    matching = [step for step in steps if hmac.compare_digest(totp.generate_otp(step), code)]
    return matching[0] if matching else None


def plain_code(typed: str) -> str:
    """A code as it was meant, however it was spaced."""
    return "".join(sign for sign in typed.casefold() if sign.isascii() and sign.isalnum())


def is_digits(code: str) -> bool:
    """Whether this is a code of the moment and no recovery code."""
    return len(code) == DIGITS and code.isdigit()


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes of 79 random bits each, in groups that can be read out."""
    return tuple("-".join(_group() for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES))


def _group() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_GROUP))
