"""Payouts: for finance, which sends them, and for the vendors who get them."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from fastapi.responses import StreamingResponse

from marketplace import settlement
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import PayoutId
from marketplace.kernel.pages import Page
from marketplace.rest import sheets
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Listed
from marketplace.rest.shapes.payouts import Confirmation, Payout
from marketplace.settlement import PayoutState, PayoutView

router = Router(prefix="/admin", tags=["admin payouts"])
vendor_router = Router(prefix="/vendor/payouts", tags=["vendor payouts"])

State = Annotated[PayoutState | None, Query(description="Leave it out for all of them.")]

HEADING = (
    "id", "store", "state", "amount", "currency", "period_from", "period_to", "orders", "reference", "proposed_at",
    "paid_at",
)  # fmt: skip


@router.get("/payouts", access=Permission.PAYOUTS_CONFIRM, returns=Listed[Payout])
def payouts(caller: Caller, state: State = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Listed[Payout]:
    """List payouts, newest first."""
    return _listed(caller.read(settlement.payouts, state=state, limit=limit, cursor=cursor))


@router.get("/payouts.csv", access=Permission.PAYOUTS_CONFIRM, returns=None, media_type=sheets.MEDIA_TYPE)
def payouts_as_sheet(caller: Caller, state: State = None) -> StreamingResponse:
    """Send payouts as a file, newest first."""
    found = sheets.every(partial(caller.read, settlement.payouts), state=state)
    return sheets.sheet("payouts", HEADING, map(_row, found))


@router.post("/payouts/{payout_id}/confirm", access=Permission.PAYOUTS_CONFIRM, returns=Payout, once=7)
def confirm(caller: Caller, payout_id: UUID, wish: Confirmation) -> Response:
    """Say that the bank has the transfer; a large payout is paid when a second person says so too."""
    return caller.once(settlement.confirm_payout, Payout.of, payout_id=PayoutId(payout_id), reference=wish.reference)


@vendor_router.get("", access=Permission.PAYOUTS_READ, returns=Listed[Payout])
def own_payouts(
    caller: Caller, state: State = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[Payout]:
    """List the payouts of the active store, newest first."""
    return _listed(caller.read(settlement.payouts, state=state, only_own=True, limit=limit, cursor=cursor))


def _listed(page: Page[PayoutView]) -> Listed[Payout]:
    return Listed[Payout](items=tuple(Payout.of(payout) for payout in page.items), next_cursor=page.next_cursor)


def _row(payout: PayoutView) -> tuple[str, ...]:
    return (
        str(payout.id),
        sheets.written(payout.store_name),
        payout.state,
        sheets.figure(payout.amount),
        payout.amount.currency,
        payout.period.starts_at.isoformat(),
        payout.period.ends_at.isoformat(),
        " ".join(payout.orders),
        sheets.written(payout.reference),
        payout.proposed_at.isoformat(),
        payout.paid_at.isoformat() if payout.paid_at else "",
    )
