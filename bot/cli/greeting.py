"""What the supervisor prints once everything is ready: where the chat and the desk are, and how to get in."""

from bot.settings import Settings

DEMO = "This is a demonstration on this machine only: enter nothing about real patients."


def greeting(settings: Settings, *, link: str | None) -> str:
    """The addresses, the first staff account's link while there is none, and the demonstration's warning."""
    address = address_of(settings)
    lines = [f"  Chat page            {address}/", f"  Desk                 {address}/desk"]
    if link:
        lines.append(f"  First staff account  {link}  (works once)")
    if settings.demo:
        lines += ["", f"  {DEMO}"]
    return "\n".join([*lines, "", "  Ctrl-C stops it."])


def address_of(settings: Settings) -> str:
    """The address that the clinic gives out, without a slash at its end."""
    return settings.address
