"""A signature for tests."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.clinical.protocol import Protocol
from bot.knowledge.signatures import Signature

SIGNED_AT = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=-8)))


def signed(protocol: Protocol, **changes: Any) -> Signature:
    """Ana Reyes signed this protocol, with changes."""
    place, overlay = protocol.region.id, protocol.overlay
    whole = Signature("Ana Reyes", "PT 12345", SIGNED_AT, protocol.version, protocol.language, place, overlay)
    return replace(whole, **changes)
