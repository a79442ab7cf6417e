"""Notices that ask, and what answered them."""

import sqlalchemy as sa
from alembic import op

revision = "notices_that_ask"
down_revision = "stopped_stores"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notification_questions",
        sa.Column("question", sa.String(length=120), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("question", name=op.f("pk_notification_questions")),
    )
    op.create_index("ix_notification_questions_heard_at", "notification_questions", ["heard_at"], unique=False)
    op.add_column("notifications", sa.Column("question", sa.String(length=120), nullable=True))
    op.add_column("notifications", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_notifications_answers_a_question"), "notifications", "answered_at IS NULL OR question IS NOT NULL"
    )
    op.create_index(
        "ix_notifications_asked",
        "notifications",
        ["question"],
        unique=False,
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    # What was asked before this release, of what can still be told: orders that a vendor is to decide. The other
    # notices of before have no question and wait for nobody.
    op.execute(
        """
        UPDATE notifications SET question = 'decide:' || orders.id,
            answered_at = CASE WHEN orders.state = 'placed' THEN NULL ELSE now() END
        FROM orders
        WHERE orders.number = notifications.about->>'number' AND notifications.rule IN ('sale_placed', 'sale_nudged')
        """
    )


def downgrade() -> None:
    op.drop_index("ix_notifications_asked", table_name="notifications", postgresql_where=sa.text("answered_at IS NULL"))
    op.drop_constraint(op.f("ck_notifications_answers_a_question"), "notifications")
    op.drop_column("notifications", "answered_at")
    op.drop_column("notifications", "question")
    op.drop_index("ix_notification_questions_heard_at", table_name="notification_questions")
    op.drop_table("notification_questions")
