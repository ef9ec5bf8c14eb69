"""What the adapters are tried with."""

import pytest

from bot.clinical.protocol import Protocol
from bot.knowledge.loader import load_protocol


@pytest.fixture(scope="session")
def protocol() -> Protocol:
    """The protocol in force."""
    return load_protocol()
