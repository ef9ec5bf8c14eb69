"""`needlepoint retention`: erase what has been kept long enough, or only say what that is."""

from collections import Counter

from bot.bootstrap.retention import retaining_of
from bot.cli.assembly import clinic_database, clinic_protocol
from bot.settings import Settings

NAMED = {
    "left_early": "chats that were left early",
    "not_booked": "inquiries without a visit",
    "booked": "records whose years are over",
    "mails": "mails",
    "sign_in_attempts": "failed sign-ins",
    "codes": "one-time codes",
}
TIDIED = "The database's files hold nothing of what was erased."
NOT_TIDIED = "The database's files are in use: the running service tidies them at night, or run this once more."


def erased(settings: Settings) -> str:
    """Erase it; what is told of that."""
    with clinic_database(settings) as database:
        job = retaining_of(settings, database=database, protocol=clinic_protocol(settings))
        counted = job.run()
        tidy = job.tidy_now()
    return f"Erased: {_told(counted)}.\n{TIDIED if tidy else NOT_TIDIED}"


def looked(settings: Settings) -> str:
    """What would be erased now; nothing is changed."""
    with clinic_database(settings) as database:
        counted = retaining_of(settings, database=database, protocol=clinic_protocol(settings)).look()
    return f"A run now would erase: {_told(counted)}."


def _told(counted: Counter[str]) -> str:
    return ", ".join(f"{counted[name]} {named}" for name, named in NAMED.items() if counted[name]) or "nothing"
