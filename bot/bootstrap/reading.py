"""The reader and the screen, put together; where the second net cannot be used, the reviewed rules work alone."""

import logging

from bot.errors import KnowledgeError
from bot.service.ports import Reads, Screening

log = logging.getLogger("needlepoint")
NO_NET = "there is no flag model: red flags are found by the reviewed rules alone"


def read_for(language: str, region: str) -> tuple[Screening, Reads, str | None]:
    """The screen, the reader, and what is wrong with the second net; a clinic with rules alone is better than none."""
    from bot.reading.load import load_reading, with_second_net  # heavy: spaCy, wanted only for a whole service

    reader, screen = load_reading(language, region=region, with_net=False)
    try:
        both = with_second_net(screen, language)
    except KnowledgeError as error:
        log.error("the second net over red flags cannot be used: %s", error)
        return screen, reader, str(error)
    return both, reader, None if both.net else NO_NET
