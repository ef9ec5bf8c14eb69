"""The inbox: lists to find inquiries by, what was read, snoozing, reasons, and escalations.

Revision 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ADDED = (
    "channel", "language", "findings", "payer", "received_on", "closed_reason",
    "snoozed_until", "urgent_since", "opened_at", "appointment",
)  # fmt: skip


def upgrade() -> None:
    """Inquiries say more of themselves, and stand in the lists they are found by."""
    op.drop_index("ix_inquiries_inbox", "inquiries")
    with op.batch_alter_table("inquiries") as inquiries:
        inquiries.add_column(sa.Column("channel", sa.String(length=20), nullable=False, server_default=""))
        inquiries.add_column(sa.Column("language", sa.String(length=35), nullable=False, server_default=""))
        inquiries.add_column(sa.Column("findings", sa.Text(), nullable=False, server_default="[]"))
        inquiries.add_column(sa.Column("payer", sa.String(length=40)))
        inquiries.add_column(sa.Column("received_on", sa.String(length=10), nullable=False, server_default=""))
        inquiries.add_column(sa.Column("closed_reason", sa.String(length=20)))
        for name in ("snoozed_until", "urgent_since", "opened_at"):
            inquiries.add_column(sa.Column(name, sa.DateTime(timezone=True)))
        inquiries.add_column(sa.Column("appointment", sa.String(length=10)))
    snoozed = sa.text("snoozed_until IS NOT NULL")
    op.create_index(
        "ix_inquiries_snoozed", "inquiries", ["snoozed_until"], sqlite_where=snoozed, postgresql_where=snoozed
    )
    op.create_index("ix_inquiries_created_at", "inquiries", ["created_at"])
    _lists()
    _reads()
    _escalations()
    _fill()


def downgrade() -> None:
    """Take it all back."""
    for table in ("escalations", "inquiry_reads", "inbox_lists"):
        op.drop_table(table)
    op.drop_index("ix_inquiries_created_at", "inquiries")
    op.drop_index("ix_inquiries_snoozed", "inquiries")
    with op.batch_alter_table("inquiries") as inquiries:
        for name in ADDED:
            inquiries.drop_column(name)
    op.create_index("ix_inquiries_inbox", "inquiries", ["status", "urgency", "waiting_since", "id"])


def _lists() -> None:
    plain = sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql")
    op.create_table(
        "inbox_lists",
        sa.Column("list", plain, nullable=False),
        sa.Column("rank", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("inquiry_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name="fk_inbox_lists_inquiry_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("list", "rank", "inquiry_id", name="pk_inbox_lists"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbox_lists_inquiry_id", "inbox_lists", ["inquiry_id"])


def _reads() -> None:
    op.create_table(
        "inquiry_reads",
        sa.Column("inquiry_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("here_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("writing_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiries.id"], name="fk_inquiry_reads_inquiry_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_inquiry_reads_staff_id"),
        sa.PrimaryKeyConstraint("inquiry_id", "staff_id", name="pk_inquiry_reads"),
    )


def _escalations() -> None:
    op.create_table(
        "escalations",
        sa.Column("inquiry_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mail_id", sa.String(length=32)),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name="fk_escalations_inquiry_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name="fk_escalations_mail_id", ondelete="SET NULL"),
    )
    op.create_index("uq_escalations_step", "escalations", ["inquiry_id", "since", "step"], unique=True)
    op.create_index("ix_escalations_mail_id", "escalations", ["mail_id"])


def _fill() -> None:
    """Inquiries that were there before stand in their lists too."""
    # What a list is called is no history: the code in force must find the rows it will look for.
    from bot.store.inbox_filling import fill

    fill(op.get_bind())
