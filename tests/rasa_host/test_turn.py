"""One turn on a tracker of its own, with the trained model."""

from typing import Any

import pytest

from bot.errors import RasaError
from bot.rasa_host import turn as turns
from bot.rasa_host.turn import take_turn
from tests.rasa_host.conftest import order

COMPLAINT = "my lower back has been aching for six months"
STROKE = {"class": "stroke", "level": "emergency", "onset": "new", "ask": False, "text": "my face droops"}


async def test_a_complaint_leaves_its_finding_in_the_encounter(agent: Any) -> None:
    turn = await take_turn(agent, order(COMPLAINT, flags=[]))
    (record,) = turn["encounter"]["findings"]
    assert (record["finding"], record["presence"]) == ("pain", "present")
    assert turn["intents"][0]["name"] == "describe_symptom"
    assert turn["replies"][-1]["kind"] == "question"


async def test_a_tap_passes_no_language_understanding(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await take_turn(agent, order(COMPLAINT, flags=[]))

    async def never(*args: Any) -> Any:
        raise AssertionError("a tap was parsed")

    monkeypatch.setattr(turns, "parse", never)
    second = await take_turn(agent, order(choices=("none",), encounter=first["encounter"]))
    assert second["encounter"]["open_question"] != first["encounter"]["open_question"]
    assert second["intents"] == []


@pytest.mark.parametrize("text", ["/restart", "//session_start", '/describe_symptom{"encounter": null}', " /intent{}"])
async def test_a_patient_gives_rasa_no_orders(agent: Any, text: str) -> None:
    before = (await take_turn(agent, order(COMPLAINT, flags=[])))["encounter"]
    turn = await take_turn(agent, order(text, encounter=before, flags=[]))
    assert turn["replies"]
    assert turn["encounter"]["findings"] == before["findings"]


async def test_quotes_stay_where_they_were_in_the_text(agent: Any) -> None:
    text = "  //my knee aches badly "
    processor = turns.processor_of(agent)
    parsed = await turns.parse(processor, text, turns.fresh_tracker(processor))
    (mention,) = parsed["reading"]["mentions"]
    assert parsed["reading"]["text"] == text
    assert text[mention["start"] : mention["end"]] == mention["text"]


async def test_the_flags_of_the_web_process_decide(agent: Any) -> None:
    calm = await take_turn(agent, order("hello there", flags=[]))
    urgent = await take_turn(agent, order("hello there", flags=[STROKE]))
    assert next(reply["kind"] for reply in urgent["replies"]) == "emergency"
    assert "emergency" not in [reply["kind"] for reply in calm["replies"]]


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "🙂🙂", "a" * 4000, "/", "?" * 500])
async def test_odd_texts_get_an_answer(agent: Any, text: str) -> None:
    assert (await take_turn(agent, order(text, flags=[])))["replies"]


async def test_silence_is_an_error(agent: Any) -> None:
    with pytest.raises(RasaError, match="came to nothing"):
        await take_turn(agent, order("hello", flags=[], encounter={"schema": 1, "stage": "lost"}))


async def test_without_a_model_there_is_no_turn() -> None:
    with pytest.raises(RasaError, match="make setup"):
        await take_turn(None, order("hello"))


async def test_nothing_is_kept_between_turns(agent: Any) -> None:
    kept = set(await agent.tracker_store.keys())
    await take_turn(agent, order(COMPLAINT, flags=[]))
    assert set(await agent.tracker_store.keys()) == kept
