"""A code that comes twice at the very same time opens one session."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest

from bot.service.desk import DeskServices
from bot.service.desk_account_records import HalfSession
from bot.service.desk_accounts import Refusal
from bot.service.desk_records import Device
from bot.service.desk_second_factor import TypedCode
from tests.desk.authenticator import PASSWORD, Authenticator, enrol
from tests.desk.browser import Browser

AT_ONCE = 4


def half_of(browser: Browser, services: DeskServices) -> HalfSession:
    """Ana's right password in this browser."""
    browser.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    half = services.staff.factors.half(browser.cookies["needlepoint-desk"])
    assert half is not None
    return half


def all_at_once(services: DeskServices, halves: list[HalfSession], code: str) -> list[str | Refusal]:
    """The answers to one code in all of these browsers."""
    start, answers = Barrier(len(halves)), list[str | Refusal]()

    def enter(half: HalfSession) -> None:
        start.wait()
        answers.append(services.staff.factors.enter(half, TypedCode(code, "10.1.1.1", Device())))

    threads = [Thread(target=enter, args=[half]) for half in halves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize("kind", ["code of the moment", "recovery code"])
def test_in_several_browsers_it_opens_one(
    kind: str, ana: Browser, visit: Callable[..., Browser], phone: Authenticator, services: DeskServices
) -> None:
    recovery = enrol(ana, phone)
    halves = [half_of(visit(), services) for _ in range(AT_ONCE)]
    code = recovery[0] if kind == "recovery code" else phone.next_code()
    answers = all_at_once(services, halves, code)
    assert sum(not isinstance(answer, Refusal) for answer in answers) == 1
    assert len(answers) == AT_ONCE


def test_two_codes_for_one_half_sign_in_open_one_session(
    ana: Browser, visit: Callable[..., Browser], phone: Authenticator, services: DeskServices
) -> None:
    recovery = enrol(ana, phone)
    half = half_of(visit(), services)
    first, second = (services.staff.factors.enter(half, TypedCode(code, "10.1.1.1", Device())) for code in recovery[:2])
    assert not isinstance(first, Refusal)
    assert second is Refusal.CODE
