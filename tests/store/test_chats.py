"""A chat has one writer, however many take it at once, and every reply of theirs its own place."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import insert, select

from bot.clinical.effect import EraseConversation
from bot.errors import Overtaken
from bot.service.chat import Chat
from bot.service.chat_records import HandBack, Left, Taking
from bot.service.desk_records import Act
from bot.store.chats import Chats
from bot.store.inbox_reads import Attendance
from bot.store.ledger import SqlLedger
from bot.store.persons import Persons
from bot.store.tables import audit, conversations, inquiries, replies, staff
from bot.store.transaction import Database
from tests.store.audit_rows import verdict
from tests.store.persons import ACT, rows_with, talk
from tests.store.persons import hire as hire_ana
from tests.store.rows import NOW, answer, arrival, new_id, reply

MANY = 1000
HANDS = 4
"""As many as a process has for the store."""
STAFF = tuple(f"{number:032x}" for number in range(0xF00, 0xF00 + 40))


@pytest.fixture
def chat(database: Database) -> Chat:
    """The chat of a patient who wrote in, at a clinic of forty."""
    hire_ana(database)
    people = [{"id": id, "name": id, "email": id, "password_hash": "x", "created_at": NOW} for id in STAFF]
    with database.write() as connection:
        connection.execute(insert(staff), people)
    return found(database, talk(database)[1])


def found(database: Database, inquiry_id: str) -> Chat:
    """The chat of an inquiry now."""
    chat = Chats(database).find(inquiry_id)
    assert chat is not None
    return chat


def take(database: Database, chat: Chat, staff_id: str, *, seen: str | None = None) -> bool:
    """Whether they have it now."""
    return Chats(database).take(Taking(chat, seen, reply("joined"), Act(staff_id, NOW))) is not None


def test_a_thousand_who_take_it_at_once_are_one_writer(database: Database, chat: Chat) -> None:
    with ThreadPoolExecutor(HANDS) as hands:
        wanting = [STAFF[number % len(STAFF)] for number in range(MANY)]
        won = [one for one, has in zip(wanting, hands.map(partial(take, database, chat), wanting), strict=True) if has]
    assert len(won) == 1
    assert found(database, chat.inquiry_id).writer_id == won[0]
    with database.read() as connection:
        lines = select(audit.c.actor).where(audit.c.action == "chat.taken")
        assert connection.execute(lines).scalars().all() == won
        assert connection.execute(select(inquiries.c.owner_id)).scalar_one() == won[0]
        assert len(connection.execute(select(replies.c.id).where(replies.c.late)).all()) == 1
    assert verdict(database).holds


def test_what_is_written_at_once_has_its_places_and_a_form_sent_twice_one(database: Database, chat: Chat) -> None:
    take(database, chat, STAFF[0])
    new = [reply(str(number)) for number in range(20)] * 2
    act = Act(STAFF[0], NOW)
    with ThreadPoolExecutor(HANDS) as hands:
        kept = list(hands.map(lambda one: Chats(database).write(chat, one, act=act), new))
    assert sorted(len(one or ()) for one in kept) == [0] * 20 + [1] * 20
    with database.read() as connection:
        mine = replies.c.conversation_id == chat.session_id
        seqs = connection.execute(select(replies.c.seq).where(mine).order_by(replies.c.seq)).scalars().all()
        newest = connection.execute(select(conversations.c.reply_seq)).scalar_one()
    assert list(seqs) == list(range(1, newest + 1))


def test_only_the_writer_writes(database: Database, chat: Chat) -> None:
    chats = Chats(database)
    assert chats.write(chat, reply("nobody's"), act=Act(STAFF[0], NOW)) is None
    take(database, chat, STAFF[0])
    assert not take(database, chat, STAFF[1], seen=STAFF[2])
    assert take(database, chat, STAFF[1], seen=STAFF[0])
    assert chats.write(chat, reply("too late"), act=Act(STAFF[0], NOW)) is None


def test_an_answer_that_was_being_worked_out_comes_too_late(database: Database, chat: Chat) -> None:
    ledger = SqlLedger(database)
    message = ledger.receive(arrival("more", session_id=chat.session_id))
    take(database, chat, STAFF[0])
    with pytest.raises(Overtaken):
        ledger.answer(answer(message, "a question", version=1, session_id=chat.session_id))
    standing = ledger.standing(chat.session_id)
    assert standing is not None
    assert standing.writer == STAFF[0]


def test_a_chat_that_is_looked_at_is_not_handed_back_as_left(database: Database, chat: Chat) -> None:
    take(database, chat, STAFF[0])
    chats, ledger = Chats(database), SqlLedger(database)
    standing = ledger.standing(chat.session_id)
    assert standing is not None
    assert list(chats.unattended(since=NOW, limit=9)) == [chat.session_id]
    later = NOW.replace(hour=NOW.hour + 1)
    Attendance(database).stay(chat.inquiry_id, is_writing=False, act=Act(STAFF[3], later))
    assert list(chats.unattended(since=NOW, limit=9)) == []
    given = HandBack(
        chat.session_id, standing.version, STAFF[0], NOW, standing.encounter, (), Left.ABSENT, "system", later
    )
    with pytest.raises(Overtaken):
        chats.hand_back(given)
    assert found(database, chat.inquiry_id).writer_id == STAFF[0]


def test_nobody_has_a_chat_that_is_not_there(database: Database, chat: Chat) -> None:
    assert Chats(database).find(new_id()) is None
    assert chat.writer_id is None
    assert chat.is_writable


@pytest.mark.parametrize("by_patient", [True, False])
def test_what_staff_wrote_is_erased_with_the_person(database: Database, chat: Chat, by_patient: bool) -> None:
    take(database, chat, STAFF[0])
    Chats(database).write(chat, reply("zaunkoenig"), act=Act(STAFF[0], NOW))
    assert rows_with(database, "zaunkoenig")
    if by_patient:
        ledger = SqlLedger(database)
        message = ledger.receive(replace(arrival("", session_id=chat.session_id), text=None, choices=("yes",)))
        told = answer(message, "Gone.", version=2, session_id=chat.session_id)
        ledger.answer(replace(told, effects=(EraseConversation(),)))
    else:
        Persons(database).erase(chat.inquiry_id, keeping=lambda _: False, act=ACT)
    assert rows_with(database, "zaunkoenig") == []
    assert verdict(database).holds
