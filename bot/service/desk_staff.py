"""The use cases of staff accounts put together: signing in, second factors, own accounts, the team and its links."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.service.desk_accounts import Accounts
from bot.service.desk_attempts import Attempts
from bot.service.desk_links import Links
from bot.service.desk_own_account import OwnAccount
from bot.service.desk_passwords import Passwords
from bot.service.desk_ports import DeskBooks
from bot.service.desk_sealing import Sealer
from bot.service.desk_second_factor import SecondFactors
from bot.service.desk_team import Team
from bot.service.ports import Clock
from bot.service.records import Letter
from bot.settings import Settings


class Post(Protocol):
    """The clinic's mail server, for mail to staff."""

    def send(self, letter: Letter) -> bool:
        """Whether the mail server took it."""
        ...


@dataclass(frozen=True)
class StaffParts:
    """What the use cases of staff accounts are put together from."""

    books: DeskBooks
    settings: Settings
    passwords: Passwords
    clock: Clock
    new_id: Callable[[], str]

    @property
    def attempts(self) -> Attempts:
        """Guesses, counted by the clinic's limits."""
        return Attempts(self.books.accounts, self.settings.secret_key, self.settings.rate_sign_ins, self.new_id)


@dataclass(frozen=True)
class StaffServices:
    """The use cases of staff accounts beside signing in."""

    factors: SecondFactors
    own: OwnAccount
    team: Team
    links: Links
    post: Post | None
    """None where the clinic sends no mail."""


def accounts_of(parts: StaffParts) -> Accounts:
    """Signing in; only a demonstration opens without a second factor."""
    return Accounts(
        book=parts.books.accounts,
        passwords=parts.passwords,
        attempts=parts.attempts,
        clock=parts.clock,
        factor_required=not parts.settings.demo,
        new_id=parts.new_id,
    )


def staff_services(parts: StaffParts, post: Post | None) -> StaffServices:
    """Second factors, own accounts, the team and its links."""
    books, clock, secret = parts.books.staff, parts.clock, parts.settings.secret_key
    factors = SecondFactors(
        books.factors, Sealer(secret), parts.attempts, clock, secret, issuer=parts.settings.clinic_name
    )
    own = OwnAccount(books.own, factors, parts.passwords, parts.attempts, clock)
    team = Team(books.team, books.links, books.factors, books.own, clock, parts.new_id)
    return StaffServices(factors, own, team, Links(books.links, parts.passwords, clock, parts.new_id), post)
