"""S6: guesses are counted before they are looked at, and an unknown account answers like a known one."""

import statistics
import time
from collections.abc import Callable

import pytest
from argon2 import PasswordHasher

from bot.service.desk import DeskServices
from bot.service.desk_account_records import Entry
from bot.service.desk_accounts import Refusal, SignIn
from bot.service.desk_passwords import Passwords
from bot.service.desk_records import Act, Device
from bot.service.desk_second_factor import TypedCode
from tests.desk.authenticator import PASSWORD, Authenticator
from tests.desk.browser import Browser
from tests.desk.clock import TurnableClock

Visit = Callable[..., Browser]
Hire = Callable[[str], None]
CODE = "/desk/sign-in/code"


class CountingPasswords(Passwords):
    """Counts the passwords that are really looked at."""

    def __init__(self) -> None:
        super().__init__(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        self.looked_at = 0

    def matches(self, password: str, kept: str | None) -> bool:
        """Count it and look."""
        self.looked_at += 1
        return super().matches(password, kept)


def test_of_a_thousand_guesses_at_a_password_ten_are_looked_at_in_a_quarter_of_an_hour(
    services: DeskServices, hire: Hire, clock: TurnableClock
) -> None:
    hire("Ana")
    counting = CountingPasswords()
    object.__setattr__(services.accounts, "passwords", counting)
    for n in range(1000):
        guess = SignIn("ana@clinic.example", f"guess {n}", f"10.1.{n // 250}.{n % 250}")
        assert services.accounts.sign_in(guess) in (Refusal.CREDENTIALS, Refusal.THROTTLED)
        clock.turn(seconds=0.8)
    assert counting.looked_at == 10


def test_of_a_thousand_guesses_at_a_code_ten_are_looked_at_in_a_quarter_of_an_hour(
    half_ana: Browser, services: DeskServices, phone: Authenticator, clock: TurnableClock
) -> None:
    factors = services.staff.factors
    half = factors.half(half_ana.cookies["needlepoint-desk"])
    assert half is not None
    right = phone.next_code()
    wrong = f"{(int(right) + 7) % 1_000_000:06}"
    answers = [factors.enter(half, TypedCode(wrong, f"10.1.{n // 250}.{n % 250}", Device())) for n in range(1000)]
    assert answers.count(Refusal.CODE) == 10
    assert answers.count(Refusal.THROTTLED) == 990
    assert factors.enter(half, TypedCode(right, "10.2.2.2", Device())) is Refusal.THROTTLED


def test_signing_in_again_with_the_password_gives_no_fresh_guesses_at_the_code(
    half_ana: Browser, visit: Visit, clock: TurnableClock
) -> None:
    for _ in range(10):
        assert half_ana.submit(CODE, code="000000").status_code == 401
    other = visit("10.5.5.5")
    other.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    answer = other.submit(CODE, code="000000")
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "900"


def test_recovery_codes_are_guessed_no_more_often(half_ana: Browser) -> None:
    tries = [half_ana.submit(CODE, code=f"aaaa-bbbb-cccc-{n:04}").status_code for n in range(11)]
    assert tries == [401] * 10 + [429]


def test_too_many_guesses_at_the_code_leave_the_victim_where_they_are(ana: Browser, half_ana: Browser) -> None:
    for _ in range(11):
        half_ana.submit(CODE, code="000000")
    assert ana.open("/desk").status_code == 200


def test_the_code_opens_again_after_a_quarter_of_an_hour(
    half_ana: Browser, phone: Authenticator, clock: TurnableClock
) -> None:
    for _ in range(11):
        half_ana.submit(CODE, code="000000")
    clock.turn(minutes=16)
    half_ana.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    assert half_ana.submit(CODE, code=phone.code()).status_code == 303


def test_the_right_code_forgets_the_failures_before_it(half_ana: Browser, phone: Authenticator) -> None:
    for _ in range(3):
        assert [half_ana.submit(CODE, code="000000").status_code for _ in range(9)] == [401] * 9
        assert half_ana.submit(CODE, code=phone.next_code()).status_code == 303
        half_ana.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)


def test_the_right_password_alone_forgets_no_failures(half_ana: Browser, visit: Visit) -> None:
    tries = [
        visit(f"10.7.0.{n}").submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD).status_code
        for n in range(10)
    ]
    assert tries == [303] * 9 + [429]


def test_the_password_typed_once_more_is_guessed_ten_times_at_most(ana: Browser) -> None:
    page = "/desk/account"
    fields = {"password": "wrong", "new": "nine loud herons sing", "new_again": "nine loud herons sing"}
    tries = [ana.submit(f"{page}/password", page=page, **fields).status_code for _ in range(11)]
    assert tries == [400] * 10 + [429]
    assert ana.open("/desk").status_code == 200


@pytest.mark.alone
@pytest.mark.slow
def test_an_unknown_account_takes_as_long_as_a_known_one(services: DeskServices, hire: Hire) -> None:
    hire("Ana")
    hasher = PasswordHasher()
    object.__setattr__(services.accounts, "passwords", Passwords(hasher))
    object.__setattr__(services.accounts.attempts, "allowed", 10_000)
    own = services.accounts.book.credentials("ana@clinic.example")
    assert own is not None
    services.staff.own.book.set_password(
        hasher.hash(PASSWORD), was=own[1], keeping="", act=Act(own[0].id, services.clock.now())
    )
    took: dict[str, list[float]] = {"ana@clinic.example": [], "zoe@clinic.example": []}
    for n in range(32):
        for email, times in took.items():
            began = time.perf_counter()
            assert not isinstance(services.accounts.sign_in(SignIn(email, f"guess {n}", "10.1.1.1")), Entry)
            times.append(time.perf_counter() - began)
    known, unknown = (statistics.median(times[2:]) for times in took.values())
    assert abs(known - unknown) < 0.1 * max(known, unknown)
