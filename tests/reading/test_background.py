"""What a complaint is like, whether it is new or old, who pays and the number of a claim."""

import pytest

from tests.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "qualities"),
    [
        ("a sharp, burning pain in my heel", ("sharp", "burning")),
        ("it throbs and shoots down my leg", ("throbbing", "shooting")),
        ("like an electric shock", ("electric",)),
        ("not sharp, just a dull ache", ("dull", "aching")),
        ("my wife has a stabbing pain, I have none", ()),
        ("could it cause burning?", ()),
        ("my knee is swollen", ()),
    ],
)
def test_the_quality_is_what_the_patient_says_it_is_like(read: Read, text: str, qualities: tuple[str, ...]) -> None:
    assert read(text).background.qualities == qualities


@pytest.mark.parametrize(
    ("text", "onset"),
    [
        ("it started suddenly in my neck", "new"),
        ("my knee has been getting worse", "new"),
        ("chronic back pain", "old"),
        ("this is nothing new", "old"),
        ("an old injury of my knee that is getting worse", None),
        ("my knee hurts", None),
    ],
)
def test_new_and_old_are_told_by_words_and_both_together_leave_it_open(
    read: Read, text: str, onset: str | None
) -> None:
    told = read(text).background.onset
    assert (told.value if told else None) == onset


@pytest.mark.parametrize(
    ("text", "payer", "claim"),
    [
        ("neck pain after a crash, ICBC claim number BF12345", "icbc", "BF12345"),
        ("WCB claim, my shoulder hurts", "worksafebc", None),
        ("I have extended health through work", "extended", None),
        ("I am paying out of pocket", "private", None),
        ("I claim my knee hurts", None, None),
        ("my neck hurts, call 6045550123", None, None),
        ("I have no ICBC claim", None, None),
    ],
)
def test_who_pays_and_which_claim(read: Read, text: str, payer: str | None, claim: str | None) -> None:
    background = read(text).background
    assert (background.payer, background.claim) == (payer, claim)
