"""Filters, views and search of the inbox: each alone, together, in the address, as chips, on pages."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import event, select, text

from bot.clinical.vocabulary import Disposition, Finding, Presence, Region
from bot.errors import NotUnderstood
from bot.service.desk import DeskServices
from bot.service.desk_filters import read_query
from bot.service.desk_inquiries import write_place
from bot.store import inbox_search, tables
from bot.store.inbox_lists import facets_of, name_of, named_by, rank_of, scope_of
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, asked_for, backache, flagged
from tests.desk.queues import queue

Arrive = Callable[[Patient], str]
LINK = re.compile(r'href="/desk/inquiries/([0-9a-f]{32})"')


def ids(services: DeskServices, status: str = "open", **by: str) -> list[str]:
    """The ids that the inbox shows."""
    return [entry.id for entry in queue(services, status, by=by).entries]


def with_finding(finding: Finding, region: Region) -> Patient:
    """A patient with this one finding in this place."""
    one = replace(backache().findings[0], finding=finding, presence=Presence.PRESENT, regions=(region,))
    return Patient(encounter=backache(findings=(one,), regions=(region,)))


def test_each_filter_shows_those_who_have_it(services: DeskServices, arrive: Arrive) -> None:
    knee = arrive(with_finding(Finding.SWELLING, Region.KNEE))
    pays = backache(request=asked_for("Mary Ng", "+16045550123", payer="icbc"), language="pa")
    back = arrive(Patient(encounter=pays))
    urgent = arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    assert ids(services, region="knee") == [knee]
    assert ids(services, finding="swelling") == [knee]
    assert ids(services, payer="icbc") == [back]
    assert ids(services, language="pa") == [back]
    assert ids(services, level="emergency") == [urgent]
    assert ids(services, channel="web") == [urgent, knee, back]
    assert ids(services, received="2026-11-22") == ids(services, received="2026-11") == [urgent, knee, back]
    assert ids(services, received="2026-11-21") == []


def test_filters_narrow_each_other(services: DeskServices, arrive: Arrive) -> None:
    arrive(with_finding(Finding.SWELLING, Region.KNEE))
    both = arrive(with_finding(Finding.PAIN, Region.KNEE))
    arrive(with_finding(Finding.PAIN, Region.HIP))
    assert ids(services, region="knee", finding="pain") == [both]
    assert ids(services, region="knee", finding="pain", payer="icbc") == []


def test_who_pays_in_their_own_words_is_found_as_other(services: DeskServices, arrive: Arrive) -> None:
    other = arrive(Patient(encounter=backache(request=asked_for("A", payer="My union does, I think"))))
    assert ids(services, payer="other") == [other]


def test_unread_ends_when_anyone_opens_it_and_new_to_me_when_i_do(
    work: Callable[[str], Browser], arrive: Arrive
) -> None:
    ana, bo, id = work("Ana"), work("Bo"), arrive(Patient(encounter=backache()))

    def shown(browser: Browser, view: str) -> list[str]:
        return LINK.findall(browser.open(f"/desk?is={view}").text)

    assert shown(ana, "unread") == shown(ana, "new_to_me") == [id]
    bo.open(f"/desk/inquiries/{id}")
    assert shown(ana, "unread") == shown(bo, "new_to_me") == []
    assert shown(ana, "new_to_me") == [id]


def test_views_of_owners_contact_and_leaving(
    ana: Browser, services: DeskServices, arrive: Arrive, clock: TurnableClock
) -> None:
    mine, other = (arrive(Patient(encounter=backache(request=asked_for("N", "+16045550123")))) for _ in range(2))
    left = arrive(Patient(encounter=backache(disposition=None, complete=False)))
    ana.act(mine, "take", owner="")
    assert LINK.findall(ana.open("/desk?is=mine").text) == [mine]
    assert ids(services, **{"is": "unassigned"}) == [other, left]
    assert ids(services, **{"is": "no_contact"}) == [left]
    assert ids(services, **{"is": "left_early"}) == []
    clock.turn(minutes=31)
    assert ids(services, **{"is": "left_early"}) == [left]


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("Núñez", True),
        ("nune", True),
        ("carla nunez", True),
        ("(604) 555-0188", True),
        ("+1 604 555 0188", True),
        ("0188", True),
        ("gardening", True),
        ("garden", True),
        ("carla gardening", True),
        ("nun hockey", False),
        ("604 555 0189", False),
        ("0189", False),
        ("nuñez hockey", False),
    ],
)
def test_a_search_finds_names_numbers_and_what_was_said(
    services: DeskServices, arrive: Arrive, query: str, is_found: bool
) -> None:
    request = asked_for("Carla Núñez", "+16045550188")
    id = arrive(Patient("It hurts after gardening all day", encounter=backache(request=request)))
    arrive(Patient("My shoulder is stiff", encounter=backache(request=asked_for("Bea Lo", "+16045550199"))))
    assert ids(services, q=query) == ([id] if is_found else [])


def test_a_search_goes_with_filters_and_survives_a_change_of_status(
    ana: Browser, services: DeskServices, arrive: Arrive
) -> None:
    id = arrive(Patient("It hurts after gardening", encounter=backache()))
    ana.act(id, "status", status="booked", version="0")
    assert ids(services, q="gardening") == []
    assert ids(services, "booked", q="gardening", region="lower_back") == [id]
    assert ids(services, "all", q="gardening") == [id]


def test_an_address_keeps_every_filter_and_each_chip_takes_one_away(ana: Browser, arrive: Arrive) -> None:
    arrive(Patient(encounter=backache()))
    page = ana.open(f"/desk?status=new&is=unread&region=lower_back&q={quote('burning pain')}").text
    assert len(LINK.findall(page)) == 1
    chips = [link.replace("&amp;", "&") for link in re.findall(r'class="chip" href="([^"]+)"', page)]
    assert chips == [
        "/desk?status=new&region=lower_back&q=burning%20pain",
        "/desk?status=new&is=unread&q=burning%20pain",
        "/desk?status=new&is=unread&region=lower_back",
    ]
    assert all(LINK.findall(ana.open(chip).text) for chip in chips)


def test_another_choice_of_a_filter_replaces_the_first_but_places_add_up() -> None:
    query = read_query([("level", "crisis"), ("level", "emergency"), ("region", "knee"), ("region", "hip")])
    assert [facet.value for facet in query.facets] == ["emergency", "knee", "hip"]


@pytest.mark.parametrize(
    "pairs",
    [
        [("status", "lost")],
        [("is", "urgent")],
        [("level", "x")],
        [("region", "moon")],
        [("received", "yesterday")],
        [("payer", "<script>")],
        [("region", region.value) for region in Region],
    ],
)  # fmt: skip
def test_an_address_that_names_what_there_is_not_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(NotUnderstood):
        read_query(pairs)


def test_filters_that_hardly_ever_meet_say_where_to_look_further(
    services: DeskServices, arrive: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_search, "MOST_WALKED", 3)
    for _ in range(4):
        arrive(with_finding(Finding.PAIN, Region.HIP))
        arrive(with_finding(Finding.SWELLING, Region.KNEE))
    last = arrive(with_finding(Finding.PAIN, Region.KNEE))
    seen, after = [], None
    for _ in range(4):
        page = queue(services, "open", after=after, by={"region": "knee", "finding": "pain"})
        seen += [entry.id for entry in page.entries]
        if page.following is None:
            break
        assert page.is_cut
        after = write_place(page.following)
    assert seen == [last]


def test_every_list_says_what_its_row_says(
    ana: Browser, services: DeskServices, arrive: Arrive, database: Database, clock: TurnableClock
) -> None:
    some = [arrive(Patient(encounter=backache(request=asked_for(f"Kim {n}", "+16045550123")))) for n in range(4)]
    ana.act(some[0], "take", owner="")
    ana.act(some[1], "status", status="closed", version="0", reason="spam")
    ana.act(some[2], "snooze", until=(clock.now() + timedelta(hours=2)).isoformat(), version="0")
    with database.read() as connection:
        for row in connection.execute(select(tables.inquiries)):
            mine = select(tables.inbox_lists).where(tables.inbox_lists.c.inquiry_id == row.id)
            kept = {one.list: one.rank for one in connection.execute(mine)}
            scope, rank = scope_of(row), rank_of(row.urgency, row.waiting_since)
            wanted = {name_of(scope, facet) for facet in (*facets_of(row), *named_by(row.name, row.phone))}
            assert wanted <= set(kept)
            assert set(kept.values()) == {rank}
            assert all("|w:" in name for name in set(kept) - wanted)


def test_no_question_to_the_inbox_scans_or_sorts_a_table(
    database: Database, services: DeskServices, arrive: Arrive
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by size: scripts/soak_inbox.py measures it there")
    arrive(Patient(encounter=backache()))
    asked: list[tuple[str, object]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    query = {"region": "lower_back", "finding": "pain", "q": "burning pain", "payer": "icbc", "is": "new_to_me"}
    queue(services, "all", by=query)
    queue(services, "all", by={"region": "lower_back", "is": "left_early"})
    services.watch.alarm()
    services.watch.news()
    selects = [one for one in asked if one[0].startswith("SELECT")]
    assert len(selects) > 8
    with database.read() as connection:
        plans = [
            f"{step[3]} in {sql}"
            for sql, values in selects
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()  # type: ignore[arg-type]  # as it was sent
        ]
    made_here = ("SCAN anon_", "SCAN CONSTANT", "SCAN (subquery")
    assert not [plan for plan in plans if plan.startswith("SCAN") and not plan.startswith(made_here)]
    assert not [plan for plan in plans if "TEMP B-TREE" in plan]


def test_erasing_a_conversation_leaves_no_list_and_no_word(
    services: DeskServices, arrive: Arrive, database: Database
) -> None:
    arrive(Patient("the canary burns", encounter=backache(request=asked_for("Canary Smith", "+16045550123"))))
    with database.write() as connection:
        connection.execute(text("DELETE FROM conversations"))
    with database.read() as connection:
        assert not connection.execute(select(tables.inbox_lists)).all()
