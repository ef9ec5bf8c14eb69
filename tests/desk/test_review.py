"""The desk says who signed the clinical rules, as of now, and never to those who have not signed in."""

from collections.abc import Callable

import pytest

from bot.clinical.protocol import Protocol
from bot.knowledge.review import NOT_REVIEWED
from bot.knowledge.signatures import add_signature
from bot.service.desk import DeskServices
from tests.desk.browser import Browser
from tests.knowledge.signing import signed


def test_a_signature_shows_on_the_next_page_without_a_restart(
    ana: Browser, services: DeskServices, protocol: Protocol
) -> None:
    assert f"Clinical rules: {NOT_REVIEWED}" in ana.read("/desk")
    add_signature(services.signatures, signed(protocol))
    page = ana.read("/desk")
    assert "Clinical rules: signed by Ana Reyes, licence PT 12345, on 2026-11-22" in page
    assert NOT_REVIEWED not in page


def test_those_who_have_not_signed_in_are_told_no_name(
    visit: Callable[..., Browser], services: DeskServices, protocol: Protocol
) -> None:
    add_signature(services.signatures, signed(protocol))
    page = visit().read("/desk/sign-in")
    assert "Clinical rules: signed by a reviewer of the clinic" in page
    assert "Reyes" not in page


def test_rules_that_changed_after_they_were_signed_are_a_draft(
    ana: Browser, services: DeskServices, protocol: Protocol
) -> None:
    add_signature(services.signatures, signed(protocol, version="another"))
    assert f"{NOT_REVIEWED}; Ana Reyes, licence PT 12345, signed another version" in ana.read("/desk")


def test_a_name_cannot_write_into_the_page(ana: Browser, services: DeskServices, protocol: Protocol) -> None:
    add_signature(services.signatures, signed(protocol, name="<script>alert(1)</script>"))
    assert "<script>alert" not in ana.open("/desk").text


@pytest.mark.parametrize("content", [b"{", b"\xff\n"])
def test_a_damaged_file_never_takes_the_desk_away(content: bytes, ana: Browser, services: DeskServices) -> None:
    services.signatures.write_bytes(content)
    page = ana.read("/desk")
    assert f"{NOT_REVIEWED}; the file of signatures cannot be read" in page
    assert str(services.signatures.parent) not in page
