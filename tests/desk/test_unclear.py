"""Messages that were not understood are listed, labelled, masked and taken out; they go with their person."""

from collections.abc import Callable

import pytest
import yaml
from sqlalchemy import select, update

from bot.clinical.encounter import Encounter
from bot.service.desk import DeskServices
from bot.service.desk_roles import Role
from bot.service.training import PAGE
from bot.service.training_file import example, masked, training_lines
from bot.store import tables
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, asked_for, backache
from tests.desk.queues import NOBODY
from tests.desk.talks import Turn, talk
from tests.test_inventory import INTENTS

UNCLEAR = {
    "means nothing": Turn("asdf qwer", "where", "nonsense"),
    "none of our business": Turn("who won the game", "where", "out_of_scope"),
    "was put again": Turn("since the thing with the boat", "time", "inform"),
    "said so": Turn("blub", None, None, "I am sorry, I did not catch that."),
}
UNDERSTOOD = {
    "an answer": Turn("two weeks", "who", "inform"),
    "a question about the clinic, then the same again": Turn("how much is it", "time", "faq/cost_insurance"),
}


@pytest.fixture
def unclear(database: Database, clock: TurnableClock) -> Callable[..., str]:
    """Lets somebody write so that the question about the time is put, and then this."""

    def write(turn: Turn, encounter: Encounter | None = None) -> str:
        clock.turn(seconds=1)
        return talk(
            database, (Turn("my back hurts", "time", "describe_symptom"), turn), at=clock.now(), encounter=encounter
        )

    return write


def ids(database: Database) -> list[str]:
    """The messages kept to be labelled."""
    with database.read() as connection:
        return list(connection.execute(select(tables.unclear_messages.c.message_id)).scalars())


@pytest.mark.parametrize("name", [*UNCLEAR, *UNDERSTOOD])
def test_only_what_was_not_understood_is_listed(ana: Browser, unclear: Callable[..., str], name: str) -> None:
    turn = {**UNCLEAR, **UNDERSTOOD}[name]
    unclear(turn)
    page = ana.read("/desk/not-understood")
    assert (turn.text in page) == (name in UNCLEAR)
    assert "my back hurts" not in page


def test_a_label_moves_it_and_is_written_down(
    ana: Browser, unclear: Callable[..., str], database: Database, audited: Callable[[], list[tuple[str, str | None]]]
) -> None:
    unclear(UNCLEAR["was put again"])
    ana.open("/desk/not-understood")
    (id,) = ids(database)
    for label in ("inform", "none", "faq/what_it_treats"):
        answer = ana.submit(f"/desk/not-understood/{id}/label", page="/desk/not-understood?show=labelled", label=label)
        assert answer.status_code == 303
    assert ("training.labelled", "faq/what_it_treats") in audited()
    assert "the boat" not in ana.read("/desk/not-understood")
    assert "the boat" in ana.read("/desk/not-understood?show=labelled")
    for label, status in (("made_up", 400), ("", 400)):
        assert ana.submit(f"/desk/not-understood/{id}/label", page="/desk", label=label).status_code == status
    assert ana.submit("/desk/not-understood/gone/label", page="/desk", label="inform").status_code == 404


def test_older_messages_are_a_page_away_and_none_is_left_out(ana: Browser, unclear: Callable[..., str]) -> None:
    for number in range(PAGE + 3):
        unclear(Turn(f"zz{number}zz", "where", "nonsense"))
    address, seen = "/desk/not-understood", []
    while address:
        page = ana.open(address).text
        seen += [part.partition("zz")[0] for part in page.split("zz")[1::2]]
        older = page.partition("before=")[2].partition('"')[0]
        address = f"/desk/not-understood?before={older}" if older else ""
    assert seen == [str(number) for number in reversed(range(PAGE + 3))]
    assert ana.open("/desk/not-understood?before=x").status_code == 400


