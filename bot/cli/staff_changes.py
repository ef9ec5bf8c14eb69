"""What `needlepoint staff` changes, and what it says of it."""

from bot.errors import InputError
from bot.service.actors import SYSTEM
from bot.service.desk_account_records import Member, TeamChange
from bot.service.desk_team import Team

LAST_MANAGER = "{email} is the last active manager. Make another one first, with the link of `needlepoint setup-link`."


def reset(team: Team, email: str) -> str:
    """The account has no second factor; InputError when there is nothing to take."""
    member = _member(team, email)
    if team.reset_factor(SYSTEM, member.staff.id) is not TeamChange.DONE:
        raise InputError(f"{member.staff.email} has no second factor")
    return f"{member.staff.email} has no second factor any more and sets another up at the next sign-in."


def disable_account(team: Team, email: str) -> str:
    """The account is disabled; InputError when it was already, or is the last active manager's."""
    member = _member(team, email)
    change = team.disable(SYSTEM, member.staff.id)
    if change is TeamChange.LAST_MANAGER:
        raise InputError(LAST_MANAGER.format(email=member.staff.email))
    if change is not TeamChange.DONE:
        raise InputError(f"{member.staff.email} is disabled already")
    return f"{member.staff.email} is disabled and signed out everywhere."


def _member(team: Team, email: str) -> Member:
    member = team.member_by_email(email)
    if member is None:
        raise InputError(f"no staff account has the e-mail address {email}: `needlepoint staff list` shows them")
    return member
