"""The desk on a real database, with a clock that tests turn and password hashes that cost little."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import select

from bot.bootstrap.desk import outlets_of
from bot.bootstrap.reading import read_for
from bot.clinical.protocol import Protocol
from bot.desk.router import desk_router
from bot.knowledge.loader import load_protocol
from bot.service.desk import DeskServices, desk_services
from bot.service.desk_accounts import Application
from bot.service.desk_passwords import Passwords
from bot.service.report_counting import Counting
from bot.settings import Settings, demo
from bot.store import tables
from bot.store.desk import desk_books
from bot.store.transaction import Database
from tests.desk.authenticator import PASSWORD, Authenticator, enrol
from tests.desk.browser import Browser
from tests.desk.clock import TurnableClock
from tests.desk.kept import Kept, kept_in
from tests.desk.patients import Patient, write_in
from tests.desk.settings_forms import saving
from tests.desk.triage import Readers, talk_on
from tests.store.databases import address, database, migrated_file, migrated_postgresql

__all__ = ["PASSWORD", "TurnableClock", "address", "database", "migrated_file", "migrated_postgresql"]


@pytest.fixture
def clock() -> TurnableClock:
    """Noon less three hours in Vancouver."""
    return TurnableClock()


@pytest.fixture(scope="session")
def protocol() -> Protocol:
    """The protocol in force, read once."""
    return load_protocol()


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """The demonstration clinic's settings; a parameter says how consent is asked for."""
    return demo({"DATA_DIR": str(tmp_path), "CONSENT": getattr(request, "param", "notice"), "STORE_TIMEOUT": "30"})


@pytest.fixture(scope="session")
def readers(protocol: Protocol) -> Readers:
    """The reader and the screen in force, loaded once."""
    screening, reads, _ = read_for(protocol.language, protocol.region.id)
    return Readers(screening, reads)


@pytest.fixture
def services(
    database: Database, clock: TurnableClock, protocol: Protocol, settings: Settings, readers: Readers
) -> DeskServices:
    """The demonstration clinic's desk."""
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    talk = talk_on(database, readers, protocol=protocol, settings=settings, clock=clock)
    books = desk_books(database)
    outlets = outlets_of(protocol)
    return desk_services(
        books, settings=settings, protocol=protocol, clock=clock, outlets=outlets, passwords=cheap, talk=talk
    )


class AtWork:
    """Stands for the services of the test that runs: the pages are put together once, for that takes long."""

    def __init__(self) -> None:
        self.services: DeskServices | None = None

    def __getattr__(self, name: str) -> Any:
        """What the services of this test have by that name."""
        return getattr(self.services, name)


@pytest.fixture(scope="session")
def at_work() -> AtWork:
    """The services that the pages are handed."""
    return AtWork()


@pytest.fixture(scope="session")
def app(at_work: AtWork) -> FastAPI:
    """The desk's pages."""
    app = FastAPI()
    app.include_router(desk_router(cast(DeskServices, at_work)))
    return app


@pytest.fixture
def visit(services: DeskServices, app: FastAPI, at_work: AtWork) -> Iterator[Callable[..., Browser]]:
    """Opens a browser that has never been here, from an address."""
    at_work.services = services
    app.state.newsroom = None
    opened: list[Browser] = []
    base_url = "http://testserver" if services.clinic.demo else "https://testserver"

    def visit(address: str = "10.0.0.1") -> Browser:
        opened.append(Browser(app, address=address, base_url=base_url))
        return opened[-1]

    yield visit
    for browser in opened:
        browser.close()


@pytest.fixture
def hire(services: DeskServices) -> Callable[[str], None]:
    """Gives somebody an account, by name; the e-mail is name@clinic.example."""

    def hire(name: str) -> None:
        made = Application(name, f"{name}@clinic.example".lower(), PASSWORD, PASSWORD)
        assert services.accounts.set_up(services.accounts.create_setup_link(), made) is None

    return hire


@pytest.fixture
def work(visit: Callable[..., Browser], hire: Callable[[str], None]) -> Callable[[str], Browser]:
    """Somebody with an account, signed in, by name."""

    def work(name: str) -> Browser:
        hire(name)
        browser = visit()
        answer = browser.submit("/desk/sign-in", email=f"{name}@clinic.example".lower(), password=PASSWORD)
        assert answer.status_code == 303
        return browser

    return work


@pytest.fixture
def ana(work: Callable[[str], Browser]) -> Browser:
    """Ana, signed in."""
    return work("Ana")


@pytest.fixture
def phone(clock: TurnableClock) -> Authenticator:
    """A phone with an authenticator app."""
    return Authenticator(clock)


@pytest.fixture
def half_ana(ana: Browser, phone: Authenticator, visit: Callable[..., Browser]) -> Browser:
    """Ana in another browser, where her password was right and the code is missing."""
    enrol(ana, phone)
    browser = visit()
    answer = browser.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    assert answer.headers["location"] == "/desk/sign-in/code"
    return browser


@pytest.fixture
def arrive(database: Database, clock: TurnableClock) -> Callable[[Patient], str]:
    """Lets a patient write in now; the id of the inquiry."""
    return lambda patient: write_in(database, patient, at=clock.now())


@pytest.fixture
def audited(database: Database) -> Callable[[], list[tuple[str, str | None]]]:
    """What the audit says: action and detail, oldest first."""

    def read() -> list[tuple[str, str | None]]:
        with database.read() as connection:
            lines = select(tables.audit.c.action, tables.audit.c.detail).order_by(tables.audit.c.id)
            return [(row.action, row.detail) for row in connection.execute(lines)]

    return read


@pytest.fixture
def kept(database: Database) -> Callable[[], Kept]:
    """Counts what the store holds."""
    return lambda: kept_in(database)


@pytest.fixture
def job(services: DeskServices, clock: TurnableClock) -> Counting:
    """The daily job of the reports."""
    return Counting(services.reports.days, clock)


@pytest.fixture
def save(ana: Browser) -> Callable[..., tuple[int, str]]:
    """Fills in a settings page as it stands and saves it: the status, and what is shown then."""
    return saving(ana)
