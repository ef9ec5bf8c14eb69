"""The store as the front desk works with it."""

from bot.service.desk_account_ports import StaffBooks
from bot.service.desk_ports import DeskBooks
from bot.store.audit_trail import SqlAuditTrail
from bot.store.clinic_settings import ClinicSettings
from bot.store.desk_accounts import Accounts
from bot.store.desk_background import Backgrounds
from bot.store.desk_changes import DeskChanges
from bot.store.desk_entries import DeskEntries
from bot.store.desk_factors import Factors
from bot.store.desk_file import DeskFile
from bot.store.desk_inbox import DeskInbox
from bot.store.desk_links import AccountLinks
from bot.store.desk_own_account import OwnAccounts
from bot.store.desk_team import TeamAccounts
from bot.store.desk_watch import DeskWatch
from bot.store.exporting import ExportRows
from bot.store.inbox_reads import Attendance
from bot.store.judgements import JudgementRows
from bot.store.persons import Persons
from bot.store.report_counts import ReportCounts
from bot.store.transaction import Database
from bot.store.unclear_messages import UnclearMessages


def desk_books(database: Database) -> DeskBooks:
    """Accounts, the inbox and inquiries of this database."""
    return DeskBooks(
        accounts=Accounts(database),
        staff=StaffBooks(Factors(database), OwnAccounts(database), TeamAccounts(database), AccountLinks(database)),
        inbox=DeskInbox(database),
        file=DeskFile(database),
        changes=DeskChanges(database),
        audit=SqlAuditTrail(database),
        persons=Persons(database),
        attendance=Attendance(database),
        watch=DeskWatch(database),
        judgements=JudgementRows(database),
        backgrounds=Backgrounds(database),
        entries=DeskEntries(database),
        exports=ExportRows(database),
        reports=ReportCounts(database),
        training=UnclearMessages(database),
        settings=ClinicSettings(database),
    )
