"""What managers set at the desk, with every change of it.

Revision 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Settings are kept beside what they are about."""
    op.create_table(
        "settings_revisions",
        sa.Column(
            "revision",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="1, 2, 3: two at once cannot have one",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False, comment="an opaque staff id, or system for a command"),
        sa.PrimaryKeyConstraint("revision", name="pk_settings_revisions"),
    )
    op.create_table(
        "clinic_settings",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False, comment="a variable, or the place of a text"),
        sa.Column("value", sa.Text(), nullable=True, comment="null: no longer set at the desk"),
        sa.Column("was", sa.Text(), nullable=False, comment="what was in force before"),
        sa.ForeignKeyConstraint(["revision"], ["settings_revisions.revision"], name="fk_clinic_settings_revision"),
        sa.PrimaryKeyConstraint("revision", "name", name="pk_clinic_settings"),
        comment="append-only; the newest row of a name counts",
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("clinic_settings")
    op.drop_table("settings_revisions")
