"""Lay what payments, taxes and fees keep."""

import sqlalchemy as sa
from alembic import op

revision = "096db7804d91"
down_revision = "0804ebd2eeec"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fee_schedules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.CHAR(length=3), nullable=False),
        sa.Column("vat_bps", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("vat_bps BETWEEN 0 AND 10000", name=op.f("ck_fee_schedules_vat_in_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_schedules")),
        sa.UniqueConstraint("version", name=op.f("uq_fee_schedules_version")),
    )
    op.create_index(op.f("ix_fee_schedules_starts_at"), "fee_schedules", ["starts_at"], unique=False)
    op.create_table(
        "payment_intents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column(
            "method",
            sa.Enum("cash", name="payment_method", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "unpaid",
                "captured",
                "canceled",
                name="payment_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.CHAR(length=3), nullable=False),
        sa.Column("intended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_by", sa.String(length=120), nullable=True),
        sa.Column("canceled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'canceled') = (canceled_at IS NOT NULL)", name=op.f("ck_payment_intents_canceled_has_instant")
        ),
        sa.CheckConstraint(
            "(state = 'captured') = (captured_at IS NOT NULL)", name=op.f("ck_payment_intents_captured_has_instant")
        ),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_payment_intents_amount_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_intents")),
        sa.UniqueConstraint("order_id", name=op.f("uq_payment_intents_order_id")),
    )
    op.create_table(
        "tax_rates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=400), nullable=False),
        sa.Column("rate_bps", sa.Integer(), nullable=False),
        sa.Column("is_inclusive", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rate_bps BETWEEN 0 AND 10000", name=op.f("ck_tax_rates_rate_in_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rates")),
        sa.UniqueConstraint("category", "starts_at", name=op.f("uq_tax_rates_category_starts_at")),
    )
    op.create_table(
        "fee_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("schedule_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=400), nullable=False),
        sa.Column("up_to_minor", sa.BigInteger(), nullable=True),
        sa.Column("bps", sa.Integer(), nullable=False),
        sa.Column("min_minor", sa.BigInteger(), nullable=True),
        sa.Column("max_minor", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("bps BETWEEN 0 AND 10000", name=op.f("ck_fee_rules_rate_in_range")),
        sa.CheckConstraint("min_minor >= 0 AND max_minor >= min_minor", name=op.f("ck_fee_rules_bounds_in_order")),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["fee_schedules.id"], name=op.f("fk_fee_rules_schedule_id_fee_schedules")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_rules")),
        sa.UniqueConstraint(
            "schedule_id",
            "category",
            "up_to_minor",
            name=op.f("uq_fee_rules_schedule_id_category_up_to_minor"),
            postgresql_nulls_not_distinct=True,
        ),
    )


def downgrade() -> None:
    op.drop_table("fee_rules")
    op.drop_table("tax_rates")
    op.drop_table("payment_intents")
    op.drop_index(op.f("ix_fee_schedules_starts_at"), table_name="fee_schedules")
    op.drop_table("fee_schedules")
