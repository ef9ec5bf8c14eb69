"""The clinic's time zone by its name."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import SettingsError


def zone_of(name: str) -> ZoneInfo:
    """The zone; SettingsError when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(f"TIME_ZONE: {name!r} is no time zone; write it like America/Vancouver") from None
