"""Secrets of second factors at rest: sealed for one account with a key made from SECRET_KEY."""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"needlepoint: second factors of staff"
NONCE = 12


class Sealer:
    """Seals and opens; what was sealed for one account opens for no other, nor with another SECRET_KEY."""

    def __init__(self, secret: str) -> None:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
        self._cipher = AESGCM(key)

    def seal(self, plain: str, *, whose: str) -> str:
        """The sealed text, another one each time."""
        nonce = secrets.token_bytes(NONCE)
        sealed = self._cipher.encrypt(nonce, plain.encode(), whose.encode())
        return base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, sealed: str, *, whose: str) -> str | None:
        """The plain text; None when it is damaged, another's, or was sealed with another SECRET_KEY."""
        try:
            raw = base64.urlsafe_b64decode(sealed.encode())
            return self._cipher.decrypt(raw[:NONCE], raw[NONCE:], whose.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError):
            return None
