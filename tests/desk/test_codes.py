"""Codes and what is kept of them: sealed secrets, half minutes, networks and browsers."""

import pytest

from bot.service.desk_devices import device_of, network_of
from bot.service.desk_records import Device
from bot.service.desk_sealing import Sealer
from bot.service.desk_totp import step_of
from tests.desk.authenticator import Authenticator
from tests.desk.clock import TurnableClock

FIREFOX = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"


def test_a_sealed_secret_opens_for_its_owner_and_this_clinic_only() -> None:
    sealed = Sealer("a" * 32).seal("JBSWY3DP", whose="ana")
    assert Sealer("a" * 32).open(sealed, whose="ana") == "JBSWY3DP"
    assert Sealer("a" * 32).open(sealed, whose="bo") is None
    assert Sealer("b" * 32).open(sealed, whose="ana") is None
    assert Sealer("a" * 32).open(sealed[:-4], whose="ana") is None
    assert Sealer("a" * 32).open("", whose="ana") is None


def test_a_code_says_of_which_half_minute_it_is(clock: TurnableClock, phone: Authenticator) -> None:
    phone.secret = "JBSWY3DPEHPK3PXP" * 2
    this = int(clock.now().timestamp()) // 30
    assert step_of(phone.code(steps_off=-1), secret=phone.secret, now=clock.now()) == this - 1
    assert step_of(phone.code(steps_off=2), secret=phone.secret, now=clock.now()) is None


@pytest.mark.parametrize(
    ("agent", "browser"),
    [(FIREFOX, "Firefox, Mac"), (EDGE, "Edge, Windows"), (PHONE, "Safari, iPhone"), ("curl/8", ""), ("", "")],
)
def test_a_browser_is_kept_as_its_family_and_system(agent: str, browser: str) -> None:
    assert device_of(agent, "nowhere") == Device(browser, "")


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.x.x"), ("2001:db8::77", "2001:0db8:x"), ("testclient", ""), ("unknown", "")],
)
def test_of_an_address_only_the_network_is_kept(address: str, network: str) -> None:
    assert network_of(address) == network
