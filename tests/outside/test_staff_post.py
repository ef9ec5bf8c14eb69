"""Mail to staff is sent at once, and whoever asked for it is told whether the mail server took it."""

from datetime import UTC, datetime

import pytest

from bot.errors import MailError, MailRefused
from bot.outside.staff_post import StaffPost
from bot.service.records import Letter

LETTER = Letter("1", "cai@clinic.example", "Your account", "Open the link.", datetime(2026, 11, 22, tzinfo=UTC))


class FakeMailbox:
    """Takes letters, or fails as told."""

    def __init__(self, fault: MailError | None = None) -> None:
        self.fault = fault
        self.taken: list[Letter] = []

    async def send(self, letter: Letter) -> None:
        """Take it or fail."""
        if self.fault:
            raise self.fault
        self.taken.append(letter)


def test_a_letter_that_was_taken_is_said_to_be_sent() -> None:
    mailbox = FakeMailbox()
    assert StaffPost(mailbox).send(LETTER)
    assert mailbox.taken == [LETTER]


@pytest.mark.parametrize("fault", [MailError("the server is away"), MailRefused("no such address")])
def test_a_letter_that_was_not_taken_is_said_not_to_be_sent(fault: MailError, caplog: pytest.LogCaptureFixture) -> None:
    assert not StaffPost(FakeMailbox(fault)).send(LETTER)
    assert "cai@clinic.example" not in caplog.text
    assert "Open the link" not in caplog.text
