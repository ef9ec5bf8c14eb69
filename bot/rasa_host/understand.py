"""`python -m bot.rasa_host.understand`: the worker of `needlepoint understand`, JSON lines in, JSON lines out."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from bot.errors import InputError, NeedlepointError
from bot.rasa_host.light_imports import import_lightly
from bot.rasa_host.quiet import be_quiet

if TYPE_CHECKING:
    from rasa.core.agent import Agent

MODELS = Path("models")


def main() -> int:
    """Answer every line as it comes; 1 when there is no trained model."""
    answers = _own_output()
    be_quiet()
    import_lightly()
    try:
        from bot.rasa_host.server import load_agent  # rasa takes seconds to import, and talks while it does

        asyncio.run(answer_lines(load_agent(MODELS, overlay=None), sys.stdin.buffer, answers))
    except NeedlepointError as error:
        print(error, file=sys.stderr)  # noqa: T201  # for the person who started it
        return 1
    return 0


async def answer_lines(agent: "Agent", source: BinaryIO, sink: BinaryIO) -> None:
    """Write one line for every line of the source, in order; a bad line gets an error, never a stop."""
    for raw in iter(source.readline, b""):
        if raw.strip():
            sink.write(json.dumps(await _answer(agent, raw)).encode() + b"\n")
            sink.flush()


async def _answer(agent: "Agent", raw: bytes) -> dict[str, Any]:
    from bot.rasa_host.understanding import understand

    line: Any = None
    try:
        line = json.loads(raw)
        if not isinstance(line, dict):
            raise ValueError("a line is a JSON object")
        return await understand(agent, line)
    except (InputError, ValueError, RecursionError) as error:
        return {"id": line.get("id") if isinstance(line, dict) else None, "error": str(error)}


def _own_output() -> BinaryIO:
    """Standard output for the answers alone; whatever else is printed goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    sys.exit(main())
