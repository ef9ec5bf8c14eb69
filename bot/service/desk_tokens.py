"""Tokens of links and cookies: made at random, known afterwards by their digest only."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """A token of 256 random bits."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a token: enough to know it again, not to make it."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_digest(secret: str, *parts: str) -> str:
    """What is kept of something that could be guessed: without the clinic's secret the guesses cannot be tried."""
    return hmac.new(secret.encode(), ":".join(parts).encode(), hashlib.sha256).hexdigest()
