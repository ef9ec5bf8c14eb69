"""A pretended machine: a folder to put on PATH, with programs that say what a test wants them to say."""

from pathlib import Path


def program(path: Path, script: str) -> Path:
    """Write a program at this path and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def python(path: Path, version: str) -> Path:
    """Write a program that answers setup's question as a Python of this version."""
    return program(path, f'echo "cpython {version} {path}"')


def refusing_shim(path: Path) -> Path:
    """Write what a version manager leaves on PATH for a Python it has not switched on."""
    return program(path, "echo 'command not found' >&2; exit 127")
