"""Why the desk does not show a page: nobody is signed in, or the request is refused for a reason with an id."""


class SignInNeeded(Exception):
    """Nobody is signed in, or the session has ended."""


class SignedInAlready(Exception):
    """The second half of signing in was asked for, and both halves are done."""


class SentElsewhere(Exception):
    """This page is not for them, but they have one of their own."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Refused(Exception):
    """A request the desk refuses; `reason` names the words in templates/refused."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def not_found() -> Refused:
    """There is nothing at this address."""
    return Refused(404, "not_found")


def link_gone(reason: str) -> Refused:
    """The link was good once, or never."""
    return Refused(410, reason)
