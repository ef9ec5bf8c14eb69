"""Actions run in this process, and nothing that goes wrong in them quotes a patient."""

from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.shared.exceptions import RasaException
from rasa_sdk.executor import ActionExecutor

from bot.rasa_host.in_process_actions import InProcessActions, compile_answer_check

WORDS = "my secret is out"


def endpoint(run: Any) -> InProcessActions:
    executor = ActionExecutor()
    executor.register_function("action_test", run)
    return InProcessActions(executor)


def call() -> dict[str, Any]:
    return {"next_action": "action_test", "tracker": {"sender_id": "s"}}


async def test_the_answer_of_an_action_comes_back() -> None:
    def run(dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        dispatcher.utter_message(text="hello")
        return [{"event": "slot", "name": "a", "value": 1}]

    answer = await endpoint(run).request(json=call())
    assert answer["responses"][0]["text"] == "hello"
    assert answer["events"] == [{"event": "slot", "name": "a", "value": 1}]


async def test_an_error_says_where_it_happened_and_quotes_nobody() -> None:
    def run(dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise KeyError(WORDS)

    with pytest.raises(RasaException) as caught:
        await endpoint(run).request(json=call())
    assert "KeyError" in str(caught.value)
    assert "test_in_process_actions.py" in str(caught.value)
    assert WORDS not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_malformed_answer_is_refused_without_quoting_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    compile_answer_check()
    action = RemoteAction("action_test", None)
    assert action._validate_action_result({"events": [], "responses": []})
    with pytest.raises(RasaException) as caught:
        action._validate_action_result({"events": WORDS})
    assert WORDS not in str(caught.value)
