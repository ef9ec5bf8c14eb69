"""Links that show a summary without a session: signed, for a week, and to nothing once the data were erased."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

SALT = "needlepoint.summary"
DAYS = 7
LONGEST = 300


@dataclass(frozen=True)
class Link:
    """What a link names: a session, and the version of its conversation when the link was made."""

    session: str
    version: int


class SummaryLinks:
    """Makes and reads the tokens of links; a session's own token opens no summary, and a link no session."""

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeSerializer(secret, salt=SALT)

    def token_for(self, link: Link, *, now: datetime) -> str:
        """The token of a link made now."""
        return str(self._signer.dumps([link.session, link.version, int(now.timestamp())]))

    def read(self, token: str, *, now: datetime) -> Link | None:
        """What the token names; None when it is damaged, not ours, or older than a week."""
        if len(token) > LONGEST:
            return None
        try:
            session, version, made = self._signer.loads(token)
        except (BadData, ValueError, TypeError):
            return None
        is_fresh = now < datetime.fromtimestamp(made, UTC) + timedelta(days=DAYS)
        return Link(str(session), int(version)) if is_fresh else None
