"""Lay payouts and what they pay."""

import sqlalchemy as sa
from alembic import op

revision = "a9509d808ece"
down_revision = "6b59a408c543"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "confirmed",
                "paid",
                name="payout_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.CHAR(length=3), nullable=False),
        sa.Column("period_starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("period_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=120), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_by", sa.Uuid(), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reference", sa.String(length=140), nullable=True),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL) AND (state <> 'confirmed' OR confirmed_by IS NOT NULL)",
            name=op.f("ck_payouts_confirmed_says_who"),
        ),
        sa.CheckConstraint(
            "(state = 'paid') = (paid_by IS NOT NULL) AND (state = 'paid') = (paid_at IS NOT NULL) AND (state <> 'paid' OR reference IS NOT NULL)",
            name=op.f("ck_payouts_paid_says_who"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payouts_amount_positive")),
        sa.CheckConstraint("confirmed_by <> paid_by", name=op.f("ck_payouts_confirmed_by_two")),
        sa.CheckConstraint("period_starts_at <= period_ends_at", name=op.f("ck_payouts_period_in_order")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["users.id"], name=op.f("fk_payouts_confirmed_by_users")),
        sa.ForeignKeyConstraint(["paid_by"], ["users.id"], name=op.f("fk_payouts_paid_by_users")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_payouts_store_id_stores")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payouts")),
        sa.UniqueConstraint("store_id", "proposed_on", name=op.f("uq_payouts_store_id_proposed_on")),
    )
    op.create_index("ix_payouts_newest", "payouts", ["proposed_at", "id"], unique=False)
    op.create_index(
        "ix_payouts_waiting", "payouts", ["proposed_at"], unique=False, postgresql_where=sa.text("state <> 'paid'")
    )
    op.create_table(
        "payout_orders",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.CHAR(length=3), nullable=False),
        sa.Column("matured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payout_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_payout_orders_order_id_orders")),
        sa.ForeignKeyConstraint(["payout_id"], ["payouts.id"], name=op.f("fk_payout_orders_payout_id_payouts")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_payout_orders_store_id_stores")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_payout_orders")),
    )
    op.create_index(op.f("ix_payout_orders_payout_id"), "payout_orders", ["payout_id"], unique=False)
    op.create_index(
        "ix_payout_orders_waiting",
        "payout_orders",
        ["store_id", "currency"],
        unique=False,
        postgresql_where=sa.text("payout_id IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_payout_orders_waiting", table_name="payout_orders", postgresql_where=sa.text("payout_id IS NULL"))
    op.drop_index(op.f("ix_payout_orders_payout_id"), table_name="payout_orders")
    op.drop_table("payout_orders")
    op.drop_index("ix_payouts_waiting", table_name="payouts", postgresql_where=sa.text("state <> 'paid'"))
    op.drop_index("ix_payouts_newest", table_name="payouts")
    op.drop_table("payouts")
