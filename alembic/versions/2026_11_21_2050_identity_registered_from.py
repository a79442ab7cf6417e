"""Identity registered from."""

import sqlalchemy as sa
from alembic import op

revision = "identity_registered_from"
down_revision = "c296e5168740"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("registered_from", sa.String(length=64), nullable=True))
    op.create_index("ix_users_registered_from", "users", ["registered_from", "registered_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_users_registered_from", table_name="users")
    op.drop_column("users", "registered_from")
