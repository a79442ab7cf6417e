"""Commands of pricing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import col

from marketplace import audit, catalog, events
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.errors import FieldProblem
from marketplace.kernel.ids import ListingId
from marketplace.kernel.rows import among, put_rows
from marketplace.kernel.work import UnitOfWork
from marketplace.pricing import policy, queries, rules
from marketplace.pricing.errors import BadTerms, PriceChangedMeanwhile
from marketplace.pricing.events import PriceChanged
from marketplace.pricing.models import Price, PriceTier
from marketplace.pricing.rules import Terms
from marketplace.pricing.views import PriceView


@dataclass(frozen=True, slots=True)
class PricedRow:
    """What became of a price that was taken in with many others."""

    listing_id: ListingId
    is_changed: bool


def price(
    actor: Actor, uow: UnitOfWork, *, listing_id: ListingId, terms: Terms, expected_version: int | None = None
) -> PriceView:
    """Sell a listing by these terms; a version, when named, must be the one that they were written against."""
    listing = catalog.own_listing(actor, uow.session, listing_id=listing_id)
    permit(policy.can_price(actor, listing.store_id), "change this price")
    problems = rules.problems(terms, currency=profile.chosen().currency)
    if problems:
        raise BadTerms(problems)
    before = _locked(uow, listing_id)
    if expected_version is not None and before is not None and before.version != expected_version:
        raise PriceChangedMeanwhile(version=before.version)
    if before is not None and before.terms == terms:
        return before
    version = 1 if before is None else before.version + 1
    _write(uow, {listing_id: terms}, versions={listing_id: version})
    audit.record(
        uow,
        actor,
        "pricing.price",
        listing_id,
        store_id=listing.store_id,
        before=before and rules.described(before.terms),
        after=rules.described(terms),
    )
    events.emit(uow, PriceChanged(listing_ids=(listing_id,)))
    return PriceView(listing_id, terms, version)


def import_prices(
    uow: UnitOfWork, *, terms: Mapping[ListingId, Terms], unsaid: Mapping[ListingId, Collection[str]] | None = None
) -> tuple[PricedRow, ...]:
    """Take in the prices of up to 500 listings, whose terms have passed the rules; it emits and audits nothing.

    What a file is silent about, such as quantity prices, stays as the vendor has set it.
    """
    known = queries.prices(uow.session, listing_ids=terms.keys())
    wanted = {
        listing_id: rules.over(known[listing_id].terms, said, unsaid=(unsaid or {}).get(listing_id, ()))
        if listing_id in known
        else said
        for listing_id, said in terms.items()
    }
    changed = {
        listing_id: one
        for listing_id, one in wanted.items()
        if listing_id not in known or known[listing_id].terms != one
    }
    versions = {listing_id: known[listing_id].version + 1 if listing_id in known else 1 for listing_id in changed}
    _write(uow, changed, versions=versions)
    return tuple(PricedRow(listing_id, listing_id in changed) for listing_id in terms)


def problems_with(terms: Terms) -> tuple[FieldProblem, ...]:
    """Say what keeps terms from being sold by in this installation, field by field."""
    return rules.problems(terms, currency=profile.chosen().currency)


def _locked(uow: UnitOfWork, listing_id: ListingId) -> PriceView | None:
    found = select(col(Price.listing_id)).where(col(Price.listing_id) == listing_id).with_for_update()
    if uow.session.execute(found).scalar_one_or_none() is None:
        return None
    return queries.prices(uow.session, listing_ids=[listing_id])[listing_id]


def _write(uow: UnitOfWork, terms: Mapping[ListingId, Terms], *, versions: Mapping[ListingId, int]) -> None:
    if not terms:
        return
    rows = [_row(uow, listing_id, one, version=versions[listing_id]) for listing_id, one in terms.items()]
    put_rows(uow.session, Price, rows, replacing="listing_id")
    uow.session.execute(delete(PriceTier).where(among(col(PriceTier.listing_id), terms.keys())))
    put_rows(uow.session, PriceTier, [tier for listing_id, one in terms.items() for tier in _tiers(listing_id, one)])


def _row(uow: UnitOfWork, listing_id: ListingId, terms: Terms, *, version: int) -> dict[str, Any]:
    return {
        "listing_id": listing_id,
        "price_minor": terms.price.minor,
        "list_price_minor": terms.list_price.minor if terms.list_price else None,
        "currency": terms.price.currency,
        "min_quantity": terms.min_quantity,
        "max_quantity": terms.max_quantity,
        "quantity_step": terms.quantity_step,
        "version": version,
        "changed_at": uow.now,
    }


def _tiers(listing_id: ListingId, terms: Terms) -> Sequence[dict[str, Any]]:
    return [
        {"listing_id": listing_id, "min_quantity": tier.min_quantity, "discount_ppm": tier.discount_ppm}
        for tier in terms.tiers
    ]
