"""The table of wishes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.kernel import columns


class StoredWish(SQLModel, table=True):
    """A wish that was answered."""

    __tablename__ = "wishes"
    __table_args__ = (UniqueConstraint("scope", "key"),)

    id: UUID = columns.key()
    scope: str = Field(max_length=300)
    key: str = Field(max_length=255)
    fingerprint: str = Field(max_length=64)
    outcome: str = Field(max_length=40)
    body: bytes = columns.raw()
    made_at: datetime = columns.instant()
    expires_at: datetime = columns.instant(index=True)
