"""What may be logged of an error: its kind and the line it came from, never its message, which may quote a patient."""

import traceback

from bot.errors import NeedlepointError


def where(error: BaseException) -> str:
    """The kind of error and where it was raised; our own errors also say what they are, for they quote nobody."""
    frames = traceback.extract_tb(error.__traceback__)
    line = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    said = f" ({error})" if isinstance(error, NeedlepointError) else ""
    return f"{type(error).__name__}{said}{line}"
