"""Offers of a product, printed: the one in the buy box, the others, and how the price falls with the quantity."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Self

from marketplace import pricing
from marketplace.pricing import Terms
from marketplace.search import OfferView
from state.reader import DASH, Reader
from state.words import _

FEW: Final = 5


@dataclass(frozen=True, slots=True)
class TierRow:
    """One step of the price."""

    quantity: str
    each: str
    saved: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class BuyRow:
    """The offer in the buy box."""

    listing_id: str = ""
    price: str = ""
    was: str = ""
    saved: str = ""
    stock: str = ""
    is_low: bool = False
    arrives: str = ""
    delivery: str = ""
    condition: str = ""
    rule: str = ""
    store: str = ""
    store_href: str = ""
    letter: str = ""
    least: int = 1
    most: int = 1
    step: int = 1

    @classmethod
    def of(cls, offer: OfferView, reader: Reader, *, today: date) -> Self:
        """Print the offer that is shown first."""
        terms = offer.terms
        saving = terms.list_price - terms.price if terms.list_price else None
        return cls(
            listing_id=str(offer.listing_id),
            price=reader.money(terms.price),
            was=reader.money(terms.list_price) if terms.list_price else "",
            saved=reader.money(saving) if saving else "",
            stock=_stock(offer, reader),
            is_low=offer.available <= FEW,
            arrives=arrival(offer, reader, today=today),
            delivery=_delivery(offer, reader),
            condition=reader.word(offer.condition),
            rule=_rule(terms, reader),
            store=offer.store_name,
            store_href=f"/v/{offer.store_slug}",
            letter=offer.store_name[:1].upper(),
            least=terms.min_quantity,
            most=_most(offer),
            step=terms.quantity_step,
        )


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer among all."""

    listing_id: str
    store: str
    store_href: str
    condition: str
    arrives: str
    price: str
    delivery: str
    together: str
    is_featured: bool
    can_be_bought: bool
    least: int

    @classmethod
    def of(cls, offer: OfferView, reader: Reader, *, today: date, is_featured: bool = False) -> Self:
        """Print an offer."""
        return cls(
            listing_id=str(offer.listing_id),
            store=offer.store_name,
            store_href=f"/v/{offer.store_slug}",
            condition=reader.word(offer.condition),
            arrives=day_near(offer.promise.earliest_on, reader, today=today),
            price=reader.money(offer.terms.price),
            delivery=reader.money(offer.shipping) if offer.shipping else "",
            together=reader.money(offer.together),
            is_featured=is_featured,
            can_be_bought=offer.can_be_bought,
            least=offer.terms.min_quantity,
        )


def tier_rows(terms: Terms, reader: Reader, *, quantity: int) -> list[TierRow]:
    """How the price falls, with the step marked that a quantity reaches: nothing where it never does."""
    if not terms.tiers:
        return []
    starts = [terms.min_quantity, *(tier.min_quantity for tier in terms.tiers)]
    ends = [start - 1 for start in starts[1:]] + [None]
    return [
        TierRow(
            quantity=_span(start, end, reader),
            each=reader.money(terms.price - pricing.discount_at(terms.price, terms.tiers, start)),
            saved=_saved(terms, start, reader),
            is_current=start <= quantity and (end is None or quantity <= end),
        )
        for start, end in zip(starts, ends, strict=True)
        if end is None or end >= start
    ]


def arrival(offer: OfferView, reader: Reader, *, today: date) -> str:
    """Say on which day the goods can be there, or between which days."""
    first = day_near(offer.promise.earliest_on, reader, today=today)
    if offer.promise.latest_on == offer.promise.earliest_on:
        return first
    return _("{first} to {last}").format(first=first, last=reader.day(offer.promise.latest_on))


def day_near(day: date, reader: Reader, *, today: date) -> str:
    """Name a day: today and tomorrow by their names too."""
    if day == today:
        return _("Today, {day}").format(day=reader.day(day))
    if day == today + timedelta(days=1):
        return _("Tomorrow, {day}").format(day=reader.day(day))
    return reader.day(day)


def day_of(now: datetime, reader: Reader) -> date:
    """The day it is where the reader is."""
    return now.astimezone(reader.zone).date()


def _stock(offer: OfferView, reader: Reader) -> str:
    if offer.available <= FEW:
        return reader.count("Only {count} left", "Only {count} left", offer.available)
    return _("In stock, {count} left").format(count=reader.number(offer.available))


def _delivery(offer: OfferView, reader: Reader) -> str:
    if not offer.shipping:
        return _("Free delivery")
    costs = _("Delivery {amount}").format(amount=reader.money(offer.shipping))
    if offer.free_over is None:
        return costs
    free = _("free from {amount}").format(amount=reader.money(offer.free_over))
    return reader.series((costs, free))


def _rule(terms: Terms, reader: Reader) -> str:
    """Say how many may be bought at once, where that is not one to many."""
    said = []
    if terms.min_quantity > 1:
        said.append(_("Sold from {count} on.").format(count=reader.number(terms.min_quantity)))
    if terms.quantity_step > 1:
        said.append(_("Sold in steps of {count}.").format(count=reader.number(terms.quantity_step)))
    if terms.max_quantity is not None:
        said.append(_("{count} at most.").format(count=reader.number(terms.max_quantity)))
    return " ".join(said)


def _most(offer: OfferView) -> int:
    most = offer.available if offer.terms.max_quantity is None else min(offer.available, offer.terms.max_quantity)
    return most - most % offer.terms.quantity_step


def _span(start: int, end: int | None, reader: Reader) -> str:
    if end is None:
        return _("{count} or more").format(count=reader.number(start))
    if end == start:
        return reader.number(start)
    return _("{low} to {high}").format(low=reader.number(start), high=reader.number(end))


def _saved(terms: Terms, quantity: int, reader: Reader) -> str:
    reached = [tier.discount_ppm for tier in terms.tiers if tier.min_quantity <= quantity]
    return reader.percent(reached[-1] // 100) if reached else DASH
