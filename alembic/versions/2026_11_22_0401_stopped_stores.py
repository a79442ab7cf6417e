"""Stopped stores."""

import sqlalchemy as sa
from alembic import op

revision = "stopped_stores"
down_revision = "identity_registered_from"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_store_standings_stopped",
        "store_standings",
        ["store_id"],
        unique=False,
        postgresql_where=sa.text("NOT is_live"),
    )


def downgrade() -> None:
    op.drop_index("ix_store_standings_stopped", table_name="store_standings")
