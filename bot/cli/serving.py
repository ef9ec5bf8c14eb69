"""What `serve` and `demo` run: both processes on the settings in force, which can be exchanged while they run."""

from functools import partial

from bot.bootstrap.clinic_settings import settings_in_force
from bot.cli.assembly import first_account_link
from bot.cli.greeting import greeting
from bot.cli.pair import Renewal
from bot.cli.rasa_process import RasaProcess
from bot.cli.supervisor import Plan
from bot.service.applying import Applying
from bot.settings import Settings
from bot.web.factory import build_app


def plan_for(settings: Settings) -> Plan:
    """What is run for this clinic; what its managers apply meanwhile is read anew."""
    applying = Applying()
    renewal = Renewal(applying, settings_in_force, lambda now, port: RasaProcess(now, port=port))
    return Plan(settings, RasaProcess(settings), partial(build_app, applying=applying), _greeting, renewal)


def _greeting(settings: Settings) -> str:
    return greeting(settings, link=first_account_link(settings))
