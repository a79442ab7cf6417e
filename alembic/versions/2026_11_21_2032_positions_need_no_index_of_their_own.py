"""Positions need no index of their own."""

from alembic import op

revision = "580d5f4387b0"
down_revision = "media"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("uq_audit_entries_position"), "audit_entries", type_="unique")
    op.drop_constraint(op.f("uq_outbox_messages_position"), "outbox_messages", type_="unique")


def downgrade() -> None:
    op.create_unique_constraint(
        op.f("uq_outbox_messages_position"), "outbox_messages", ["position"], postgresql_nulls_not_distinct=False
    )
    op.create_unique_constraint(
        op.f("uq_audit_entries_position"), "audit_entries", ["position"], postgresql_nulls_not_distinct=False
    )
