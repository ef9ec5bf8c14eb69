"""What was lost on the way: a question that does not come back, one that gets no answer, a reply that says nothing."""

from collections.abc import Sequence

from tests.simulated.course import BESIDE, Exchange
from tests.simulated.fault import LOST, UNANSWERED, Fault
from tests.simulated.message import ANSWER, ASIDE, COMPLAINT

URGENT = {"emergency"}


def lost(exchanges: Sequence[Exchange]) -> list[Fault]:
    """Where the talk lost its thread although the patient kept theirs."""
    found = [(exchange, _fault(exchange)) for exchange in exchanges]
    return [Fault(kind, f"“{exchange.sent}” at {exchange.open}") for exchange, kind in found if kind]


def _fault(exchange: Exchange) -> str | None:
    sent, asked = exchange.sent, exchange.question["question"] if exchange.question else None
    if not exchange.replies:
        return LOST
    if sent.asks and not exchange.kinds & {"message", *URGENT}:
        return UNANSWERED
    is_screening = bool(exchange.open and not exchange.open.startswith(BESIDE))
    if sent.why == ASIDE and is_screening and asked != exchange.open and not exchange.kinds & URGENT:
        return LOST
    says_nothing_more = exchange.kinds == {"message"} and asked is None
    return LOST if sent.why in (ANSWER, COMPLAINT) and says_nothing_more else None
