"""The desk's style sheet, scripts and icon: where they are, and addresses that change with their content."""

import hashlib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
SCRIPT = "text/javascript"
KINDS = {"desk.css": "text/css", "desk.js": SCRIPT, "keys.js": SCRIPT, "talk.js": SCRIPT, "icon.svg": "image/svg+xml"}


@lru_cache(maxsize=len(KINDS))
def version(name: str) -> str:
    """A short digest of the file's content."""
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]


def address(name: str) -> str:
    """Where a page finds the file, with its version."""
    return f"/desk/static/{name}?v={version(name)}"
