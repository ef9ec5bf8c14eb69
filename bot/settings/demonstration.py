"""What the demonstration clinic has that a real one must be given: its facts, its secrets, and no limits."""

import json
import os
import secrets
from pathlib import Path

CLINIC = {"CLINIC_NAME": "Demonstration clinic", "CLINIC_PHONE": "604-555-0100", "REGION": "ca-bc"}
LIMITS = dict.fromkeys(("RATE_SESSIONS", "RATE_MESSAGES", "RATE_REQUESTS"), "1000000")
"""Only this machine can reach the demonstration, and whoever measures it is one address with many sessions."""


def own_secrets(folder: Path) -> dict[str, str]:
    """The secrets kept in the data folder; the first process to ask writes them, the others read the same."""
    file = folder / "demo-secrets.json"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write_once(file, json.dumps({name: secrets.token_hex(32) for name in ("SECRET_KEY", "RASA_SECRET")}))
    kept = json.loads(file.read_text(encoding="utf-8"))
    return {name: str(value) for name, value in kept.items()}


def _write_once(file: Path, content: str) -> None:
    """Linked into place whole, so that two processes that start together agree on one content."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(content)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
