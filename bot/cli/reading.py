"""The reader of a language, as the commands that need no server use it."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.reading.lines import as_line, parse_line
from bot.reading.load import load_reading


def line_reader(language: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Answers a line with what its text says; loads the reader once."""
    reader, screen = load_reading(language)
    today = datetime.now().astimezone().date()

    def answer(line: dict[str, Any]) -> dict[str, Any]:
        message = parse_line(json.dumps(line))
        day = message.today or today
        reading = reader.read(message.text, asked=message.asked, today=day)
        return {"id": message.id, **as_line(reading, screen.flags(reading, today=day))}

    return answer
