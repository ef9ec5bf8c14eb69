"""Actions that run inside the rasa process instead of behind a server of their own."""

import traceback
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from actions.screening_turn import ScreeningTurn

ANSWER = {
    "type": "object",
    "required": ["events", "responses"],
    "properties": {
        "events": {"type": "array", "items": {"type": "object", "required": ["event"]}},
        "responses": {"type": "array", "items": {"type": "object"}},
    },
}


class InProcessActions(EndpointConfig):
    """An action endpoint without a network: rasa's question goes to the action, its answer straight back."""

    def __init__(self, executor: ActionExecutor) -> None:
        """Answer with this executor; the domain, which no action of ours reads, is left out of the question."""
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = executor

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """What the action answered; rasa logs what goes wrong, so that must not quote a patient."""
        try:
            return await self._executor.run(kwargs["json"])
        except Exception as error:  # noqa: BLE001  # whatever it is, it may quote a patient
            raise RasaException(f"the action failed: {without_words(error)}") from None


def without_words(error: Exception) -> str:
    """Which error it was and where, without its message, which may hold what a patient wrote."""
    places = traceback.extract_tb(error.__traceback__)
    where = f" at {places[-1].filename}:{places[-1].lineno}" if places else ""
    return f"{type(error).__name__}{where}"


def build_actions(*, overlay: str | None) -> InProcessActions:
    """The project's actions, ready to be called."""
    executor = ActionExecutor()
    executor.register_action(ScreeningTurn(overlay))
    return InProcessActions(executor)


def compile_answer_check() -> None:
    """Let rasa check the shape of an action's answer, compiled once.

    Its own schema, itself checked each turn, tells every kind of event apart; reading the events does that anyway.
    """
    check = Draft202012Validator(ANSWER)

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        try:
            check.validate(result)
        except ValidationError as error:
            raise RasaException(f"the action's answer is malformed at {list(error.absolute_path)}") from None
        return True

    RemoteAction._validate_action_result = validate  # rasa offers no other way


def remember_event_types() -> None:
    """Let rasa look up the type of an action's event once: it would go through every kind it knows each time."""
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(lru_cache(maxsize=64)(Event.resolve_by_type))
