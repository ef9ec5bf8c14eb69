"""Live news: told when something changes, from one look at the store, and only to those who are signed in."""

from collections.abc import Callable

from bot.clinical.vocabulary import Disposition
from bot.desk.live import Newsroom
from bot.errors import StorageError
from bot.service.desk import DeskServices
from bot.service.desk_watch import News
from tests.desk.browser import Browser
from tests.desk.patients import Patient, backache, flagged

Arrive = Callable[[Patient], str]


async def test_the_news_say_how_much_is_unopened_and_how_much_of_it_is_urgent(
    services: DeskServices, arrive: Arrive
) -> None:
    room = Newsroom(services.watch, every=0)
    assert (await room.latest()).unread == 0
    arrive(Patient(encounter=backache()))
    arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    news = await room.latest()
    assert (news.unread, news.urgent) == (2, 1)


async def test_many_listeners_cost_one_look_and_a_broken_store_none_of_them() -> None:
    looks: list[int] = []

    class Watch:
        def news(self) -> News:
            looks.append(1)
            if len(looks) > 1:
                raise StorageError("gone")
            return News(3, 1)

    room = Newsroom(Watch(), every=60)  # type: ignore[arg-type]  # a fake of one method
    assert [await room.latest() for _ in range(9)] == [News(3, 1)] * 9
    assert len(looks) == 1
    eager = Newsroom(Watch(), every=0)  # type: ignore[arg-type]  # as above
    assert await eager.latest() == News(0, 0)


def test_a_page_hears_them_as_events(ana: Browser, arrive: Arrive) -> None:
    arrive(Patient(encounter=flagged(Disposition.CRISIS)))
    answer = ana.open("/desk/events?once=1&quiet=1")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert 'data: {"unread": 1, "urgent": 1}' in answer.text


def test_nobody_hears_the_news_without_signing_in(visit: Callable[..., Browser]) -> None:
    assert visit().open("/desk/events?quiet=1").headers["location"] == "/desk/sign-in"
