"""What all shapes share."""

from datetime import UTC, datetime
from typing import Annotated, Generic, Protocol, TypeVar
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from marketplace.kernel import money
from marketplace.kernel.text import FullLine, Line, Prose

T = TypeVar("T")

LARGEST_MINOR = 10**13
"""No single amount is larger than this: it keeps every sum well inside 64 bits."""

LARGEST_QUANTITY = 1_000_000

Minor = Annotated[int, Field(ge=0, le=LARGEST_MINOR, strict=True)]
Quantity = Annotated[int, Field(ge=0, le=LARGEST_QUANTITY, strict=True)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


Instant = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2100, 1, 1, tzinfo=UTC))]
"""A point in time that a caller may ask about."""


def _in_utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(_in_utc)]
"""A point in time that we say: in UTC, wherever those stand whom it is about."""


class Shape(BaseModel):
    """Something we say."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True)


class Wished(BaseModel):
    """Something the caller says: unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Money(Shape):
    """An amount in the smallest unit of its currency."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: money.Money) -> "Money":
        """Print an amount."""
        return cls(minor=amount.minor, currency=amount.currency)

    @classmethod
    def maybe(cls, amount: money.Money | None) -> "Money | None":
        """Print an amount that may be missing."""
        return None if amount is None else cls.of(amount)


class WishedMoney(Wished):
    """An amount that the caller names."""

    minor: Minor
    currency: Currency

    def amount(self) -> money.Money:
        """Read it."""
        return money.Money(self.minor, self.currency)


class NamedStore(Protocol):
    """A store as any slice names it."""

    @property
    def id(self) -> UUID:
        """Its id."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def slug(self) -> str:
        """Its name in addresses."""


class Store(Shape):
    """A store, as everybody may see it."""

    id: UUID
    name: str
    slug: str

    @classmethod
    def of(cls, store: NamedStore) -> "Store":
        """Print a store."""
        return cls(id=store.id, name=store.name, slug=store.slug)


class Sums(Protocol):
    """What something comes to, as any slice counts it."""

    @property
    def subtotal(self) -> money.Money:
        """All lines, before discounts."""

    @property
    def discount(self) -> money.Money:
        """What comes off."""

    @property
    def shipping(self) -> money.Money:
        """What delivery costs."""

    @property
    def tax(self) -> money.Money:
        """The tax in it or on it."""

    @property
    def total(self) -> money.Money:
        """What is paid."""


class Totals(Shape):
    """What a cart or an order comes to."""

    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money

    @classmethod
    def of(cls, sums: Sums) -> "Totals":
        """Print sums."""
        return cls(
            subtotal=Money.of(sums.subtotal),
            discount=Money.of(sums.discount),
            shipping=Money.of(sums.shipping),
            tax=Money.of(sums.tax),
            total=Money.of(sums.total),
        )


class Listed(Shape, Generic[T]):
    """A page of a list, and the mark to go on from."""

    items: tuple[T, ...]
    next_cursor: str | None


class FieldProblem(Shape):
    """What is wrong with one field."""

    field: str
    code: str
    message: str


class Problem(Shape):
    """An answer that is no: RFC 9457, with a stable code; some say more, in members of their own."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    errors: tuple[FieldProblem, ...] = ()
    request_id: str = ""


__all__ = [
    "Currency",
    "FieldProblem",
    "FullLine",
    "Instant",
    "Line",
    "Listed",
    "Minor",
    "Moment",
    "Money",
    "Problem",
    "Prose",
    "Quantity",
    "Shape",
    "Store",
    "Totals",
    "Wished",
    "WishedMoney",
]
