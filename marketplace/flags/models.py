"""Tables of switches and numbers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.flags.limits import Limit
from marketplace.flags.states import Flag
from marketplace.kernel import columns


class FeatureFlag(SQLModel, table=True):
    """A switch that was touched; what was never touched is off."""

    __tablename__ = "feature_flags"

    name: Flag = columns.one_of(Flag, primary_key=True)
    is_on: bool
    changed_at: datetime = columns.instant()
    changed_by: str = Field(max_length=120)


class LimitSetting(SQLModel, table=True):
    """One version of a number."""

    __tablename__ = "limit_settings"
    __table_args__ = (UniqueConstraint("name", "effective_at"),)

    id: UUID = columns.key()
    name: Limit = columns.word_of(Limit)
    value: int = columns.big()
    effective_at: datetime = columns.instant()
    set_at: datetime = columns.instant()
    set_by: str = Field(max_length=120)
