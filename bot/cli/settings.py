"""`needlepoint settings`: what is in force and where it comes from, and taking back what was set at the desk."""

from typing import Annotated

import typer

from bot.cli.start import Demo, choose

app = typer.Typer(help="What is set, by the environment or at the desk.", no_args_is_help=True)


@app.command("list")
def list_settings(demo: Demo = False) -> None:
    """Print every setting with its value and where it comes from; secrets are never shown."""
    from bot.cli.settings_told import told

    choose(demo)
    for line in told():
        typer.echo(line)


@app.command()
def reset(
    name: Annotated[str, typer.Argument(help="A variable, the key of a text, or OVERLAY for all texts.")],
    demo: Demo = False,
) -> None:
    """Take back what was set at the desk: the environment or the default holds from the next start on."""
    from bot.cli.settings_told import taken_back

    choose(demo)
    typer.echo(taken_back(name))
