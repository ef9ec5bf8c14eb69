"""Silence about everything but trouble: rasa would log every utterance, and warn of its own age at every start."""

import logging
import sys
import warnings
from collections.abc import MutableMapping
from typing import Any

import structlog


def be_quiet() -> None:
    """Log trouble only, to standard error, never with what a patient wrote; called before rasa is imported."""
    warnings.simplefilter("ignore")
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", force=True
    )
    structlog.configure(
        processors=[_event_alone],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _event_alone(logger: Any, method: str, event: MutableMapping[str, Any]) -> str:
    """The name of what happened, without the values that rasa adds, which may be a patient's words."""
    return str(event["event"])
