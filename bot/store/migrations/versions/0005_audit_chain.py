"""The audit becomes a chain that only grows; legal holds.

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import context, op

from bot.service.audit_chain import BEGINNING, UNKEYED, Said, linked, sealed

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PAGE = 1000
REFUSED = "the audit is append-only"
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Lines from before are chained now, with the key that the database is opened with; then nothing changes them."""
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("previous", sa.String(length=64), server_default="", nullable=False))
        audit.add_column(sa.Column("hash", sa.String(length=64), server_default="", nullable=False))
    _head()
    _chain_old_lines(context.config.attributes.get("audit_key", UNKEYED))
    with op.batch_alter_table("audit") as audit:
        audit.alter_column("previous", server_default=None)
        audit.alter_column("hash", server_default=None)
    op.create_index("ix_audit_at", "audit", ["at"])
    staff, rare = sa.text("actor <> 'patient'"), sa.text("action <> 'message.answered'")
    op.create_index("ix_audit_actor", "audit", ["actor", "id"], sqlite_where=staff, postgresql_where=staff)
    op.create_index("ix_audit_action", "audit", ["action", "id"], sqlite_where=rare, postgresql_where=rare)
    _refuse_changes()
    _holds()


def downgrade() -> None:
    """Let the audit be changed again."""
    op.drop_index("ix_conversations_last_activity_at_id", "conversations")
    op.drop_table("legal_holds")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_append_only() CASCADE")
    else:
        for name in ("audit_no_update", "audit_no_delete", "audit_head_no_delete"):
            op.execute(f"DROP TRIGGER {name}")
    for name in ("ix_audit_action", "ix_audit_actor", "ix_audit_at"):
        op.drop_index(name, "audit")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit") as audit:
        audit.drop_column("hash")
        audit.drop_column("previous")


def _head() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_id", COUNTER, nullable=False),
        sa.Column("lines", COUNTER, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )


def _chain_old_lines(key: bytes) -> None:
    from bot.store.tables import audit, audit_head

    connection = op.get_bind()
    columns = (audit.c.id, audit.c.at, audit.c.actor, audit.c.action, audit.c.subject, audit.c.detail)
    last_id, lines, previous = 0, 0, BEGINNING
    while rows := connection.execute(
        sa.select(*columns).where(audit.c.id > last_id).order_by(audit.c.id).limit(PAGE)
    ).all():
        for id, *said in rows:
            line = linked(key, Said(*said), id=id, previous=previous)
            connection.execute(sa.update(audit).where(audit.c.id == id).values(previous=previous, hash=line.hash))
            last_id, previous = id, line.hash
        lines += len(rows)
    head = sealed(key, last_id=last_id, lines=lines, hash=previous)
    connection.execute(sa.insert(audit_head).values(id=1, last_id=last_id, lines=lines, hash=previous, seal=head.seal))


def _holds() -> None:
    op.create_table(
        "legal_holds",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_legal_holds_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_legal_holds_staff_id"),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_legal_holds"),
    )
    op.create_index("ix_conversations_last_activity_at_id", "conversations", ["last_activity_at", "id"])


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _refuse_on_postgresql()
        return
    for name, when in {
        "audit_no_update": "UPDATE ON audit",
        "audit_no_delete": "DELETE ON audit",
        "audit_head_no_delete": "DELETE ON audit_head",
    }.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END")


def _refuse_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    for name, when in {
        "audit_no_change": "UPDATE OR DELETE ON audit FOR EACH ROW",
        "audit_no_truncate": "TRUNCATE ON audit FOR EACH STATEMENT",
        "audit_head_no_delete": "DELETE ON audit_head FOR EACH ROW",
        "audit_head_no_truncate": "TRUNCATE ON audit_head FOR EACH STATEMENT",
    }.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} EXECUTE FUNCTION audit_append_only()")
