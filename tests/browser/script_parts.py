"""How the scripted clinic words a bubble and a question."""

from collections.abc import Mapping
from typing import Any

Body = dict[str, Any]


def message(text: str) -> Body:
    """A plain bubble."""
    nothing: Body = {"question": None, "choices": [], "multiple": False, "asks": None, "data": None}
    return {"kind": "message", "text": text, **nothing}


def question(
    id: str, prompt: str, choices: Mapping[str, str], *, multiple: bool = False, kind: str = "question"
) -> Body:
    """A question with its choices, as the server words it: the list is in the text, not in the prompt."""
    lines = [f"{number}. {label}" for number, label in enumerate(choices.values(), start=1)]
    offered = [{"id": name, "label": label} for name, label in choices.items()]
    told = {"kind": kind, "question": id, "choices": offered, "multiple": multiple, "data": {"prompt": prompt}}
    return {**message("\n".join([prompt, *lines])), **told}
