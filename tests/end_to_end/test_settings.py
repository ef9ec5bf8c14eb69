"""What a manager sets at the desk is what patients are told once it is applied, without a restart by hand."""

import json
import re
from collections.abc import Callable, Iterator
from urllib.request import urlopen

import httpx
import pytest

from tests.end_to_end.pair import Pair, Patient, eventually

GUARD = re.compile(r'name="form_token" value="([0-9a-f]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"')
PASSWORD = "seven quiet otters"
GREETING = "wording/control.greet"


class Manager:
    """The first account of the clinic, signed in."""

    def __init__(self, pair: Pair) -> None:
        self._web = httpx.Client(base_url=pair.url, timeout=30, follow_redirects=True)
        assert eventually(lambda: any("/desk/setup/" in line for line in pair.printed), 10)
        link = next(line for line in pair.printed if "/desk/setup/" in line).split()[3]
        path = link[link.index("/desk/") :]
        mine = {"name": "Ana", "email": "ana@clinic.example", "password": PASSWORD, "password_again": PASSWORD}
        self.send(path, path, **mine)
        self.send("/desk/sign-in", "/desk/sign-in", email=mine["email"], password=PASSWORD)

    def send(self, page: str, to: str, **fields: str) -> str:
        """What is shown after the form of a page was sent."""
        shown = self._web.get(page).text
        guard, version = GUARD.search(shown), VERSION.search(shown)
        assert guard, shown
        sent = {"form_token": guard[1], **({"version": version[1]} if version else {}), **fields}
        answer = self._web.post(to, data=sent)
        assert answer.status_code == 200, answer.text
        return answer.text

    def leave(self) -> None:
        """Close the connection."""
        self._web.close()

    def apply(self) -> None:
        """Until it is in force."""
        self.send("/desk/settings", "/desk/settings/apply")
        assert eventually(lambda: "being applied" not in self._web.get("/desk/settings").text, 120)
        assert "Everything that is saved is in force" in self._web.get("/desk/settings").text


@pytest.fixture
def manager(own_pair: Pair) -> Iterator[Manager]:
    """The clinic's manager, signed in."""
    manager = Manager(own_pair)
    yield manager
    manager.leave()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_saved_phone_number_and_text_show_in_the_chat_once_applied(
    own_pair: Pair, meet: Callable[[Pair], Patient], manager: Manager
) -> None:
    before = meet(own_pair)
    before.say(text="my back hurts")
    manager.send("/desk/settings/facts", "/desk/settings/facts", CLINIC_PHONE="604-555-0177")
    text = "/desk/settings/texts/one"
    manager.send(f"{text}?key={GREETING}", text, key=GREETING, text="Hi. What hurts?")
    manager.apply()
    said = meet(own_pair).say(text="what is your phone number")
    assert "604-555-0177" in json.dumps(said)
    assert meet(own_pair).say(text="hello")[0]["text"] == "Hi. What hurts?"
    assert before.say(text="for three weeks")
    with urlopen(f"{own_pair.url}/readyz", timeout=10) as answer:
        assert json.load(answer)["degraded"] == []
