"""The programs of the rasa environment, which this process starts and never imports."""

from pathlib import Path

from bot.errors import RasaError

ROOT = Path(__file__).resolve().parents[2]


def rasa_command(module: str) -> list[str]:
    """The command that runs a module in the rasa environment; RasaError when that has not been built."""
    python = ROOT / ".venv-rasa" / "bin" / "python"
    if not python.exists():
        raise RasaError(f"the rasa environment is missing ({python}): run `make setup` first")
    return [str(python), "-m", module]
