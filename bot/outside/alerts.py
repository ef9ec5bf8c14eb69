"""Alerts for the clinic: for now a line in the log, with opaque ids only."""

import logging

log = logging.getLogger("needlepoint.alerts")


class LogAlerts:
    """bot.service.ports.Alerts as lines in the log."""

    def urgent(self, session_id: str) -> None:
        """An inquiry has become an emergency or a crisis."""
        log.warning("urgent inquiry in session %s", session_id)
