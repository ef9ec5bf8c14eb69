"""One real conversation from the first words to the request for an appointment, over the chat API."""

from collections.abc import Callable
from typing import Any

from bot.cli.conversation import answer_to
from tests.end_to_end.pair import Pair, Patient

COMPLAINT = (
    "I have had a burning pain in my lower back for six months, the muscles are tight, my left foot feels cold, "
    "MRI was clear, no swelling"
)


def test_a_complaint_becomes_a_result_within_eight_questions(pair: Pair, meet: Callable[[Pair], Patient]) -> None:
    patient = meet(pair)
    replies = patient.say(text=COMPLAINT)
    asked: list[dict[str, Any]] = []
    while not any(reply["kind"] == "result" for reply in replies):
        question = next(reply for reply in reversed(replies) if reply["question"])
        asked.append(question)
        assert len(asked) <= 8, [one["question"] for one in asked]
        replies = patient.say(**answer_to(question))
    known = patient.encounter()
    assert "cauda" in asked[0]["question"]
    assert (known["disposition"], known["complete"]) == ("physio_exam", True)
    assert [known["findings"][name]["presence"] for name in ("pain", "muscle_spasm", "temperature_change")] == [
        "present"
    ] * 3
    assert known["findings"]["swelling"]["presence"] == "absent"
    assert all(finding["quotes"] for finding in known["findings"].values() if finding["presence"] == "present")
    assert known["imaging"] == "normal"
    told = next(reply["text"] for reply in replies if reply["kind"] == "result")
    assert all(scan in told for scan in ("X-ray", "MRI", "CT", "bone scan"))
