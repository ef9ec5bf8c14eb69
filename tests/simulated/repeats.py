"""Questions asked again: after they were answered, or more than once because the answer was not understood."""

from collections import Counter
from collections.abc import Sequence

from tests.simulated.course import Exchange
from tests.simulated.fault import AGAIN, REASKED, UNHEARD, Fault
from tests.simulated.message import ANSWER


def repeats(exchanges: Sequence[Exchange]) -> list[Fault]:
    """What was asked again although the patient gave no reason for it.

    An answer in words that was not understood may be asked for once more. Once the talk has gone on, or the answer
    was a tap, it was answered.
    """
    faults: list[Fault] = []
    answered: set[str] = set()
    misses: Counter[str] = Counter()
    for exchange in exchanges:
        sent, asked = exchange.sent, exchange.question["question"] if exchange.question else None
        if sent.asks_again:
            answered.clear()
        is_answer = sent.why == ANSWER and sent.question is not None
        if is_answer and asked == sent.question:
            faults += _missed(exchange, misses)
        elif asked in answered and asked is not None:
            faults.append(Fault(AGAIN, f"{asked} again, after “{sent}”"))
        if is_answer and sent.question and asked != sent.question:
            answered.add(sent.question)
    return faults


def _missed(exchange: Exchange, misses: Counter[str]) -> list[Fault]:
    sent, id = exchange.sent, exchange.sent.question or ""
    if sent.is_tap:
        return [Fault(AGAIN, f"{id} again, after the tap {sent}")]
    misses[id] += 1
    kind = UNHEARD if misses[id] == 1 else REASKED
    return [Fault(kind, f"{id}: “{sent}”")]
