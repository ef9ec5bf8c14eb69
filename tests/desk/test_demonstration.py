"""In the demonstration the second factor is offered and no must."""

from collections.abc import Callable

from tests.desk.authenticator import PASSWORD, Authenticator, enrol
from tests.desk.browser import Browser


def test_the_password_alone_opens_a_desk_of_the_demonstration(ana: Browser) -> None:
    assert ana.open("/desk").status_code == 200
    assert "opens with the password alone" in ana.read("/desk/account")


def test_whoever_set_it_up_is_asked_for_it(ana: Browser, visit: Callable[..., Browser], phone: Authenticator) -> None:
    enrol(ana, phone)
    assert ana.open("/desk").status_code == 200
    other = visit()
    answer = other.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    assert answer.headers["location"] == "/desk/sign-in/code"
    assert other.open("/desk").status_code == 303
    assert other.submit("/desk/sign-in/code", code=phone.next_code()).headers["location"] == "/desk"


def test_setting_it_up_signs_out_where_the_password_alone_was_enough(
    ana: Browser, visit: Callable[..., Browser], phone: Authenticator
) -> None:
    other = visit()
    other.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
    enrol(ana, phone)
    assert other.open("/desk").status_code == 303
