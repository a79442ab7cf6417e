"""Stores and addresses, as the contract prints them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from marketplace.identity import AddressView, Place, StoreKind, StoreView
from marketplace.rest.shapes.base import FullLine, Line, Prose, Shape, Wished

Short = Annotated[Line, Field(max_length=100)]
FullShort = Annotated[FullLine, Field(max_length=100)]
Phone = Annotated[Line, Field(max_length=32)]
Country = Annotated[str, Field(pattern="^[A-Za-z]{2}$", description="Two letters, such as SA or US.")]


class OwnStore(Shape):
    """A store, as its people and the house see it."""

    id: UUID
    name: str
    slug: str
    kind: StoreKind
    can_buy: bool
    can_sell: bool
    is_live: bool
    reasons: tuple[str, ...]
    currency: str
    time_zone: str
    email: str | None
    phone: str | None
    city: str | None
    description: str

    @classmethod
    def of(cls, store: StoreView) -> "OwnStore":
        """Print a store with its standing and its particulars."""
        return cls(
            id=store.id,
            name=store.name,
            slug=store.slug,
            kind=store.kind,
            can_buy=store.can_buy,
            can_sell=store.can_sell,
            is_live=store.is_live,
            reasons=store.reasons,
            currency=store.currency,
            time_zone=store.time_zone,
            email=store.email,
            phone=store.phone,
            city=store.city,
            description=store.description,
        )

    @classmethod
    def maybe(cls, store: StoreView | None) -> "OwnStore | None":
        """Print a store that may be missing."""
        return None if store is None else cls.of(store)


class StoreWish(Wished):
    """What shall be different about the store; what is left out stays."""

    name: FullLine | None = None
    email: Annotated[Line, Field(max_length=254)] | None = None
    phone: Phone | None = None
    city: Short | None = None
    description: Prose | None = None


class Suspension(Wished):
    """Why a store is stopped."""

    reason: FullLine


class Address(Shape):
    """Where a store is reached."""

    id: UUID
    label: str
    recipient: str
    phone: str
    line1: str
    line2: str
    district: str
    city: str
    region: str
    postal_code: str
    country: str
    is_default: bool

    @classmethod
    def of(cls, address: AddressView) -> "Address":
        """Print an address."""
        return cls(
            id=address.id,
            label=address.label,
            recipient=address.recipient,
            phone=address.phone,
            line1=address.line1,
            line2=address.line2,
            district=address.district,
            city=address.city,
            region=address.region,
            postal_code=address.postal_code,
            country=address.country,
            is_default=address.is_default,
        )


class PlaceWish(Wished):
    """An address, as somebody writes it down."""

    recipient: FullLine
    phone: Annotated[FullLine, Field(max_length=32, description="With its area code; kept as the world dials it.")]
    line1: FullLine
    city: FullShort
    country: Country
    label: Annotated[Line, Field(max_length=60)] = ""
    line2: Line = ""
    district: Short = ""
    region: Short = ""
    postal_code: Annotated[Line, Field(max_length=16)] = ""

    def place(self) -> Place:
        """Read it."""
        return Place(
            recipient=self.recipient,
            phone=self.phone,
            line1=self.line1,
            city=self.city,
            country=self.country,
            label=self.label,
            line2=self.line2,
            district=self.district,
            region=self.region,
            postal_code=self.postal_code,
        )


class AddressWish(PlaceWish):
    """An address for the book."""

    is_default: bool = False


class AddressChange(Wished):
    """What shall be different about an address; what is left out stays."""

    recipient: FullLine | None = None
    phone: Annotated[FullLine, Field(max_length=32)] | None = None
    line1: FullLine | None = None
    city: FullShort | None = None
    country: Country | None = None
    label: Annotated[Line, Field(max_length=60)] | None = None
    line2: Line | None = None
    district: Short | None = None
    region: Short | None = None
    postal_code: Annotated[Line, Field(max_length=16)] | None = None
    is_default: bool | None = None

    def parts(self) -> dict[str, str]:
        """The parts of the address that were named."""
        return self.model_dump(exclude={"is_default"}, exclude_none=True)
