"""The security headers of every answer; only the chat's frame may be shown inside another website."""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.settings import Settings

FRAMED = ("/chat",)
"""Pages that a clinic's website shows in a frame."""
SHARED = ("/chat", "/widget.js", "/static/")
"""What a clinic's website loads from here."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """Adds the security headers to every answer, whatever answers."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._always = dict(ALWAYS)
        if not settings.demo:
            self._always["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        self._ancestors = " ".join(["'self'", *_origins(settings.frame_ancestors)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application and add the headers as its answer starts."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), str(scope["path"]))
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _add(self, headers: MutableHeaders, path: str) -> None:
        """A page of another room may have set stricter ones of its own; they stay."""
        for name, value in self._always.items():
            headers.setdefault(name, value)
        ancestors = self._ancestors if path in FRAMED else "'none'"
        headers.setdefault("Content-Security-Policy", f"{POLICY}; frame-ancestors {ancestors}")
        if path not in FRAMED:
            headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if path.startswith(SHARED) else "same-origin")
        headers.setdefault("Cache-Control", "no-store")


def _origins(websites: Sequence[str]) -> list[str]:
    """The websites as they may stand in a policy; anything that could end the directive is dropped."""
    return [website for website in websites if not set(website) & set(";,'\"\r\n ")]
