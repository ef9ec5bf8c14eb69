"""The widget's files as they are served: small, squeezed once at the start, and kept by browsers for ever.

An address changes with the content, so that a file asked for by its version never needs asking again.
"""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from bot.web import bundle

FOLDER = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
COLOUR = "CLINIC_COLOUR"
"""Stands in widget.js for the clinic's colour."""


@dataclass(frozen=True)
class Asset:
    """One file as it is served, its media type and the version made from its content."""

    content: bytes
    kind: str
    version: str
    squeezed: bytes | None


def build_assets(colour: str | None = None, folder: Path = FOLDER) -> dict[str, Asset]:
    """Every file of the folder by name; what lies deeper is part of the script or sheet that imports it."""
    files = [file for file in sorted(folder.iterdir()) if file.suffix in KINDS]
    return {file.name: asset(_content(file, colour), KINDS[file.suffix]) for file in files}


def asset(content: bytes, kind: str) -> Asset:
    """This content, ready to be served."""
    version = hashlib.sha256(content).hexdigest()[:12]
    squeezed = gzip.compress(content, 9, mtime=0)
    return Asset(content, kind, version, squeezed if len(squeezed) < len(content) else None)


def address(name: str, assets: Mapping[str, Asset]) -> str:
    """Where a page finds a file, with its version."""
    return f"/static/{name}?v={assets[name].version}"


def asset_answer(request: Request, found: Asset, *, headers: Mapping[str, str] | None = None) -> Response:
    """The file, or that the browser's own is still good."""
    current = request.query_params.get("v") == found.version
    told = {
        "Cache-Control": FOR_EVER if current else ASK_AGAIN,
        "ETag": f'W/"{found.version}"',
        "Vary": "Accept-Encoding",
        **(headers or {}),
    }
    if found.version in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=told)
    if found.squeezed and takes_gzip(request):
        return Response(found.squeezed, headers={**told, "Content-Encoding": "gzip"}, media_type=found.kind)
    return Response(found.content, headers=told, media_type=found.kind)


def takes_gzip(request: Request) -> bool:
    """Whether this browser can unpack what was squeezed."""
    return "gzip" in request.headers.get("accept-encoding", "")


def _content(file: Path, colour: str | None) -> bytes:
    if file.suffix == ".css":
        return bundle.sheet(file).encode()
    if file.suffix == ".js":
        return bundle.script(file).replace(COLOUR, colour or "").encode()
    return file.read_bytes()
