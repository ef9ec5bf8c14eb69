"""How far the patient has come: which question this is, and about how many there will be."""

from dataclasses import replace

from bot.clinical.encounter import Encounter
from bot.clinical.plan import MOST_QUESTIONS, next_question
from bot.clinical.protocol import Protocol
from bot.clinical.safety import open_lists


def progress(encounter: Encounter, protocol: Protocol) -> tuple[int, int] | None:
    """The number of the waiting question and the likely number of all; None where none of them waits.

    The rest is counted as if the patient answered each question in the ordinary way, with nothing to follow up.
    """
    waiting = encounter.open_question
    if waiting is None or waiting.id not in encounter.asked:
        return None
    at, left = encounter.asked.index(waiting.id) + 1, 0
    encounter = _answered(encounter, waiting.id, waiting.items)
    while (id := next_question(encounter, protocol)) is not None and left < MOST_QUESTIONS:
        items = next((one.items for one in open_lists(encounter, protocol) if one.id == id), ())
        encounter = _answered(encounter, id, tuple(item.id for item in items))
        left += 0 if id in encounter.asked else 1
        encounter = replace(encounter, asked=tuple(dict.fromkeys((*encounter.asked, id))))
    return at, max(at + left, 1)


def _answered(encounter: Encounter, id: str, items: tuple[str, ...]) -> Encounter:
    return replace(
        encounter,
        answered=(*encounter.answered, id),
        cleared=(*encounter.cleared, *items),
        to_follow=() if id.startswith("safety.unsure") else encounter.to_follow,
        who=encounter.who or ("me_19_49" if id == "who" else None),
        open_question=None,
    )
