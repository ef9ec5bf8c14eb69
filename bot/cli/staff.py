"""`needlepoint staff`: accounts at the desk, for whoever runs the server; what is done is audited as the system's."""

from typing import Annotated

import typer

from bot.cli.start import Demo, settings_in_force

staff = typer.Typer(help="List staff accounts, reset a second factor, disable an account.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(help="The account's e-mail address.")]


@staff.command("list")
def list_accounts(demo: Demo = False) -> None:
    """Print every account: e-mail, role, whether it is active, and whether its second factor is set up."""
    from bot.cli.assembly import desk_of

    with desk_of(settings_in_force(demo)) as desk:
        for member in desk.staff.team.members():
            state = "active" if member.is_active else "disabled"
            factor = "second factor" if member.has_factor else "no second factor"
            typer.echo("\t".join((member.staff.email, member.staff.role.value, state, factor, member.staff.name)))


@staff.command("reset-second-factor")
def reset_second_factor(email: Email, demo: Demo = False) -> None:
    """Take the second factor from an account, which sets another up at its next sign-in; its sessions end."""
    from bot.cli.assembly import desk_of
    from bot.cli.staff_changes import reset

    with desk_of(settings_in_force(demo)) as desk:
        typer.echo(reset(desk.staff.team, email))


@staff.command("disable")
def disable(email: Email, demo: Demo = False) -> None:
    """Disable an account; its sessions end, and links that it made open nothing any more."""
    from bot.cli.assembly import desk_of
    from bot.cli.staff_changes import disable_account

    with desk_of(settings_in_force(demo)) as desk:
        typer.echo(disable_account(desk.staff.team, email))
