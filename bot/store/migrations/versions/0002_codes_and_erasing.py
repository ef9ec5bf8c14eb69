"""One-time codes, and what a conversation remembers of having been erased.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of codes; conversations tell from which answer on their data count."""
    op.create_table(
        "codes",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_codes_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_codes"),
        sa.UniqueConstraint("digest", name="uq_codes_digest"),
    )
    op.add_column("conversations", sa.Column("erased_version", sa.Integer()))


def downgrade() -> None:
    """Drop them again."""
    op.drop_column("conversations", "erased_version")
    op.drop_table("codes")
