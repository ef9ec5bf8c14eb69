"""The store as the front desk works with it."""

from bot.service.desk_ports import DeskBooks
from bot.store.desk_accounts import Accounts
from bot.store.desk_changes import DeskChanges
from bot.store.desk_file import DeskFile
from bot.store.desk_inbox import DeskInbox
from bot.store.desk_watch import DeskWatch
from bot.store.inbox_reads import Attendance
from bot.store.transaction import Database


def desk_books(database: Database) -> DeskBooks:
    """Accounts, the inbox and inquiries of this database."""
    return DeskBooks(
        accounts=Accounts(database),
        inbox=DeskInbox(database),
        file=DeskFile(database),
        changes=DeskChanges(database),
        attendance=Attendance(database),
        watch=DeskWatch(database),
    )
