"""Tables of the audit trail."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index
from sqlmodel import Field, SQLModel

from marketplace.kernel import columns
from marketplace.kernel.ids import StoreId
from marketplace.kernel.rows import Row


class AuditEntry(Row, table=True):
    """One deed, never touched again."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_object", "object_id", "position"),)

    id: UUID = columns.key()
    position: int = Field(default=None, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    at: datetime = columns.instant()
    actor: str = Field(max_length=120)
    action: str = Field(max_length=80)
    object_id: str = Field(max_length=80)
    store_id: StoreId | None = columns.maybe_plain_id()
    before: Any = columns.document(nullable=True)
    after: Any = columns.document(nullable=True)
    reason: str | None = columns.maybe_prose()
    request_id: str = Field(default="", max_length=80)
    content_hash: str = Field(max_length=64)

    def content(self) -> dict[str, Any]:
        """What the hash speaks for."""
        return {
            "id": str(self.id),
            "at": self.at.isoformat(),
            "actor": self.actor,
            "action": self.action,
            "object_id": self.object_id,
            "store_id": str(self.store_id) if self.store_id else None,
            "before": self.before,
            "after": self.after,
            "reason": self.reason,
            "request_id": self.request_id,
        }


class AuditSeal(SQLModel, table=True):
    """A link of the chain: which entry stands where, after which."""

    __tablename__ = "audit_seals"

    entry_id: UUID = columns.ref("audit_entries", primary_key=True)
    sequence: int = Field(sa_type=BigInteger, unique=True)
    previous_hash: str = Field(max_length=64)
    link_hash: str = Field(max_length=64)


class UnsealedEntry(SQLModel, table=True):
    """An entry that waits for its seal."""

    __tablename__ = "unsealed_audit_entries"

    entry_id: UUID = columns.ref("audit_entries", primary_key=True)
