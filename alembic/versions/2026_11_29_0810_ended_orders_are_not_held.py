"""Nothing holds an order that has ended: holds from before they were lifted with it end when it did."""

from alembic import op

revision = "ended_orders_are_not_held"
down_revision = "overdue_cash"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        UPDATE order_holds SET lifted_at = greatest(order_holds.placed_at, coalesce(orders.ended_at, now())),
            lifted_by = 'system:migration'
        FROM orders
        WHERE orders.id = order_holds.order_id AND order_holds.lifted_at IS NULL
            AND orders.state IN ('payment_failed', 'rejected', 'expired', 'canceled', 'returned', 'closed')
        """
    )
    op.execute(
        """
        UPDATE orders SET is_held = false
        WHERE is_held AND state IN ('payment_failed', 'rejected', 'expired', 'canceled', 'returned', 'closed')
        """
    )


def downgrade() -> None:
    """What was lifted stays lifted: the release before knew no use for it either."""
