"""Booking three ways, and mail.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REQUESTED = ("claim", "practitioner", "visit_language")


def upgrade() -> None:
    """Requests say more; appointments of the clinic's own calendar; mails that wait to be sent."""
    with op.batch_alter_table("appointment_requests") as requests:
        requests.add_column(sa.Column("claim", sa.String(length=40)))
        requests.add_column(sa.Column("practitioner", sa.Text()))
        requests.add_column(sa.Column("visit_language", sa.Text()))
    _appointments()
    _mails()


def downgrade() -> None:
    """Take it all back."""
    op.drop_table("mails")
    op.drop_table("appointments")
    with op.batch_alter_table("appointment_requests") as requests:
        for name in REQUESTED:
            requests.drop_column(name)


def _appointments() -> None:
    op.create_table(
        "appointments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("practitioner", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_appointments_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_appointments"),
    )
    taken = sa.text("state <> 'cancelled'")
    op.create_index(
        "uq_appointments_time",
        "appointments",
        ["practitioner", "starts_at"],
        unique=True,
        sqlite_where=taken,
        postgresql_where=taken,
    )
    op.create_index("ix_appointments_starts_at", "appointments", ["starts_at"])
    op.create_index("ix_appointments_conversation_id_created_at", "appointments", ["conversation_id", "created_at"])


def _mails() -> None:
    op.create_table(
        "mails",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=254)),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("given_up_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_mails_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mails"),
    )
    waiting = sa.text("sent_at IS NULL AND given_up_at IS NULL")
    op.create_index("ix_mails_waiting", "mails", ["next_at"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("ix_mails_conversation_id", "mails", ["conversation_id"])
