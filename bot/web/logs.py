"""The log of the web process: one line of JSON per event on stderr, never with words or identifiers of patients."""

import logging
import sys

import structlog


def configure_logs(level: str) -> None:
    """Log our own events from this level up, and of what others write only warnings."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Below warnings, other libraries write whole messages and addresses with tokens into their log.
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s", force=True
    )
    logging.getLogger("needlepoint").setLevel(number)
