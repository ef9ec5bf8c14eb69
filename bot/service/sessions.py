"""Session tokens: signed, so that they open their session without the database."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

from bot.errors import Forbidden

SALT = "needlepoint.session"


class Sessions:
    """Issues and checks the only key to a session; `hours` is how long it opens."""

    def __init__(self, secret: str, *, hours: int) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt=SALT)
        self._seconds = hours * 3600

    def token_for(self, session_id: str) -> str:
        """The token of a session."""
        return self._signer.dumps(session_id)

    def session_of(self, token: str) -> str:
        """The session that a token opens; Forbidden when it opens none."""
        try:
            return str(self._signer.loads(token, max_age=self._seconds))
        except BadSignature:
            raise Forbidden("the token opens no session") from None
