"""Tables of facts and of who has taken them in."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, text
from sqlmodel import Field, SQLModel

from marketplace.events.states import DeliveryState
from marketplace.kernel import columns
from marketplace.kernel.ids import EventId, StoreId


class OutboxMessage(SQLModel, table=True):
    """A fact, as it goes out. Positions of one aggregate follow its history: its row was locked meanwhile."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        Index("ix_outbox_messages_unrelayed", "position", postgresql_where=text("relayed_at IS NULL")),
        Index("ix_outbox_messages_aggregate", "aggregate", "position"),
    )

    id: EventId = columns.key()
    position: int = Field(default=None, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    topic: str = Field(max_length=120)
    aggregate: str = Field(max_length=120)
    store_id: StoreId | None = columns.maybe_plain_id()
    envelope: dict[str, Any] = columns.document()
    made_at: datetime = columns.instant()
    relayed_at: datetime | None = columns.maybe_instant()


class Delivery(SQLModel, table=True):
    """One consumer's share of one fact: the receipt that it was taken in, written with its effect."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_due", "consumer", "sequence", postgresql_where=text("state = 'pending'")),
        Index("ix_deliveries_open", "consumer", "aggregate", "sequence", postgresql_where=text("state <> 'taken'")),
    )

    event_id: EventId = columns.ref("outbox_messages", primary_key=True)
    consumer: str = Field(max_length=60, primary_key=True)
    aggregate: str = Field(max_length=120)
    sequence: int = columns.big()
    is_ordered: bool = True
    state: DeliveryState = columns.one_of(DeliveryState, default=DeliveryState.PENDING)
    tries: int = 0
    next_at: datetime = columns.instant()
    taken_at: datetime | None = columns.maybe_instant()
    last_error: str | None = columns.maybe_prose()
