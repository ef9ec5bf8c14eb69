"""Every table of Needlepoint, in one MetaData; a change here comes with a migration."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.account_tables import half_sessions as half_sessions
from bot.store.account_tables import invitations as invitations
from bot.store.account_tables import password_links as password_links
from bot.store.account_tables import recovery_codes as recovery_codes
from bot.store.account_tables import second_factors as second_factors
from bot.store.audit_tables import audit as audit
from bot.store.audit_tables import audit_head as audit_head
from bot.store.booking_tables import appointment_requests as appointment_requests
from bot.store.booking_tables import appointments as appointments
from bot.store.booking_tables import mails as mails
from bot.store.columns import ID, by_staff, metadata, owned_by
from bot.store.entry_tables import desk_entries as desk_entries
from bot.store.hold_tables import legal_holds as legal_holds
from bot.store.inbox_tables import escalations as escalations
from bot.store.inbox_tables import inbox_lists as inbox_lists
from bot.store.inbox_tables import inquiry_reads as inquiry_reads
from bot.store.instants import Instant
from bot.store.judgement_tables import judgements as judgements
from bot.store.judgement_tables import playbook_ticks as playbook_ticks
from bot.store.report_tables import report_counts as report_counts
from bot.store.report_tables import report_marks as report_marks
from bot.store.report_tables import unclear_messages as unclear_messages
from bot.store.settings_tables import clinic_settings as clinic_settings
from bot.store.settings_tables import settings_revisions as settings_revisions

_WRITTEN_TO = text("writer_id IS NOT NULL")
conversations = Table(
    "conversations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("language", String(35), nullable=False),
    Column("version", Integer, nullable=False, comment="counts committed answers; two writers cannot both win"),
    Column("encounter", Text, nullable=False, comment="bot.clinical.codec JSON of the encounter"),
    Column("message_seq", Integer, nullable=False, comment="seq of the newest message"),
    Column("reply_seq", Integer, nullable=False, comment="seq of the newest reply"),
    Column("erased_version", Integer, comment="version of the answer that erased all before it; null when none did"),
    Column("notice", String(80), nullable=False, comment="version of the opening notice that was shown"),
    Column("accepted_at", Instant, comment="when the notice was accepted: the first message, or the yes"),
    Column("opened_at", Instant, nullable=False),
    Column("last_activity_at", Instant, nullable=False, comment="the patient's newest message"),
    Column("writer_id", ID, comment="who of the staff writes to the patient; null while the questions go on"),
    Column("attended_at", Instant, comment="when staff last looked or wrote; null while none of them writes"),
    Index(None, "last_activity_at", "id"),
    Index("ix_conversations_attended_at", "attended_at", sqlite_where=_WRITTEN_TO, postgresql_where=_WRITTEN_TO),
    Index(None, "opened_at"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("conversations"),
    Column("seq", Integer, nullable=False),
    Column("client_id", String(128), nullable=False, comment="the sender's own id; a retry carries the same"),
    Column("digest", String(64), nullable=False, comment="of the content, to tell a retry from a clash"),
    Column("text", Text, comment="as received; null when choices were tapped"),
    Column("choices", Text, comment="JSON list of choice ids; null when text was written"),
    Column("in_reply_to", String(128)),
    Column("flags", Text, nullable=False, comment="JSON list of the red flags screened before anything else"),
    Column("intents", Text, comment="JSON list of what rasa understood"),
    Column("state", String(10), nullable=False, comment="received, deferred or answered"),
    Column("received_at", Instant, nullable=False),
    Column("answered_at", Instant),
    UniqueConstraint("conversation_id", "client_id"),
    UniqueConstraint("conversation_id", "seq"),
    Index(
        "ix_messages_texts",
        "conversation_id",
        "seq",
        sqlite_where=text("text IS NOT NULL"),
        postgresql_where=text("text IS NOT NULL"),
    ),
    Index(
        "ix_messages_owed",
        "conversation_id",
        "seq",
        sqlite_where=text("state <> 'answered'"),
        postgresql_where=text("state <> 'answered'"),
    ),
)

replies = Table(
    "replies",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("conversations"),
    Column("seq", Integer, nullable=False),
    Column("message_id", ID, ForeignKey("messages.id", ondelete="CASCADE"), comment="the message it answers"),
    Column("late", Boolean, nullable=False, comment="came after the message had got its answer"),
    Column("question", String(80), comment="id of the question it puts"),
    Column("body", Text, nullable=False, comment="JSON of the chat API, exactly as it was sent"),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("conversation_id", "seq"),
    Index(None, "message_id"),
)

_SNOOZED = text("snoozed_until IS NOT NULL")
inquiries = Table(
    "inquiries",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("conversations", unique=True),
    Column("version", Integer, nullable=False, comment="counts the desk's changes, for atomic claims"),
    Column("urgency", Integer, nullable=False, comment="lower is more urgent; see bot.service.inquiry"),
    Column("disposition", String(20)),
    Column("status", String(20), nullable=False, comment="new, in_progress, waiting, booked or closed"),
    Column("flags", Text, nullable=False, comment="JSON list of class:level, most urgent first"),
    Column("regions", Text, nullable=False, comment="JSON list of region ids"),
    Column("present", Integer, nullable=False),
    Column("absent", Integer, nullable=False),
    Column("unknown", Integer, nullable=False),
    Column("name", Text),
    Column("phone", String(40)),
    Column("email", Text),
    Column("wants_booking", Boolean, nullable=False),
    Column("call_back", Boolean, nullable=False),
    Column("person_requested", String(40), comment="id of the reason, null when nobody was asked for"),
    Column("complete", Boolean, nullable=False),
    by_staff("owner_id", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("waiting_since", Instant, nullable=False),
    Column("last_activity_at", Instant, nullable=False),
    Column("channel", String(20), nullable=False, server_default=""),
    Column("language", String(35), nullable=False, server_default="", comment="to speak to the patient in"),
    Column("findings", Text, nullable=False, server_default="[]", comment="JSON list of those present"),
    Column("payer", String(40), comment="id of who pays, other where it was written in words"),
    Column("received_on", String(10), nullable=False, server_default="", comment="by the clinic's calendar"),
    Column("closed_reason", String(20)),
    Column("snoozed_until", Instant),
    Column("urgent_since", Instant, comment="null while it is neither an emergency nor a crisis"),
    Column("opened_at", Instant, comment="last opened by anyone of the staff"),
    Column("appointment", String(10), comment="confirmed, moved or cancelled in our own calendar"),
    Index(None, "created_at"),
    Index(None, "phone", "created_at"),
    Index(None, "email", "created_at"),
    Index("ix_inquiries_snoozed", "snoozed_until", sqlite_where=_SNOOZED, postgresql_where=_SNOOZED),
)

codes = Table(
    "codes",
    metadata,
    Column("conversation_id", ID, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True, comment="keyed digest of the one-time code"),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", String(254), nullable=False, unique=True, comment="in lower case"),
    Column("role", String(20), nullable=False, server_default="reception"),
    Column("password_hash", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("id", String(64), primary_key=True, comment="digest of the cookie's token"),
    by_staff(),
    Column("created_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("browser", String(40), nullable=False, server_default="", comment="its family, such as Firefox, Windows"),
    Column("network", String(40), nullable=False, server_default="", comment="where from, never the whole address"),
    Index(None, "staff_id"),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("key", String(64), primary_key=True, comment="keyed digest of an e-mail or network address"),
    Column("at", Instant, nullable=False),
    Index(None, "key", "at"),
)

setup_links = Table(
    "setup_links",
    metadata,
    Column("id", String(64), primary_key=True, comment="digest of the link's token"),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

notes = Table(
    "notes",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("inquiries"),
    by_staff(),
    Column("text", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index(None, "inquiry_id", "created_at"),
)

calls = Table(
    "calls",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("inquiries"),
    by_staff(),
    Column("outcome", String(20), nullable=False, comment="no_answer, left_message, booked or declined"),
    Column("note", Text),
    Column("called_at", Instant, nullable=False),
    Index(None, "inquiry_id", "called_at"),
)
