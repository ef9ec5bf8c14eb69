"""2,000 seeded random conversations, half of them on each Python, keep every promise; `make soak` holds 100,000."""

import random
from dataclasses import replace

import pytest

from bot.clinical.appointment import Booking, Way
from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.knowledge.filled import Proofreader
from tests.clinical.calendar import AMY, BO, MANAGE, times
from tests.clinical.walk import walk
from tests.share import my_half

CONVERSATIONS = 2000
BATCHES = 10
OTHER_WAYS = 400


@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_conversations_keep_every_promise(
    batch: int, facts: Facts, protocol: Protocol, proofreader: Proofreader
) -> None:
    for seed in my_half(range(batch, CONVERSATIONS, BATCHES)):
        walk(random.Random(seed), facts, protocol, proofreader=proofreader)


@pytest.mark.parametrize(
    "way", [Booking(Way.CALENDAR, None, (AMY, BO), MANAGE), Booking(Way.LINK, "https://a.example")]
)
@pytest.mark.parametrize("free", [0, 3, 12])
def test_random_conversations_keep_every_promise_in_the_other_ways_of_booking(
    way: Booking, free: int, facts: Facts, protocol: Protocol, proofreader: Proofreader
) -> None:
    known = replace(facts, booking=way, times=times(free))
    for seed in my_half(range(OTHER_WAYS)):
        walk(random.Random(seed), known, protocol, proofreader=proofreader)
