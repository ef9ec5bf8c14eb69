"""The inquiry page: judgements of levels, ticked steps of playbooks, and earlier contacts by phone and e-mail.

Revision 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Staff judge levels and tick steps; who wrote before is found by index."""
    _judgements()
    _ticks()
    for name in ("phone", "email"):
        op.create_index(f"ix_inquiries_{name}_created_at", "inquiries", [name, "created_at"])


def downgrade() -> None:
    """Take it all back."""
    for name in ("phone", "email"):
        op.drop_index(f"ix_inquiries_{name}_created_at", "inquiries")
    op.drop_table("playbook_ticks")
    op.drop_table("judgements")


def _judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("inquiry_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("screened", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("protocol_version", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.String(length=10)),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name="fk_judgements_inquiry_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_judgements_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_judgements"),
    )
    stands = sa.text("ended_at IS NULL")
    op.create_index("ix_judgements_judged_at_id", "judgements", ["judged_at", "id"])
    op.create_index("ix_judgements_inquiry_id_judged_at", "judgements", ["inquiry_id", "judged_at"])
    op.create_index(
        "uq_judgements_standing",
        "judgements",
        ["inquiry_id"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )


def _ticks() -> None:
    op.create_table(
        "playbook_ticks",
        sa.Column("inquiry_id", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiries.id"], name="fk_playbook_ticks_inquiry_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_playbook_ticks_staff_id"),
        sa.PrimaryKeyConstraint("inquiry_id", "step", name="pk_playbook_ticks"),
    )
