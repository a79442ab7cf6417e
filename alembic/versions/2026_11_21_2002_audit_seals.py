"""Seal the audit trail in a table of its own, so that an entry is never touched again."""

import sqlalchemy as sa
from alembic import op

revision = "0804ebd2eeec"
down_revision = "ledger_books"
branch_labels = None
depends_on = None

NEVER = """
CREATE FUNCTION refuse_to_change_the_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is never changed: % on %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""

NEVER_CHANGED = """
CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_trail()
"""


def upgrade() -> None:
    op.create_table(
        "audit_seals",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entries.id"], name=op.f("fk_audit_seals_entry_id_audit_entries")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_seals")),
        sa.UniqueConstraint("sequence", name=op.f("uq_audit_seals_sequence")),
    )
    op.create_table(
        "unsealed_audit_entries",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["audit_entries.id"], name=op.f("fk_unsealed_audit_entries_entry_id_audit_entries")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_unsealed_audit_entries")),
    )
    op.drop_index(
        op.f("ix_audit_entries_unsealed"), table_name="audit_entries", postgresql_where="(chain_sequence IS NULL)"
    )
    op.drop_constraint(op.f("uq_audit_entries_chain_sequence"), "audit_entries", type_="unique")
    op.drop_column("audit_entries", "previous_hash")
    op.drop_column("audit_entries", "chain_sequence")
    op.drop_column("audit_entries", "link_hash")
    op.execute(NEVER)
    for table in ("audit_entries", "audit_seals"):
        op.execute(NEVER_CHANGED.format(table=table))
        op.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM marketplace_app")


def downgrade() -> None:
    op.add_column("audit_entries", sa.Column("link_hash", sa.VARCHAR(length=64), autoincrement=False, nullable=True))
    op.add_column("audit_entries", sa.Column("chain_sequence", sa.BIGINT(), autoincrement=False, nullable=True))
    op.add_column(
        "audit_entries", sa.Column("previous_hash", sa.VARCHAR(length=64), autoincrement=False, nullable=True)
    )
    op.create_unique_constraint(
        op.f("uq_audit_entries_chain_sequence"),
        "audit_entries",
        ["chain_sequence"],
        postgresql_nulls_not_distinct=False,
    )
    op.create_index(
        op.f("ix_audit_entries_unsealed"),
        "audit_entries",
        ["position"],
        unique=False,
        postgresql_where="(chain_sequence IS NULL)",
    )
    op.drop_table("unsealed_audit_entries")
    op.drop_table("audit_seals")
    op.execute("DROP TRIGGER audit_entries_never_changed ON audit_entries")
    op.execute("DROP FUNCTION refuse_to_change_the_trail()")
    op.execute("GRANT UPDATE, DELETE ON audit_entries TO marketplace_app")
