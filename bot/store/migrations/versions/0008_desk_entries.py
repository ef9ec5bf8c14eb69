"""Triage at the desk: who entered which conversation.

Revision 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What staff enter themselves says who did."""
    op.create_table(
        "desk_entries",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_desk_entries_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_desk_entries_staff_id"),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_desk_entries"),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("desk_entries")
