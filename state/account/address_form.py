"""An address as somebody writes it down, and as it is printed."""

from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import BaseModel, Field

from marketplace.identity import AddressView, Place
from marketplace.kernel import profile
from marketplace.kernel.text import FullLine, Line, in_line


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One address of the book; its parts stand in the form that changes it."""

    id: str = ""
    title: str = ""
    words: str = ""
    label: str = ""
    recipient: str = ""
    phone: str = ""
    line1: str = ""
    district: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    is_default: bool = False

    @classmethod
    def of(cls, address: AddressView) -> Self:
        """Print an address on one line."""
        town = town_of(address.city, address.region, address.postal_code)
        parts = (address.recipient, address.line1, address.district, town)
        return cls(
            id=str(address.id),
            title=address.label or address.city,
            words=in_line(parts),
            label=address.label,
            recipient=address.recipient,
            phone=address.phone,
            line1=address.line1,
            district=address.district,
            city=address.city,
            region=address.region,
            postal_code=address.postal_code,
            is_default=address.is_default,
        )


def town_of(city: str, region: str, postal_code: str) -> str:
    """Print the last line of an address; a region that is called like its city is not said again."""
    named = city if region in {"", city} else in_line((city, region))
    return f"{named} {postal_code}".strip()


class WrittenAddress(BaseModel):
    """An address that the reader writes down."""

    label: Line = ""
    recipient: FullLine
    phone: Annotated[FullLine, Field(max_length=32)]
    line1: FullLine
    district: Line = ""
    city: FullLine
    region: Line = ""
    postal_code: Annotated[Line, Field(max_length=16)] = ""

    def place(self) -> Place:
        """Read it, in the country of this marketplace."""
        return Place(**self.model_dump(), line2="", country=profile.chosen().country)
