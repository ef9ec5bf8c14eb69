"""The result is shown to its patient, to whoever has the link for a week, and mailed as that link only."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.clinical.effect import EraseConversation
from bot.clinical.encounter import Encounter
from bot.clinical.protocol import Protocol
from bot.errors import Conflict, Forbidden, NoResult, NotUnderstood
from bot.service.consent import YES
from bot.service.links import DAYS, Link, SummaryLinks
from bot.service.records import Incoming
from bot.service.sessions import Sessions
from bot.service.summaries import Summaries
from bot.store.ledger import SqlLedger
from bot.store.tables import conversations
from bot.store.transaction import Database
from tests.service.clinic import BURNING, NUMB, TestClinic, clinic_on, clinic_settings
from tests.service.fakes import SettableClock
from tests.store.rows import answer, arrival

SECRET = clinic_settings().secret_key
WEEK = DAYS * 24 * 3600
TAPS = ("none", "none", "me_19_49", "none", "skip")


@dataclass
class Postbox:
    """Remembers what it was told to send."""

    sent: list[dict[str, object]] = field(default_factory=list)

    def queue_link(self, session_id: str, *, id: str, address: str, link: str, now: datetime) -> None:
        """One more mail."""
        self.sent.append({"session": session_id, "address": address, "link": link})


@pytest.fixture
def post() -> Postbox:
    """The clinic's mail."""
    return Postbox()


@pytest.fixture
def mailing(file: Path, protocol: Protocol, post: Postbox) -> Iterator[TestClinic]:
    """A clinic that sends mail."""
    database = Database(f"sqlite:///{file}")
    settings = replace(clinic_settings(), public_url="https://chat.clinic.example/")
    built = clinic_on(database, protocol, settings=settings, mail=post)
    yield built
    built.service.threads.close()
    database.close()


@pytest.fixture
def summaries(clinic: TestClinic) -> Summaries:
    """The summaries of the clinic."""
    return clinic.service.summaries


async def screened(clinic: TestClinic) -> str:
    """A session whose patient has the result."""
    session = await clinic.session()
    await clinic.say(session, BURNING)
    for number, choice in enumerate(TAPS):
        await clinic.conversations.take(session, Incoming(f"tap-{number}", choices=(choice,)))
    return session


def token_of(link: str) -> str:
    """The token at the end of a link."""
    return link.removeprefix("/summary/")


async def test_the_patient_reads_the_result_with_the_date_of_the_clinic(
    clinic: TestClinic, summaries: Summaries
) -> None:
    session = await screened(clinic)
    clinic.clock.moment = clinic.clock.moment.replace(hour=5)
    document = await summaries.read(session)
    assert document.count == "1 of 7"
    assert "burning" in document.lines[0]
    assert (document.clinic, document.made) == ("Harbour Physiotherapy", "Made on 21 November 2026")


async def test_before_the_result_there_is_nothing_to_show(clinic: TestClinic, summaries: Summaries) -> None:
    session = await clinic.session()
    await clinic.say(session, BURNING)
    for use in (summaries.read, summaries.link):
        with pytest.raises(NoResult) as refused:
            await use(session)
        assert refused.value.replies == ()


async def test_after_an_emergency_the_advice_is_told_instead(clinic: TestClinic, summaries: Summaries) -> None:
    session = await screened(clinic)
    link = await summaries.link(session)
    await clinic.say(session, NUMB)
    with pytest.raises(NoResult) as refused:
        await summaries.read(session)
    (told,) = (reply.public() for reply in refused.value.replies)
    assert told["kind"] == "emergency"
    assert "numb between" not in told["text"]
    assert await summaries.shared(token_of(link)) is None


async def test_a_link_shows_the_same_document_for_a_week(clinic: TestClinic, summaries: Summaries) -> None:
    session = await screened(clinic)
    token = token_of(await summaries.link(session))
    assert await summaries.shared(token) == await summaries.read(session)
    clinic.clock.move(WEEK - 1)
    assert await summaries.shared(token)
    clinic.clock.move(1)
    assert await summaries.shared(token) is None


@pytest.mark.parametrize(
    "spoil", [lambda token: token[:-1], lambda token: token + "x", lambda _: "", lambda _: "x" * 999]
)
async def test_a_damaged_link_shows_nothing(clinic: TestClinic, summaries: Summaries, spoil: object) -> None:
    token = token_of(await summaries.link(await screened(clinic)))
    assert await summaries.shared(spoil(token)) is None  # type: ignore[operator]  # a parametrised function


