"""Commands of rates."""

from sqlalchemy.dialects.postgresql import insert

from marketplace import audit, events
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.work import UnitOfWork
from marketplace.rates import policy, queries, rules
from marketplace.rates.errors import BadProfile
from marketplace.rates.events import DeliveryTermsChanged
from marketplace.rates.models import ShippingProfile
from marketplace.rates.rules import DeliveryTerms


def set_profile(actor: Actor, uow: UnitOfWork, *, terms: DeliveryTerms) -> DeliveryTerms:
    """Deliver from the actor's store by these terms from now on; orders already placed keep theirs."""
    store_id = policy.store_of(actor)
    if store_id is None:
        raise Forbidden("You may not set delivery terms: ask somebody whose role includes it.")
    problems = rules.problems(terms, currency=profile.chosen().currency)
    if problems:
        raise BadProfile(problems)
    before = queries.delivery_terms(uow.session, store_ids=[store_id])[store_id]
    values = {
        "flat_minor": terms.flat.minor,
        "free_over_minor": terms.free_over.minor if terms.free_over else None,
        "currency": terms.flat.currency,
        "handling_days": terms.handling_days,
        "transit_days": terms.transit_days,
        "changed_at": uow.now,
    }
    put = insert(ShippingProfile).values(store_id=store_id, **values)
    uow.session.execute(put.on_conflict_do_update(index_elements=["store_id"], set_=values))
    audit.record(
        uow,
        actor,
        "rates.set_profile",
        store_id,
        store_id=store_id,
        before=rules.described(before),
        after=rules.described(terms),
    )
    events.emit(uow, DeliveryTermsChanged(store_id=store_id))
    return terms
