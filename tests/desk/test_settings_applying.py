"""What was saved is applied when asked, and the application before it leaves nothing behind."""

import asyncio
import gc
import weakref
from collections.abc import Callable
from typing import cast

import httpx
from fastapi import FastAPI

from bot.desk.router import desk_router
from bot.service.applying import Stage
from bot.service.desk import DeskServices
from tests.desk.browser import Browser

Audited = Callable[[], list[tuple[str, str | None]]]


def test_what_is_saved_waits_and_is_applied_where_somebody_hears_it(
    save: Callable[..., tuple[int, str]], ana: Browser, services: DeskServices, audited: Audited
) -> None:
    assert "Not in force yet" not in ana.read("/desk/settings")
    save("facts", {"CLINIC_PHONE": "604-555-0177"})
    assert "run by something else: restart them" in ana.read("/desk/settings")
    asked: list[int] = []
    applying = services.settings.applying
    applying.when_asked(lambda: asked.append(1))
    for _ in range(2):
        assert ana.submit("/desk/settings/apply", page="/desk/settings").status_code == 303
    assert (asked, applying.stage) == ([1], Stage.RUNNING)
    assert "being applied" in ana.read("/desk/settings")
    assert audited()[-1] == ("settings.applied", "1")
    applying.failed("Rasa could not start: it said nothing.")
    assert "everything goes on as before. Rasa could not start" in ana.read("/desk/settings")


def test_an_application_that_has_ended_keeps_nothing_of_its_desk() -> None:
    class Services:
        """Stands for the services, with the words and rules they hold."""

    services = Services()
    held, app = weakref.ref(services), FastAPI()
    app.include_router(desk_router(cast(DeskServices, services)))
    asyncio.run(_live(app))
    del services, app
    gc.collect()
    assert held() is None


async def _live(app: FastAPI) -> None:
    """The application begins, answers one request and ends."""
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver") as client,
    ):
        assert (await client.get("/desk/static/desk.css")).status_code == 200
