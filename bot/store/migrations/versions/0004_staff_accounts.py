"""Second factors, half-made sign-ins, invitations and password links of staff.

Revision 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DEVICE = ("browser", "network")
NEW = ("password_links", "invitations", "half_sessions", "recovery_codes", "second_factors")


def upgrade() -> None:
    """Make the tables; sessions tell from what kind of browser they are used.

    Sessions that a password alone has opened end here.
    """
    op.execute("DELETE FROM staff_sessions")
    with op.batch_alter_table("staff_sessions") as sessions:
        for name in DEVICE:
            sessions.add_column(sa.Column(name, sa.String(length=40), nullable=False, server_default=""))
    _second_factors()
    _half_sessions()
    _links()


def downgrade() -> None:
    """Take it all back."""
    for table in NEW:
        op.drop_table(table)
    with op.batch_alter_table("staff_sessions") as sessions:
        for name in DEVICE:
            sessions.drop_column(name)


def _second_factors() -> None:
    op.create_table(
        "second_factors",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_second_factors_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", name="pk_second_factors"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_recovery_codes_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", "digest", name="pk_recovery_codes"),
    )


def _half_sessions() -> None:
    op.create_table(
        "half_sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_half_sessions_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_half_sessions"),
    )
    op.create_index("ix_half_sessions_staff_id", "half_sessions", ["staff_id"])
    op.create_index("ix_half_sessions_created_at", "half_sessions", ["created_at"])


def _links() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("invited_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["invited_by"], ["staff.id"], name="fk_invitations_invited_by"),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("digest", name="uq_invitations_digest"),
        sa.UniqueConstraint("email", name="uq_invitations_email"),
    )
    op.create_table(
        "password_links",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name="fk_password_links_made_by"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_password_links_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_password_links"),
        sa.UniqueConstraint("staff_id", name="uq_password_links_staff_id"),
    )
