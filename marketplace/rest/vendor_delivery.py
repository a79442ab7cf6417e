"""The delivery terms of the active store."""

from typing import Annotated

from pydantic import Field

from marketplace import rates
from marketplace.kernel.actor import Permission
from marketplace.rates import DeliveryTerms
from marketplace.rest.caller import Caller
from marketplace.rest.routing import Router
from marketplace.rest.shapes.base import Money, Shape, Wished, WishedMoney

router = Router(prefix="/vendor/delivery", tags=["vendor delivery"])

Days = Annotated[int, Field(ge=0, le=30, strict=True)]


class WishedTerms(Wished):
    """What delivery shall cost, and how many working days it takes."""

    flat: WishedMoney
    free_over: WishedMoney | None = None
    handling_days: Days
    transit_days: Days


class Terms(Shape):
    """What delivery costs, and how many working days it takes."""

    flat: Money
    free_over: Money | None
    handling_days: int
    transit_days: int

    @classmethod
    def of(cls, terms: DeliveryTerms) -> "Terms":
        """Print delivery terms."""
        return cls(
            flat=Money.of(terms.flat),
            free_over=Money.maybe(terms.free_over),
            handling_days=terms.handling_days,
            transit_days=terms.transit_days,
        )


@router.get("", access=Permission.LISTINGS_READ, returns=Terms, refuses=(404,))
def show_terms(caller: Caller) -> Terms:
    """Show what delivery from the active store costs."""
    return Terms.of(caller.read(rates.own_terms))


@router.put("", access=Permission.LISTINGS_EDIT, returns=Terms)
def set_terms(caller: Caller, wish: WishedTerms) -> Terms:
    """Deliver by these terms from now on; orders already placed keep theirs."""
    terms = DeliveryTerms(
        flat=wish.flat.amount(),
        free_over=wish.free_over.amount() if wish.free_over else None,
        handling_days=wish.handling_days,
        transit_days=wish.transit_days,
    )
    return Terms.of(caller.transact(rates.set_profile, terms=terms))
