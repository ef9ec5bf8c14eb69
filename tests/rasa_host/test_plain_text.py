"""A patient's slashes never give rasa orders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rasa_host.plain_text import without_orders


@pytest.mark.parametrize(
    "text", ["/restart", "  /restart", "//restart", "/ / /restart", '/inform{"x": 1}', "\t/\n/session_start", "/"]
)
def test_no_order_is_left_in_front(text: str) -> None:
    assert not without_orders(text).strip().startswith("/")


def test_a_slash_after_the_first_word_stays() -> None:
    assert without_orders("pain 7/10 and/or worse") == "pain 7/10 and/or worse"


@given(st.text(alphabet=st.one_of(st.sampled_from("/ \n\u00a0a"), st.characters())))
def test_the_text_keeps_its_length_and_its_words_their_places(text: str) -> None:
    plain = without_orders(text)
    assert len(plain) == len(text)
    assert all(
        before in (after, "/") or "\ud800" <= before <= "\udfff" for before, after in zip(text, plain, strict=True)
    )
    assert not plain.strip().startswith("/")
    plain.encode("utf-8")
