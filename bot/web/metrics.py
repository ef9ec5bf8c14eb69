"""The figures of this process for Prometheus, private unless a token or the machine itself asks."""

import hmac

from fastapi import APIRouter, Request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response

from bot.web.parts import parts_of
from bot.web.problems import Refused

router = APIRouter()
BOUNDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0)
LOOPBACK = ("127.0.0.1", "::1")
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


class Figures:
    """What this application counts, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("route", "method", "status")
        self._requests = Counter("needlepoint_requests", "Requests answered.", labels, registry=self.registry)
        self._seconds = Histogram(
            "needlepoint_request_seconds", "Time to answer.", ("route",), registry=self.registry, buckets=BOUNDS
        )
        self._ready = Gauge("needlepoint_part_ready", "1 when the part works.", ("part",), registry=self.registry)

    def count(self, route: str, *, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        known = method if method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS") else "other"
        self._requests.labels(route, known, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def show_part(self, part: str, ready: bool) -> None:
        """Write down whether a part works."""
        self._ready.labels(part).set(ready)


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """The figures in Prometheus' text format."""
    if not _may_read(request):
        raise Refused(403, "Ask from the machine itself, or with METRICS_TOKEN as `Authorization: Bearer TOKEN`.")
    figures: Figures = request.app.state.figures
    return Response(generate_latest(figures.registry), media_type=CONTENT_TYPE_LATEST)


def _may_read(request: Request) -> bool:
    token = parts_of(request).settings.metrics_token
    if token:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    asked_here = request.client is not None and request.client.host in LOOPBACK
    return asked_here and not any(name in request.headers for name in FORWARDED)
