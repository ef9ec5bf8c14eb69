"""A small client of the chat API, for conversations that the command line holds."""

import http.client
import json
import time
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.errors import InputError, NeedlepointError

TIMEOUT = 30.0
TRIES = 5


class ChatRefused(NeedlepointError):
    """The service answered with a problem; `status` and the problem's own sentence."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"{status}: {detail}")
        self.status = status


class ChatClient:
    """One connection to a running service."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise InputError(f"{url!r} is no address of a running service; try --url http://localhost:8000")
        kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(address.hostname, address.port, timeout=TIMEOUT)
        self._url = url

    def open(self) -> tuple[str, list[dict[str, Any]]]:
        """A new session's token and opening replies."""
        opened = self._ask("POST", "/api/chat/sessions", {"channel": "web", "language": "en"})
        return opened["token"], opened["replies"]

    def say(self, token: str, **said: Any) -> list[dict[str, Any]]:
        """The replies to one text or choice; asked again with the same id when the service says to wait."""
        message = {"id": str(uuid.uuid4()), **said}
        replies: list[dict[str, Any]] = self._ask("POST", "/api/chat/messages", message, token)["replies"]
        return replies

    def encounter(self, token: str) -> dict[str, Any]:
        """What the service knows of this session's patient."""
        return self._ask("GET", "/api/chat/encounter", None, token)

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None, token: str | None = None) -> dict[str, Any]:
        for _ in range(TRIES):
            status, answer, wait = self._once(method, path, body=body, token=token)
            if status != 429:
                break
            time.sleep(wait)
        if status >= 400:
            raise ChatRefused(status, str(answer.get("detail", "")))
        return answer

    def _once(
        self, method: str, path: str, *, body: Mapping[str, Any] | None, token: str | None
    ) -> tuple[int, dict[str, Any], int]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        content = json.dumps(body) if body is not None else None
        try:
            self._connection.request(method, path, body=content, headers=headers)
            answer = self._connection.getresponse()
            return answer.status, json.loads(answer.read() or b"{}"), int(answer.headers.get("Retry-After", "1"))
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._connection.close()
            raise ChatRefused(0, f"no usable answer from {self._url}; is `make run` running?") from error
