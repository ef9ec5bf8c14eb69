"""A stamp says from which inputs something was built, so that setup builds again only what changed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Iterable

PASSED_OVER = ("__pycache__", ".DS_Store")


def fingerprint(root: Path, inputs: Iterable[str]) -> str:
    """Return one hash over the project's place and these files and folders, missing ones included."""
    digest = hashlib.sha256(str(root).encode())
    for name in inputs:
        digest.update(f"\n{name}\n".encode())
        for file in _files(root / name):
            digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(stamp: Path, expected: str) -> bool:
    """Say whether the stamp was made from exactly these inputs."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == expected


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and not set(PASSED_OVER) & set(file.parts))