async def test_a_link_and_a_session_token_open_nothing_of_each_other(clinic: TestClinic, summaries: Summaries) -> None:
    session = await screened(clinic)
    with pytest.raises(Forbidden):
        clinic.conversations.session_of(token_of(await summaries.link(session)))
    assert await summaries.shared(Sessions(SECRET, hours=1).token_for(session)) is None


@pytest.mark.parametrize("other", ["x" * 40, SECRET + "x"])
def test_a_link_signed_with_another_secret_is_none(other: str) -> None:
    now = SettableClock().now()
    token = SummaryLinks(other).token_for(Link("5" * 32, 1), now=now)
    assert SummaryLinks(SECRET).read(token, now=now) is None


async def test_a_link_to_erased_data_shows_nothing_even_after_a_new_screening(
    clinic: TestClinic, summaries: Summaries
) -> None:
    session = await screened(clinic)
    before = token_of(await summaries.link(session))
    erase(clinic, session)
    assert await summaries.shared(before) is None
    await clinic.say(session, BURNING)
    for number, choice in enumerate(TAPS):
        await clinic.conversations.take(session, Incoming(f"again-{number}", choices=(choice,)))
    assert await summaries.shared(before) is None
    assert await summaries.shared(token_of(await summaries.link(session)))


async def test_a_link_whose_conversation_is_gone_shows_nothing(clinic: TestClinic, summaries: Summaries) -> None:
    token = token_of(await summaries.link(await screened(clinic)))
    with clinic.database.write() as connection:
        connection.execute(conversations.delete())
    assert await summaries.shared(token) is None


async def test_the_mail_holds_the_whole_link_and_nothing_else(mailing: TestClinic, post: Postbox) -> None:
    session = await screened(mailing)
    await mailing.service.summaries.send(session, to=" Kim@Mail.Example ")
    ((mail),) = post.sent
    link = str(mail.pop("link"))
    assert mail == {"session": session, "address": "Kim@mail.example"}
    assert link.startswith("https://chat.clinic.example/summary/")
    assert await mailing.service.summaries.shared(link.rpartition("/")[2])


@pytest.mark.parametrize(
    "to", ["", "kim", "kim@", "kim@mail", "a b@mail.example", "kim@mail.example\nBcc: x@y.example"]
)
async def test_what_is_no_address_gets_no_mail(mailing: TestClinic, post: Postbox, to: str) -> None:
    session = await screened(mailing)
    with pytest.raises(NotUnderstood):
        await mailing.service.summaries.send(session, to=to)
    assert post.sent == []


async def test_without_a_result_no_mail_is_sent(mailing: TestClinic, post: Postbox) -> None:
    with pytest.raises(NoResult):
        await mailing.service.summaries.send(await mailing.session(), to="kim@mail.example")
    assert post.sent == []


async def test_a_clinic_without_mail_or_public_address_sends_none(
    clinic: TestClinic, protocol: Protocol, post: Postbox
) -> None:
    without_address = clinic_on(clinic.database, protocol, mail=post)
    assert not clinic.service.summaries.sends_mail
    assert not without_address.service.summaries.sends_mail
    with pytest.raises(Conflict):
        await without_address.service.summaries.send(await screened(without_address), to="kim@mail.example")
    without_address.service.threads.close()


async def test_what_is_only_held_in_memory_is_neither_linked_nor_mailed(clinic: TestClinic, protocol: Protocol) -> None:
    asking = clinic_on(clinic.database, protocol, settings=replace(clinic_settings(), consent="explicit"))
    session = await screened(asking)
    assert (await asking.service.summaries.read(session)).count == "1 of 7"
    with pytest.raises(Conflict, match="not kept yet"):
        await asking.service.summaries.link(session)
    await asking.conversations.take(session, Incoming("yes", choices=(YES,)))
    assert await asking.service.summaries.link(session)
    asking.service.threads.close()


def erase(clinic: TestClinic, session: str) -> None:
    """Erase a conversation as its patient's confirmed word does."""
    ledger = SqlLedger(clinic.database)
    message = ledger.receive(arrival("yes", session_id=session))
    standing = ledger.standing(session)
    assert standing is not None
    told = answer(message, "It is erased.", version=standing.version, session_id=session, encounter=Encounter())
    ledger.answer(replace(told, effects=(EraseConversation(),)))