def test_the_file_holds_each_intent_once_without_who_wrote_it(
    ana: Browser, unclear: Callable[..., str], database: Database, audited: Callable[[], list[tuple[str, str | None]]]
) -> None:
    known = backache(request=asked_for("Mary-Lou Ng", "+16045550123"))
    unclear(Turn("it's Mary-Lou NG, 604-555-0123, [back](place) hurts", "time", "nonsense"), known)
    unclear(Turn("the boat\nthing: #1", "time", "nonsense"))
    ana.open("/desk/not-understood")
    for id in ids(database):
        ana.submit(f"/desk/not-understood/{id}/label", page="/desk/not-understood", label="faq/what_it_treats")
    answer = ana.submit("/desk/not-understood/export", page="/desk/not-understood")
    (intent,) = yaml.safe_load(answer.text)["nlu"]
    assert intent["intent"] == "faq_what_it_treats"
    assert intent["examples"].splitlines() == ["- it's NAME NAME, NUMBER, (back)(place) hurts", "- the boat thing: #1"]
    assert "read every line" in answer.text
    assert "to-review" in answer.headers["content-disposition"]
    assert audited()[-1] == ("training.exported", None)
    assert "The file is for review" in ana.read("/desk/not-understood")


MASKED = [
    ("call me at 604 555 0123 please", None, "call me at NUMBER please"),
    ("+1 (604) 555-0123", None, "NUMBER"),
    ("six oh four five five five oh one two three", None, "NUMBER"),
    ("mail mary.ng@mail.example!", None, "mail EMAIL"),
    ("my name is mary ng", None, "my name is NAME"),
    ("I am called Mary Ng and my knee hurts", None, "I am called NAME and my knee hurts"),
    ("www.mary.example/me", None, "LINK"),
    ("V6B 1A1", None, "POSTCODE"),
    ("mary here", "Mary Ng", "NAME here"),
    ("summary of 3 weeks, 20 minutes", "Mary Ng", "summary of 3 weeks, 20 minutes"),
    ("O'Brien said so", "Pat O'Brien", "NAME said so"),
]


@pytest.mark.parametrize(("text", "name", "left"), MASKED)
def test_what_tells_who_wrote_is_masked(text: str, name: str | None, left: str) -> None:
    assert " ".join(masked(text, name=name).split()) == left


@pytest.mark.parametrize(
    "text", ["- x", "# x", "/inform", "a\r\nb", "'\"", "a: b", "{x}", "\u2028x", "a\\nb", '[x]{"a"}', "\t"]
)
def test_no_sign_breaks_the_file(text: str) -> None:
    assert "\n" not in example(text, name=None)
    assert example(text, name=None).isprintable()
    assert not set("[]{}\\") & set(example(text, name=None))
    assert yaml.safe_load("".join(training_lines([])))["nlu"] == []


def test_they_go_with_their_person(
    ana: Browser, arrive: Callable[[Patient], str], services: DeskServices, database: Database, clock: TurnableClock
) -> None:
    inquiry_id = arrive(Patient(text="blub", encounter=backache(), reply="I am sorry, I did not catch that."))
    assert "blub" in ana.read("/desk/not-understood")
    assert len(ids(database)) == 1
    services.persons.erase(inquiry_id, NOBODY)
    assert ids(database) == []
    clock.turn(minutes=5)
    assert "blub" not in ana.read("/desk/not-understood")


def test_those_who_see_no_patients_see_no_message_and_only_managers_take_the_file_out(
    work: Callable[[str], Browser], database: Database
) -> None:
    browser = work("Olu")
    for role, seen in ((Role.AUDITOR, 403), (Role.RECEPTION, 200), (Role.PHYSIOTHERAPIST, 200)):
        with database.write() as connection:
            connection.execute(update(tables.staff).values(role=role.value))
        page = browser.open("/desk/not-understood")
        sent = browser.submit("/desk/not-understood/export", page="/desk/account")
        assert (page.status_code, sent.status_code) == (seen, 403)
        assert "Take out as YAML" not in page.text


def test_staff_choose_among_all_intents_of_the_chat(services: DeskServices) -> None:
    known = {intent.replace("/", "_") for intent in services.training.intents()}
    assert known == set(INTENTS) - {"nlu_fallback"}


def test_a_patient_who_writes_on_is_looked_at_again_and_nothing_is_kept_twice(
    services: DeskServices, unclear: Callable[..., str], database: Database, clock: TurnableClock
) -> None:
    for _ in range(3):
        unclear(UNCLEAR["means nothing"])
        services.training.collect_all()
        services.training.collect_all()
    clock.turn(days=2)
    services.training.collect_all()
    assert len(ids(database)) == 3
