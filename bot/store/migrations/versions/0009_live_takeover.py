"""Live takeover: who of the staff writes to a patient, and when staff last looked.

Revision 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A conversation says whose it is. The table is not made anew: on SQLite all that it owns would go with it."""
    op.add_column("conversations", sa.Column("writer_id", sa.String(length=32)))
    op.add_column("conversations", sa.Column("attended_at", sa.DateTime(timezone=True)))
    written = sa.text("writer_id IS NOT NULL")
    op.create_index(
        "ix_conversations_attended_at", "conversations", ["attended_at"], sqlite_where=written, postgresql_where=written
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_conversations_attended_at", "conversations")
    op.drop_column("conversations", "attended_at")
    op.drop_column("conversations", "writer_id")
