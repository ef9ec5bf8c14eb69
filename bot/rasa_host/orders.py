"""What the web process may ask of this one, checked at the door."""

from collections.abc import Mapping
from typing import Any

from actions.events import red_flag
from bot.clinical.codec import from_data
from bot.clinical.encounter import SCHEMA, Encounter
from bot.clinical.event import Facts
from bot.errors import EncounterError, NotUnderstood, TooLong
from bot.rasa_host.turn import TurnOrder

LONGEST_TEXT = 4_000


def order_of(body: Any) -> TurnOrder:
    """The turn that a body orders; NotUnderstood, TooLong or EncounterError when it is not one."""
    if not isinstance(body, Mapping):
        raise NotUnderstood("the body is not a JSON object")
    if ("text" in body) == ("choices" in body):
        raise NotUnderstood("a turn has either text or choices")
    encounter, facts, flags = (body.get(name) for name in ("encounter", "facts", "flags"))
    _check(encounter, facts, flags)
    return TurnOrder(_message_id(body), _text(body), _choices(body), flags, encounter, facts)


def _check(encounter: Any, facts: Any, flags: Any) -> None:
    """Refuse now what would only fail later, inside rasa, where it is harder to say what was wrong."""
    if encounter is not None and from_data(Encounter, encounter).schema != SCHEMA:
        raise EncounterError(f"the encounter's schema is not {SCHEMA}: run the same version in both processes")
    try:
        from_data(Facts, facts)
        for flag in flags or ():
            red_flag(flag)
    except (EncounterError, AttributeError, TypeError) as error:
        raise NotUnderstood(f"facts or flags are not what the contract describes: {error}") from None
    if flags is not None and not isinstance(flags, list):
        raise NotUnderstood("flags are a list")


def _message_id(body: Mapping[str, Any]) -> str:
    message_id = body.get("message_id")
    if not isinstance(message_id, str) or not message_id:
        raise NotUnderstood("a turn has a message_id")
    return message_id


def _text(body: Mapping[str, Any]) -> str | None:
    text = body.get("text")
    if "text" in body and not isinstance(text, str):
        raise NotUnderstood("text is a string")
    if text and len(text) > LONGEST_TEXT:
        raise TooLong(f"text has at most {LONGEST_TEXT:,} characters")
    return text


def _choices(body: Mapping[str, Any]) -> tuple[str, ...]:
    choices = body.get("choices", [])
    if not isinstance(choices, list) or not all(isinstance(choice, str) for choice in choices):
        raise NotUnderstood("choices are a list of ids")
    return tuple(choices)
