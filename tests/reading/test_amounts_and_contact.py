"""Severity, age, name, telephone and e-mail, as patients write them."""

from collections.abc import Callable

import pytest

from bot.clinical.reading import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("7/10", 7),
        ("7 out of 10", 7),
        ("about a seven", 7),
        ("I would rate it 6", 6),
        ("6-7 out of ten", 7),
        ("10", 10),
        ("it hurts", None),
        ("for 7 weeks", None),
        ("my knee hurts, 12 sessions did nothing", None),
    ],
)
def test_severity(read: Read, text: str, severity: int | None) -> None:
    assert read(text).severity == severity


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("I'm 34 and my neck hurts", 34),
        ("34 year old woman with a stiff neck", 34),
        ("34F, desk job", 34),
        ("I am 16", 16),
        ("my son is 9", 9),
        ("I am 22 weeks pregnant", None),
        ("I'm 5 days into this", None),
        ("for 34 years", None),
    ],
)
def test_age(read: Read, text: str, age: int | None) -> None:
    assert read(text).age == age


@pytest.mark.parametrize(
    ("text", "name", "phone", "email"),
    [
        ("My name is Maria Lopez", "Maria Lopez", None, None),
        ("it's Maria", "Maria", None, None),
        ("Maria Lopez, 604-555-0123", "Maria Lopez", "+16045550123", None),
        ("maria lopez 604 555 0123", None, "+16045550123", None),
        ("Maria", "Maria", None, None),
        ("call me at (604) 555-0123 please", None, "+16045550123", None),
        ("maria@example.org works best", None, None, "maria@example.org"),
        ("it's fine", None, None, None),
        ("Lower back", None, None, None),
        ("Yes", None, None, None),
        ("my name is on the list, my number is 555", None, None, None),
        ("It hurts", None, None, None),
    ],
)
def test_contact(read: Read, text: str, name: str | None, phone: str | None, email: str | None) -> None:
    contact = read(text).contact
    assert (contact.name, contact.phone, contact.email) == (name, phone, email)


@pytest.mark.parametrize(
    ("text", "is_for_someone"),
    [
        ("my mother can't type, she has a sore hip", True),
        ("booking for my son, his knee is swollen", True),
        ("my knee hurts, my dad had the same", False),
        ("my friend recommended you, my neck is stiff", False),
        ("my knee hurts", False),
    ],
)
def test_writing_for_someone(read: Read, text: str, is_for_someone: bool) -> None:
    assert read(text).for_someone is is_for_someone


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes", "yes"),
        ("Yeah it does", "yes"),
        ("nope", "no"),
        ("not really", "no"),
        ("not sure", "unsure"),
        ("idk", "unsure"),
        ("no idea", "unsure"),
        ("a little", "yes"),
        ("sometimes", "yes"),
        ("it does", "yes"),
        ("it does swell", None),
        ("it is swollen on the left", None),
        ("I have had a burning pain in my lower back", None),
        ("I think my knee is swollen", None),
        ("I am 34", None),
        ("right", "yes"),
        ("my right knee", None),
        ("yes, my back hurts", "yes"),
        ("just the pain", "no"),
        ("just a bit", "yes"),
        ("nope nothing", "no"),
        ("none of those", "no"),
        ("not that I know", "no"),
        ("I don't think so", "no"),
        ("no swelling", None),
        ("never had a cramp", None),
        ("hard to say", "unsure"),
        ("I don't know", "unsure"),
        ("I'd be lying if I said no", "yes"),
        ("my knee hurts and it has been like that since the fall", None),
        ("how long does it take?", None),
    ],
)
def test_bare_answers(read: Read, text: str, answer: str | None) -> None:
    found = read(text).answer
    assert (found.value if found else None) == answer
