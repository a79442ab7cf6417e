"""When an agent was warned that he has carried cash for too long."""

import sqlalchemy as sa
from alembic import op

revision = "overdue_cash"
down_revision = "media_flaws"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cash_collections", sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("cash_collections", "warned_at")
