"""Products as cards: printed for a reader, with the address of each."""

from dataclasses import dataclass
from typing import Final, Self

from marketplace.kernel.money import rounded_share
from marketplace.search import Availability, Badge, CardView
from state.reader import MINUS, Reader
from state.words import _

CARD_FILE: Final = "/480.webp"


@dataclass(frozen=True, slots=True)
class CardRow:
    """One product where many are browsed."""

    fsin: str
    title: str
    href: str
    image: str
    price: str
    was: str
    cut: str
    by: str
    is_fast: bool
    note: str
    more: str

    @classmethod
    def of(cls, card: CardView, reader: Reader) -> Self:
        """Print a product's card."""
        is_cut = Badge.REDUCED in card.badges
        others = card.offer_count - 1
        return cls(
            fsin=card.fsin,
            title=card.title,
            href=f"/p/{card.fsin}",
            image=picture_of(card.image_url),
            price=reader.money(card.price),
            was=reader.money(card.list_price) if is_cut else "",
            cut=cut_of(card, reader) if is_cut else "",
            by=card.store_name or "",
            is_fast=Badge.FAST in card.badges,
            note=_said(card.availability),
            more=reader.count("{count} more offer", "{count} more offers", others) if others > 0 else "",
        )


def cards_of(cards: tuple[CardView, ...], reader: Reader) -> list[CardRow]:
    """Print several."""
    return [CardRow.of(card, reader) for card in cards]


def picture_of(url: str) -> str:
    """The address of a picture as the part `picture` takes it: without the width, where it comes in several."""
    return url.removesuffix(CARD_FILE)


def cut_of(card: CardView, reader: Reader) -> str:
    """Say by which part of it a price was reduced, in percent."""
    if card.price is None or card.list_price is None or not card.list_price:
        return ""
    saved = rounded_share(100, (card.list_price - card.price).minor, card.list_price.minor)
    return MINUS + reader.percent(saved * 100)


def _said(availability: str) -> str:
    match availability:
        case Availability.OUT_OF_STOCK:
            return _("Sold out")
        case Availability.LOW_STOCK:
            return _("Few left")
        case _:
            return ""
