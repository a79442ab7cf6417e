"""Find what should have been shipped by now without reading every order."""

import sqlalchemy as sa
from alembic import op

revision = "unshipped_orders"
down_revision = "ended_orders_are_not_held"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_orders_unshipped",
        "orders",
        ["ship_by"],
        unique=False,
        postgresql_where=sa.text("state IN ('accepted', 'partially_accepted', 'ready')"),
    )


def downgrade() -> None:
    op.drop_index("ix_orders_unshipped", table_name="orders")
