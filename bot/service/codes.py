"""One-time codes that continue a conversation on another device: easy to read out, kept as a keyed digest only."""

import hmac
import secrets
from hashlib import sha256

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without letters and digits that look alike; eight of them make 650 thousand million codes."""
LENGTH = 8
HALF = LENGTH // 2
MINUTES = 10
SALT = "needlepoint.code:"


def new_code() -> str:
    """A code as it is shown: two groups of four."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{drawn[:HALF]}-{drawn[HALF:]}"


def read_code(written: str) -> str | None:
    """The code that was typed, however it was grouped and whatever its case; None when it can be none."""
    typed = "".join(sign for sign in written if sign.isalnum()).upper()
    return typed if len(typed) == LENGTH and set(typed) <= set(ALPHABET) else None


def digest_of(code: str, *, secret: str) -> str:
    """What is kept of a code: without the clinic's secret nobody can try out which code it was."""
    return hmac.new(secret.encode(), f"{SALT}{read_code(code)}".encode(), sha256).hexdigest()
