"""The clinic's colour, made readable: whatever colour a website asks for, text on it and in it keeps its contrast."""

import re
from collections.abc import Mapping

READABLE = 4.6
SCHEMES: Mapping[str, tuple[str, str]] = {"light": ("#faf7f2", "#000000"), "dark": ("#1d1b19", "#ffffff")}
"""The ground of each scheme, and the end towards which a colour is moved until it can be read there."""


def readable_colours(*wanted: str | None) -> dict[str, str]:
    """The page's properties for the first of these that is a colour such as #1f6f66; none without one."""
    colour = next((one for one in wanted if one and re.fullmatch(r"#[0-9a-fA-F]{6}", one)), None)
    if colour is None:
        return {}
    properties = {}
    for scheme, (ground, end) in SCHEMES.items():
        accent = _readable(colour, ground, end=end)
        properties[f"--accent-{scheme}"] = accent
        properties[f"--on-accent-{scheme}"] = max("#ffffff", "#111111", key=lambda ink: contrast(accent, ink))
    return properties


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG counts it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _readable(colour: str, ground: str, *, end: str) -> str:
    """The colour, moved towards an end until it can be read on the ground."""
    mixed = (_mix(colour, end, share=step / 20) for step in range(21))
    return next((one for one in mixed if contrast(one, ground) >= READABLE), end)


def _mix(one: str, other: str, *, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(value + (to - value) * share):02x}" for value, to in pairs)


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in _channels(colour)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
