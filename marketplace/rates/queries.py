"""Reads of rates."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.identity import StoreNotFound
from marketplace.identity.models import Store
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import StoreId
from marketplace.kernel.rows import among
from marketplace.rates import rules
from marketplace.rates.models import ShippingProfile
from marketplace.rates.rules import Calendar, DeliveryTerms, Promise


def delivery_terms(session: Session, *, store_ids: Collection[StoreId]) -> dict[StoreId, DeliveryTerms]:
    """Give the delivery terms of stores: their own, or those of the house where they have set none."""
    if not store_ids:
        return {}
    found = select(ShippingProfile).where(among(col(ShippingProfile.store_id), store_ids))
    fresh = found.execution_options(populate_existing=True)
    own = {row.store_id: _terms(row) for row in session.execute(fresh).scalars()}
    house = rules.house_terms(profile.chosen().currency)
    return {store_id: own.get(store_id, house) for store_id in store_ids}


def own_terms(actor: Actor, session: Session) -> DeliveryTerms:
    """The delivery terms of the actor's own store."""
    if actor.store_id is None:
        raise StoreNotFound
    return delivery_terms(session, store_ids=[actor.store_id])[actor.store_id]


def promise(session: Session, *, store_ids: Collection[StoreId], at: datetime) -> dict[StoreId, Promise]:
    """Say for each store when goods agreed at this moment can be there, and by when they must leave."""
    if not store_ids:
        return {}
    found = (
        select(col(Store.id), col(Store.time_zone), ShippingProfile)
        .outerjoin(ShippingProfile, col(ShippingProfile.store_id) == col(Store.id))
        .where(among(col(Store.id), store_ids))
        .execution_options(populate_existing=True)
    )
    house, working = rules.house_terms(profile.chosen().currency), calendar()
    return {
        store_id: rules.promise(_terms(own) if own else house, at=at, time_zone=time_zone, calendar=working)
        for store_id, time_zone, own in session.execute(found)
    }


def calendar() -> Calendar:
    """Give the days on which this installation works."""
    chosen = profile.chosen()
    return Calendar(weekend=chosen.weekend, holidays=rules.HOLIDAYS[chosen.name])


def _terms(row: ShippingProfile) -> DeliveryTerms:
    return DeliveryTerms(row.flat, row.free_over, row.handling_days, row.transit_days)
