"""The facts of a turn and the protocol in force for them."""

from collections.abc import Mapping
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.clinical.codec import from_data
from bot.clinical.event import Clinic, Facts
from bot.clinical.protocol import Protocol
from bot.knowledge import load_protocol

DEMONSTRATION = Clinic("Demonstration clinic", "604-555-0100", demo=True)


def facts_of(data: Mapping[str, Any] | None) -> Facts:
    """The facts that came with the message; without any (rasa shell) the demonstration clinic, now."""
    if data is None:
        return Facts(now=datetime.now(timezone.utc), clinic=DEMONSTRATION)
    return from_data(Facts, dict(data))


@lru_cache(maxsize=8)
def protocol_of(language: str, region: str, overlay: str | None) -> Protocol:
    """The protocol of a language and region with the clinic's overlay, loaded once."""
    return load_protocol(language=language, region=region, overlay=Path(overlay) if overlay else None)
