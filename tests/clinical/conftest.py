"""The protocol in force and the facts of a demonstration clinic, for the clinical tests."""

from datetime import datetime, timezone

import pytest

from bot.clinical.event import Clinic, Facts
from bot.clinical.protocol import Protocol
from bot.knowledge import load_protocol
from bot.knowledge.filled import Proofreader
from tests.clinical.proofreader import strictest


@pytest.fixture(scope="session")
def protocol() -> Protocol:
    return load_protocol()


@pytest.fixture(scope="session")
def facts() -> Facts:
    now = datetime(2026, 11, 22, 9, 0, tzinfo=timezone.utc)
    return Facts(now=now, clinic=Clinic("Demonstration clinic", "604-555-0100"))


@pytest.fixture(scope="session")
def proofreader(facts: Facts, protocol: Protocol) -> Proofreader:
    return strictest(facts, protocol)
