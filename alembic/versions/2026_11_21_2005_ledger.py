"""Lay the books: what is posted cancels out, and stays."""

import sqlalchemy as sa
from alembic import op

revision = "ledger_books"
down_revision = "bbf3f8f9ed37"
branch_labels = None
depends_on = None

KEPT_AS_THEY_ARE = ("transactions", "postings", "seals")

MUST_CANCEL_OUT = """
CREATE FUNCTION check_transaction_cancels_out() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked uuid;
BEGIN
    IF TG_TABLE_NAME = 'transactions' THEN
        asked := NEW.id;
    ELSE
        asked := NEW.transaction_id;
    END IF;
    IF (SELECT count(*) FROM postings WHERE transaction_id = asked) < 2 THEN
        RAISE EXCEPTION 'transaction % needs two postings at least', asked USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM postings WHERE transaction_id = asked GROUP BY currency HAVING sum(amount_minor) <> 0
    ) THEN
        RAISE EXCEPTION 'a transaction sums to zero in each currency: % does not', asked
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$
"""

CANCELS_OUT = """
CREATE CONSTRAINT TRIGGER {table}_cancel_out AFTER INSERT ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_transaction_cancels_out()
"""

NEVER = """
CREATE FUNCTION refuse_to_change_the_books() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the books are never changed: reverse the transaction instead of % on %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""

NEVER_CHANGED = """
CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_books()
"""


def upgrade() -> None:
    op.create_table(
        "transactions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_by", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("reverses_id <> id", name=op.f("ck_transactions_does_not_reverse_itself")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["transactions.id"], name=op.f("fk_transactions_reverses_id_transactions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transactions")),
        sa.UniqueConstraint("key", name=op.f("uq_transactions_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_transactions_reverses_id")),
    )
    op.create_index("ix_transactions_newest", "transactions", ["posted_at", "id"], unique=False)
    op.create_index(op.f("ix_transactions_order_id"), "transactions", ["order_id"], unique=False)
    op.create_table(
        "postings",
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.CHAR(length=3), nullable=False),
        sa.CheckConstraint(
            "account ~ '^[1-5][0-9]{3}(:(store|agent|carrier|provider):[0-9a-z-]{1,36})?$'",
            name=op.f("ck_postings_account_in_chart"),
        ),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_postings_not_zero")),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["transactions.id"], name=op.f("fk_postings_transaction_id_transactions")
        ),
        sa.PrimaryKeyConstraint("transaction_id", "position", name=op.f("pk_postings")),
    )
    op.create_index(
        "ix_postings_account",
        "postings",
        ["account", "currency"],
        unique=False,
        postgresql_include=["amount_minor"],
    )
    op.create_table(
        "seals",
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["transactions.id"], name=op.f("fk_seals_transaction_id_transactions")
        ),
        sa.PrimaryKeyConstraint("transaction_id", name=op.f("pk_seals")),
        sa.UniqueConstraint("sequence", name=op.f("uq_seals_sequence")),
    )
    op.create_table(
        "unsealed_transactions",
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["transactions.id"], name=op.f("fk_unsealed_transactions_transaction_id_transactions")
        ),
        sa.PrimaryKeyConstraint("transaction_id", name=op.f("pk_unsealed_transactions")),
    )
    op.execute(MUST_CANCEL_OUT)
    op.execute(NEVER)
    for table in ("transactions", "postings"):
        op.execute(CANCELS_OUT.format(table=table))
    for table in KEPT_AS_THEY_ARE:
        op.execute(NEVER_CHANGED.format(table=table))
        op.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM marketplace_app")


def downgrade() -> None:
    op.drop_table("unsealed_transactions")
    op.drop_table("seals")
    op.drop_table("postings")
    op.drop_table("transactions")
    op.execute("DROP FUNCTION refuse_to_change_the_books()")
    op.execute("DROP FUNCTION check_transaction_cancels_out()")
