"""Media."""

import sqlalchemy as sa
from alembic import op

revision = "media"
down_revision = "a9509d808ece"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "product_image",
                "store_image",
                "delivery_photo",
                name="asset_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "pending", "ready", "failed", name="asset_state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("content_type", sa.String(length=60), nullable=False),
        sa.Column("announced_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("alt", sa.String(length=200), nullable=False),
        sa.Column(
            "reject_reason",
            sa.Enum(
                "not_a_picture",
                "other_type",
                "too_large",
                name="reject_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'failed') = (reject_reason IS NOT NULL)", name=op.f("ck_assets_failed_has_reason")
        ),
        sa.CheckConstraint("(state = 'ready') = (sha256 IS NOT NULL)", name=op.f("ck_assets_ready_is_known")),
        sa.CheckConstraint("announced_bytes > 0", name=op.f("ck_assets_announced_something")),
        sa.ForeignKeyConstraint(["sent_by"], ["users.id"], name=op.f("fk_assets_sent_by_users")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_assets_store_id_stores")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assets")),
    )
    op.create_index(
        "ix_assets_pending", "assets", ["announced_at"], unique=False, postgresql_where=sa.text("state = 'pending'")
    )
    op.create_index(op.f("ix_assets_sha256"), "assets", ["sha256"], unique=False)
    op.create_index("ix_assets_store_newest", "assets", ["store_id", sa.literal_column("id DESC")], unique=False)


def downgrade() -> None:
    op.drop_index("ix_assets_store_newest", table_name="assets")
    op.drop_index(op.f("ix_assets_sha256"), table_name="assets")
    op.drop_index("ix_assets_pending", table_name="assets", postgresql_where=sa.text("state = 'pending'"))
    op.drop_table("assets")
