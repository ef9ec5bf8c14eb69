"""Numbers that nobody can call and addresses that no mail reaches are named for what is wrong with them."""

import pytest

from bot.service.contact import country_of, trouble_in
from tests.service.clinic import TestClinic


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("604-555-0123", None),
        ("Kim Ode, (604) 555 0123", None),
        ("+44 20 7946 0018", None),
        ("kim@example.org", None),
        ("write to kim@example.org, please.", None),
        ("555-0123", "local_number"),
        ("my number is 555 0123", "local_number"),
        ("123-456-7890", "impossible_number"),
        ("604-555-012", "impossible_number"),
        ("6045550123456789", "impossible_number"),
        ("555-0123 or 604 555 0123", None),
        ("kim@example", "bad_email"),
        ("kim@@example.org", "bad_email"),
        ("kim.example.org@", "bad_email"),
        ("k..im@example.org", "bad_email"),
        ("for 6 months", None),
        ("", None),
        ("@", "bad_email"),
    ],
)
def test_what_is_wrong_with_a_contact_is_named(text: str, trouble: str | None) -> None:
    assert trouble_in(text, country="CA") == trouble


def test_the_region_names_the_country() -> None:
    assert country_of("ca-bc") == "CA"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("604 but the rest is 555-0123 x", "no area code"),
        ("123-456-7890", "No one can call"),
        ("kim@", "does not look"),
    ],
)
async def test_a_contact_that_leads_nowhere_is_asked_for_again_by_name(
    clinic: TestClinic, typed: str, words: str
) -> None:
    session = await clinic.session()
    await clinic.say(session, "burning in my lower back")
    replies = await answer_until_contact(clinic, session)
    assert replies[-1]["question"] == "booking.contact"
    again = await clinic.say(session, typed)
    assert again[-1]["question"] == "booking.contact"
    assert words in again[-1]["text"]


async def answer_until_contact(clinic: TestClinic, session: str) -> list[dict[str, object]]:
    """Tap the ordinary answer to everything until the contact is asked for."""
    ordinary = {"who": "me_19_49", "background": "skip", "booking.offer": "book"}
    replies = await clinic.tap(session, "none")
    while replies[-1]["question"] != "booking.contact":
        replies = await clinic.tap(session, ordinary.get(replies[-1]["question"], "none"))
    return replies
