"""The `needlepoint` command: one module per command, and `main`, which the console script calls.

It may import every room but the ones that run inside the rasa process, which it starts as programs of their own.
It never decides anything clinical, and imports what is slow only inside the command that needs it.
"""

from bot.cli.entry import main

__all__ = ["main"]
