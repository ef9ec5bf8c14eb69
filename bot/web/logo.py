"""The clinic's logo: one small picture, read and checked once at the start."""

from pathlib import Path

from bot.errors import SettingsError
from bot.web.assets import Asset, asset

LARGEST = 100_000
HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
"""The policy of the picture: an SVG opened by itself runs no script and loads nothing."""


def load_logo(file: Path | None) -> Asset | None:
    """The picture that CLINIC_LOGO names, None without one; SettingsError when it cannot be shown."""
    if file is None:
        return None
    if not file.is_file():
        raise SettingsError(f"CLINIC_LOGO: there is no file {file}")
    content = file.read_bytes()
    if len(content) > LARGEST:
        raise SettingsError(f"CLINIC_LOGO: {file} has {len(content):,} bytes; at most {LARGEST:,}, for slow phones")
    kind = _kind(content)
    if kind is None:
        raise SettingsError(f"CLINIC_LOGO: {file} is no SVG, PNG or WebP picture")
    return asset(content, kind)


def _kind(content: bytes) -> str | None:
    """The media type, by what is in the file and not by its name."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if b"<svg" in content[:2_000] else None
