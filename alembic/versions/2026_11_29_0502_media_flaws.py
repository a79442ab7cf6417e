"""Why a file was not taken is called its flaw, so that orders alone have reasons to reject."""

from alembic import op

revision = "media_flaws"
down_revision = "notices_that_ask"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE assets RENAME CONSTRAINT ck_assets_reject_reason TO ck_assets_flaw")


def downgrade() -> None:
    op.execute("ALTER TABLE assets RENAME CONSTRAINT ck_assets_flaw TO ck_assets_reject_reason")
