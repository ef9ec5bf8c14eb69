"""The result's document as JSON and as plain text."""

from typing import Any

from bot.clinical.document import Document


def as_json(document: Document) -> dict[str, Any]:
    """The body of GET /api/chat/summary."""
    return {
        "title": document.title,
        "clinic": document.clinic,
        "made_on": document.made_on.isoformat(),
        "lines": list(document.lines),
        "count": document.count,
        "rows": [list(row) for row in document.rows],
        "notes": [[note.label, note.value] for note in document.notes],
    }


def as_text(document: Document) -> str:
    """The document as plain text, for any system that takes words."""
    rows = [(document.findings_title, document.count), *document.rows]
    notes = [(note.label, note.value) for note in document.notes]
    parts = (
        (document.title, document.made, document.show),
        document.lines,
        tuple(f"{label}: {value}" for label, value in rows),
        tuple(f"{label}: {value}" for label, value in notes),
        (document.foot,),
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"
