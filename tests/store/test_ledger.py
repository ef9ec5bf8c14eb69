"""The ledger keeps every message once, in order, with its answer whole or not at all."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.clinical.effect import AppointmentRequest, RequestAppointment, RequestPerson
from bot.clinical.encounter import Encounter, FindingRecord
from bot.clinical.reading import ContactDetails, RedFlag
from bot.clinical.vocabulary import Finding, FlagClass, Level, Onset, Presence
from bot.errors import EffectError, Overtaken, StorageError
from bot.service.records import MessageState, Standing, StoredReply
from bot.store.ledger import SqlLedger
from bot.store.tables import appointment_requests, audit, conversations, inquiries, messages, replies
from bot.store.transaction import Database
from tests.store.rows import NOW, SESSION, answer, arrival, inquiry, new_id, opened, opening, reply

DROPPED = RedFlag(FlagClass.LIMB_WEAKNESS, Level.EMERGENCY, Onset.NEW, "my foot drops", rule="net")
BURNING = Encounter(findings=(FindingRecord(Finding.PAIN, Presence.PRESENT, ("burning",)),))


@pytest.fixture
def ledger(database: Database) -> SqlLedger:
    """A ledger with one conversation."""
    return opened(SqlLedger(database))


def test_a_new_conversation_stands_at_its_beginning(ledger: SqlLedger) -> None:
    assert ledger.standing(SESSION) == Standing(SESSION, "web", "en", 0, Encounter())


def test_an_unknown_session_stands_nowhere(ledger: SqlLedger) -> None:
    assert ledger.standing(new_id()) is None


def test_a_message_is_kept_as_received_with_its_flags(ledger: SqlLedger) -> None:
    kept = ledger.receive(arrival("my foot drops 🦶 ' -- \n /restart", client_id="one", flags=(DROPPED,)))
    found = standing(ledger, client_id="one").same
    assert found == kept
    assert (kept.text, kept.flags, kept.seq) == ("my foot drops 🦶 ' -- \n /restart", (DROPPED,), 1)


def test_the_same_client_id_is_kept_once(ledger: SqlLedger, database: Database) -> None:
    first = ledger.receive(arrival("hello", client_id="one"))
    again = ledger.receive(arrival("something else", client_id="one"))
    assert again == first
    assert rows(database, messages) == 1


def test_two_conversations_may_use_the_same_client_id(ledger: SqlLedger, database: Database) -> None:
    other = new_id()
    opened(ledger, other)
    ledger.receive(arrival("hello", client_id="one"))
    ledger.receive(arrival("hello", client_id="one", session_id=other))
    assert rows(database, messages) == 2


def test_a_message_of_no_conversation_is_not_kept(ledger: SqlLedger, database: Database) -> None:
    with pytest.raises(StorageError):
        ledger.receive(arrival("hello", session_id=new_id()))
    assert rows(database, messages) == 0


def test_an_answer_keeps_encounter_replies_and_state(ledger: SqlLedger) -> None:
    kept = ledger.receive(arrival("it burns", client_id="one"))
    told = ledger.answer(answer(kept, "thank you", "where?", encounter=BURNING))
    now = standing(ledger, client_id="one")
    assert [reply.seq for reply in told] == [2, 3]
    assert now.encounter == BURNING
    assert now.version == 1
    assert now.same is not None
    assert (now.same.state, now.same.replies) == (MessageState.ANSWERED, told)


def test_a_stored_body_comes_back_byte_for_byte(ledger: SqlLedger) -> None:
    kept = ledger.receive(arrival("hello", client_id="one"))
    odd = StoredReply(new_id(), '{"question":null,  "text":"naïve — 日本 \\u00e9 \U0001f9b6"}')
    ledger.answer(replace(answer(kept), replies=(odd,)))
    assert [reply.body for reply in same_replies(ledger, "one")] == [odd.body]


def test_the_second_of_two_answers_is_overtaken_and_changes_nothing(ledger: SqlLedger) -> None:
    kept = ledger.receive(arrival("hello", client_id="one"))
    first = ledger.answer(answer(kept, "first"))
    for version in (0, 1):
        with pytest.raises(Overtaken):
            ledger.answer(answer(kept, "second", version=version, encounter=BURNING))
    assert same_replies(ledger, "one") == first
    assert standing(ledger).encounter == Encounter()


def test_a_late_reply_never_becomes_part_of_the_answer(ledger: SqlLedger) -> None:
    kept = ledger.receive(arrival("hello", client_id="one"))
    honest = ledger.answer(answer(kept, "later", state=MessageState.DEFERRED))
    deferred = standing(ledger).owed[0]
    late = ledger.answer(answer(deferred, "the real reply", version=1))
    assert same_replies(ledger, "one") == honest
    assert (late[0].late, late[0].seq) == (True, 3)
    assert ledger.replies_after(SESSION, 1) == (*honest, *late)


def test_owed_messages_are_found_in_order_until_they_are_answered(ledger: SqlLedger) -> None:
    first, second = (ledger.receive(arrival(text)) for text in ("one", "two"))
    assert [kept.text for kept in standing(ledger).owed] == ["one", "two"]
    assert ledger.owed(received_by=NOW, limit=9) == (SESSION,)
    assert ledger.owed(received_by=NOW - timedelta(seconds=1), limit=9) == ()
    ledger.answer(answer(first, "later", state=MessageState.DEFERRED))
    assert ledger.owed(received_by=NOW - timedelta(seconds=1), limit=9) == (SESSION,)
    ledger.answer(answer(standing(ledger).owed[0], "real", version=1))
    ledger.answer(answer(second, "real", version=2))
    assert standing(ledger).owed == ()
    assert ledger.owed(received_by=NOW + timedelta(days=1), limit=9) == ()


def test_the_four_newest_texts_are_recent_oldest_first(ledger: SqlLedger) -> None:
    for number in range(6):
        ledger.receive(arrival(f"text {number}"))
    ledger.receive(replace(arrival("x"), text=None, choices=("none",)))
    assert standing(ledger).recent == ("text 2", "text 3", "text 4", "text 5")


def test_a_reply_tells_which_question_it_put(ledger: SqlLedger) -> None:
    kept = ledger.receive(arrival("hello"))
    asking = reply("where?", question="where")
    ledger.answer(replace(answer(kept), replies=(asking,)))
    assert standing(ledger, in_reply_to=asking.id).offered == "where"
    assert standing(ledger, in_reply_to=new_id()).offered is None


def test_an_inquiry_follows_its_encounter(ledger: SqlLedger, database: Database) -> None:
    first, second = (ledger.receive(arrival(text)) for text in ("one", "two"))
    ledger.answer(answer(first, "a", inquiry=inquiry(urgency=45, complete=False)))
    worse = inquiry(urgency=0, flags=("limb_weakness:emergency",), contact=ContactDetails("Kim", "+16045550123"))
    ledger.answer(answer(second, "b", version=1, inquiry=worse))
    row = one(database, inquiries)
    assert (row.urgency, row.status, row.name, row.flags) == (0, "new", "Kim", '["limb_weakness:emergency"]')
    assert row.waiting_since == NOW
    assert rows(database, inquiries) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"urgency": 0}, "new"),
        ({"wants_booking": True}, "new"),
        ({"person_requested": "asked"}, "new"),
        ({"present": 3}, "closed"),
    ],
)
def test_a_closed_inquiry_opens_again_only_when_people_are_needed(
    ledger: SqlLedger, database: Database, change: dict[str, Any], status: str
) -> None:
    first, second = (ledger.receive(arrival(text)) for text in ("one", "two"))
    ledger.answer(answer(first, "a", inquiry=inquiry()))
    with database.write() as connection:
        connection.execute(inquiries.update().values(status="closed"))
    ledger.answer(answer(second, "b", version=1, inquiry=inquiry(**change)))
    assert one(database, inquiries).status == status


def test_a_later_appointment_request_replaces_the_earlier_one(ledger: SqlLedger, database: Database) -> None:
    for version, times in enumerate(("mornings", "evenings")):
        kept = ledger.receive(arrival(times))
        wish = RequestAppointment(AppointmentRequest(ContactDetails("Kim", "+16045550123"), times=times))
        ledger.answer(replace(answer(kept, "noted", version=version), effects=(wish, RequestPerson("asked"))))
    assert one(database, appointment_requests).times == "evenings"


def test_nothing_of_a_turn_is_kept_when_an_effect_fails(database: Database) -> None:
    def refuse(_: object, effect: object, __: object) -> None:
        raise EffectError(effect, "no_longer_free")

    ledger = opened(SqlLedger(database, effects={RequestAppointment: refuse}))
    kept = ledger.receive(arrival("book me", client_id="one"))
    wish = RequestAppointment(AppointmentRequest())
    with pytest.raises(EffectError):
        ledger.answer(replace(answer(kept, "booked", encounter=BURNING, inquiry=inquiry()), effects=(wish,)))
    now = standing(ledger, client_id="one")
    assert (now.version, now.encounter, same_replies(ledger, "one")) == (0, Encounter(), ())
    assert rows(database, inquiries) == 0


def test_audit_lines_hold_opaque_ids_and_no_words(ledger: SqlLedger, database: Database) -> None:
    kept = ledger.receive(arrival("my name is Kim"))
    ledger.answer(answer(kept, "hello Kim", inquiry=inquiry(contact=ContactDetails("Kim"))))
    with database.read() as connection:
        lines = connection.execute(select(audit.c.action, audit.c.subject, audit.c.detail)).all()
    assert [line.action for line in lines] == ["conversation.opened", "inquiry.created", "message.answered"]
    assert "Kim" not in str(lines)


def test_erasing_a_conversation_erases_what_it_owns(ledger: SqlLedger, database: Database) -> None:
    kept = ledger.receive(arrival("hello"))
    ledger.answer(answer(kept, "hi", inquiry=inquiry()))
    with database.write() as connection:
        connection.execute(conversations.delete())
    assert [rows(database, table) for table in (messages, replies, inquiries)] == [0, 0, 0]


def test_the_notice_is_accepted_by_the_first_message_only(ledger: SqlLedger, database: Database) -> None:
    assert one(database, conversations).accepted_at is None
    ledger.receive(arrival("hello"))
    ledger.receive(replace(arrival("again"), now=NOW + timedelta(hours=1)))
    assert one(database, conversations).accepted_at == NOW


def test_a_session_opened_twice_is_a_storage_error_without_values(ledger: SqlLedger) -> None:
    with pytest.raises(StorageError) as failed:
        ledger.open(opening())
    assert SESSION not in str(failed.value)


def standing(ledger: SqlLedger, **named: str) -> Standing:
    """Where the conversation of these tests stands."""
    found = ledger.standing(SESSION, **named)
    assert found is not None
    return found


def same_replies(ledger: SqlLedger, client_id: str) -> tuple[StoredReply, ...]:
    """The answer that a retry would get."""
    same = standing(ledger, client_id=client_id).same
    assert same is not None
    return same.replies


def rows(database: Database, table: Any) -> int:
    """How many rows a table has."""
    with database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def one(database: Database, table: Any) -> Any:
    """The only row of a table."""
    with database.read() as connection:
        return connection.execute(select(table)).one()
