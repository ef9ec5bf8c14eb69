"""The widget's files: addresses that change with their content, so that browsers may keep them for ever."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

FOLDER = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


def fingerprints(folder: Path = FOLDER) -> dict[str, str]:
    """The version of every file below the folder, made from its content."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): _digest(file) for file in files}


def address(name: str, versions: Mapping[str, str]) -> str:
    """Where a page finds a file, with its version."""
    return f"/static/{name}?v={versions.get(name, '')}"


class Assets(StaticFiles):
    """Serves the files; one asked for by its version never needs asking again."""

    def __init__(self, versions: Mapping[str, str], folder: Path = FOLDER) -> None:
        super().__init__(directory=folder)
        self._versions = versions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one file."""
        asked = scope.get("query_string", b"").decode("latin-1")
        scope["needlepoint.version"] = asked.removeprefix("v=") if asked.startswith("v=") else None
        await super().__call__(scope, receive, send)

    def file_response(self, full_path: Any, stat_result: Any, scope: Scope, status_code: int = 200) -> Response:
        """The file with the time it may be kept."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        name = Path(full_path).relative_to(Path(str(self.directory)).resolve()).as_posix()
        current = scope["needlepoint.version"] is not None and scope["needlepoint.version"] == self._versions.get(name)
        MutableHeaders(raw=response.raw_headers)["Cache-Control"] = FOR_EVER if current else ASK_AGAIN
        return response


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
