"""What would be left of a price: for a vendor who is about to ask it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from marketplace import fees, taxes
from marketplace.fees import FeeFacts
from marketplace.kernel.actor import Actor, Permission, permit
from marketplace.kernel.ids import StoreId
from marketplace.kernel.money import Money


@dataclass(frozen=True, slots=True)
class FeePreview:
    """A price taken apart: what the buyer pays, what of it is tax, what the house takes, what the vendor keeps."""

    price: Money
    tax: Money
    fee: Money
    fee_vat: Money
    fee_bps: int
    fee_least: Money | None
    fee_most: Money | None
    fee_vat_bps: int
    kept: Money


def fee_preview(actor: Actor, session: Session, *, price: Money, category: str, at: datetime) -> FeePreview:
    """Take a price apart as an order placed now would: one unit, sent for nothing."""
    permit(actor.store_id is not None and actor.has(Permission.LISTINGS_READ), "see fees")
    tax = taxes.assess(session, amount=price, category=category, at=at)
    paid = price if tax.is_inclusive else Money(price.minor + tax.tax_minor, price.currency)
    facts = FeeFacts(
        store_id=StoreId(actor.store_id),  # type: ignore[arg-type]  # permitted only to somebody with a store
        category_path=tuple(category.split("/")),
        item_total=price,
        shipping=Money.zero(price.currency),
        vat_bps=tax.rate_bps if tax.is_inclusive else 0,
    )
    fee = fees.assess(session, facts=facts, at=at)
    taken = Money(fee.amount_minor + fee.vat_minor, price.currency)
    return FeePreview(
        price=paid,
        tax=Money(tax.tax_minor, price.currency),
        fee=Money(fee.amount_minor, price.currency),
        fee_vat=Money(fee.vat_minor, price.currency),
        fee_bps=fee.bps,
        fee_least=None if fee.min_minor is None else Money(fee.min_minor, price.currency),
        fee_most=None if fee.max_minor is None else Money(fee.max_minor, price.currency),
        fee_vat_bps=fees.vat_bps(session, version=fee.version),
        kept=paid - taken,
    )
