"""A judgement decides where an inquiry is listed until its patient's message says something the judge did not know."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.clinical.encounter import Encounter, FlagRecord
from bot.clinical.reading import RedFlag
from bot.clinical.vocabulary import Disposition, FlagClass, Level, Onset
from bot.service.desk_judgements import Judged, Judging, Verdict
from bot.service.desk_records import Staff
from bot.service.desk_roles import Role
from bot.service.inquiry import inquiry_of
from bot.store.judgements import JudgementRows
from bot.store.ledger import SqlLedger
from bot.store.tables import inbox_lists, inquiries, judgements
from bot.store.transaction import Database
from tests.store.audit_rows import verdict
from tests.store.persons import ACT, ANA, hire
from tests.store.rows import answer, arrival, new_id, opened

Say = Callable[..., None]
PAT = Staff(ANA, "Pat", "pat@clinic.example", Role.PHYSIOTHERAPIST)
SADDLE = FlagRecord(FlagClass.CAUDA_EQUINA, Level.EMERGENCY, Onset.NEW, "numb when I wipe", "saddle", told=True)
CALF = FlagRecord(FlagClass.DVT, Level.SAME_DAY, Onset.NEW, "my calf is hot", "calf", told=True)
HEARD_AGAIN = RedFlag(FlagClass.CAUDA_EQUINA, Level.EMERGENCY, Onset.NEW, "still numb", rule="saddle")
OLD_NOTE = RedFlag(FlagClass.STROKE, Level.NONE, Onset.OLD, "a bit dizzy for years", rule="dizzy")
EMERGENCY = Encounter(flags=(SADDLE,), disposition=Disposition.EMERGENCY, complete=True)
ROUTINE = Encounter(wants_appointment=True, disposition=Disposition.PHYSIO_EXAM, complete=True)


@pytest.fixture
def say(database: Database) -> Say:
    """The patient writes once more, and is understood as this encounter."""
    hire(database)
    ledger = opened(SqlLedger(database))
    turns = iter(range(20))

    def say(encounter: Encounter, *, heard: tuple[RedFlag, ...] = ()) -> None:
        kept = ledger.receive(arrival("a message", flags=heard))
        known = answer(kept, "an answer", version=next(turns), encounter=encounter, inquiry=inquiry_of(encounter))
        ledger.answer(known)

    return say


def judge(database: Database, level: Disposition, *, higher: bool = False, heard: int = 1) -> Judged:
    """Pat lists the only inquiry at another level."""
    given = Judging(Verdict.HIGHER if higher else Verdict.LOWER, level, "why", version=0, heard=heard)
    with database.read() as connection:
        id = connection.execute(select(inquiries.c.id)).scalar_one()
    return JudgementRows(database).judge(id, new_id(), given, staff=PAT, act=ACT)


def listed(database: Database) -> int:
    """The urgency of the only inquiry; every list that it stands in agrees."""
    with database.read() as connection:
        urgency = connection.execute(select(inquiries.c.urgency)).scalar_one()
        ranks = set(connection.execute(select(inbox_lists.c.rank)).scalars())
    assert {rank >> 52 for rank in ranks} == {urgency}
    return int(urgency)


def ends(database: Database) -> list[str | None]:
    """What ended each judgement."""
    with database.read() as connection:
        return list(connection.execute(select(judgements.c.ended_by)).scalars())


def test_a_lowered_one_stays_lowered_while_the_patient_says_nothing_new(say: Say, database: Database) -> None:
    say(EMERGENCY, heard=(HEARD_AGAIN,))
    assert judge(database, Disposition.SEE_DOCTOR) is Judged.DONE
    assert listed(database) == 30
    say(EMERGENCY)
    say(EMERGENCY, heard=(OLD_NOTE,))
    assert (listed(database), ends(database)) == (30, [None])


@pytest.mark.parametrize(
    ("encounter", "heard"),
    [
        (EMERGENCY, (HEARD_AGAIN,)),
        (EMERGENCY, (replace(HEARD_AGAIN, level=Level.NONE, ask=True),)),
        (replace(EMERGENCY, flags=(SADDLE, CALF)), ()),
    ],
    ids=["the same flag in new words", "a doubt", "another class by a tick"],
)
def test_a_new_flag_raises_a_lowered_one_again(
    say: Say, database: Database, encounter: Encounter, heard: tuple[RedFlag, ...]
) -> None:
    say(EMERGENCY)
    judge(database, Disposition.INFORMATION)
    say(encounter, heard=heard)
    assert (listed(database), ends(database)) == (0, ["patient"])
    assert verdict(database).holds


def test_a_new_flag_makes_a_raised_one_no_less_urgent(say: Say, database: Database) -> None:
    say(ROUTINE)
    judge(database, Disposition.EMERGENCY, higher=True)
    say(replace(ROUTINE, flags=(CALF,), disposition=Disposition.SAME_DAY))
    assert (listed(database), ends(database)) == (0, [None])


def test_a_raised_one_gives_way_to_what_is_more_urgent_still(say: Say, database: Database) -> None:
    say(ROUTINE)
    judge(database, Disposition.SAME_DAY, higher=True)
    say(EMERGENCY)
    assert (listed(database), ends(database)) == (0, ["patient"])


def test_a_lowered_and_closed_one_is_not_opened_again_by_a_thank_you(say: Say, database: Database) -> None:
    say(EMERGENCY)
    judge(database, Disposition.INFORMATION)
    with database.write() as connection:
        connection.execute(inquiries.update().values(status="closed"))
    say(EMERGENCY)
    with database.read() as connection:
        assert connection.execute(select(inquiries.c.status)).scalar_one() == "closed"
    say(EMERGENCY, heard=(HEARD_AGAIN,))
    with database.read() as connection:
        assert connection.execute(select(inquiries.c.status)).scalar_one() == "new"


def test_a_message_that_nobody_has_answered_yet_stands_against_lowering(say: Say, database: Database) -> None:
    say(EMERGENCY)
    SqlLedger(database).receive(arrival("now I cannot pee"))
    assert judge(database, Disposition.SEE_DOCTOR) is Judged.OVERTAKEN
    assert listed(database) == 0
    assert judge(database, Disposition.SEE_DOCTOR, heard=2) is Judged.DONE


def test_one_judgement_stands_at_a_time(say: Say, database: Database) -> None:
    say(EMERGENCY)
    assert judge(database, Disposition.SEE_DOCTOR) is Judged.DONE
    assert judge(database, Disposition.INFORMATION) is Judged.OVERTAKEN
    assert ends(database) == [None]
