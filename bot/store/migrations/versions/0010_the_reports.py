"""The reports: counts of each day, how far they are, and typed messages that were not understood.

Revision 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Days are counted once, conversations are found by the day they began, and messages wait for a label."""
    _counts()
    _unclear_messages()
    op.create_index("ix_conversations_opened_at", "conversations", ["opened_at"])


def downgrade() -> None:
    """Take it all back."""
    op.drop_index("ix_conversations_opened_at", "conversations")
    op.drop_table("unclear_messages")
    op.drop_table("report_marks")
    op.drop_table("report_counts")


def _counts() -> None:
    op.create_table(
        "report_counts",
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "day", "key", name="pk_report_counts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report_marks",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_report_marks"),
    )


def _unclear_messages() -> None:
    op.create_table(
        "unclear_messages",
        sa.Column("message_id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("question", sa.String(length=80)),
        sa.Column("label", sa.String(length=60)),
        sa.Column("labelled_by", sa.String(length=32)),
        sa.Column("labelled_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name="fk_unclear_messages_message_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_unclear_messages_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["labelled_by"], ["staff.id"], name="fk_unclear_messages_labelled_by"),
        sa.PrimaryKeyConstraint("message_id", name="pk_unclear_messages"),
    )
    op.create_index("ix_unclear_messages_conversation_id", "unclear_messages", ["conversation_id"])
    for name, is_it in (("to_label", "label IS NULL"), ("labelled", "label IS NOT NULL")):
        op.create_index(
            f"ix_unclear_messages_{name}",
            "unclear_messages",
            ["received_at", "message_id"],
            sqlite_where=sa.text(is_it),
            postgresql_where=sa.text(is_it),
        )
