"""2,000 seeded random conversations keep every promise; `make soak` holds 100,000."""

import random

import pytest

from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.knowledge.filled import Proofreader
from tests.clinical.walk import walk

CONVERSATIONS = 2000
BATCHES = 10


@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_conversations_keep_every_promise(
    batch: int, facts: Facts, protocol: Protocol, proofreader: Proofreader
) -> None:
    for seed in range(batch, CONVERSATIONS, BATCHES):
        walk(random.Random(seed), facts, protocol, proofreader=proofreader)
