"""Placing orders: stock is set aside, fees are frozen and payments intended, in one transaction and few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

import orjson
from sqlmodel import SQLModel

from marketplace import audit, events, fees, flags, inventory, payments
from marketplace.fees import FeeBook, FeeFacts, FeeSnapshot
from marketplace.flags import Limit
from marketplace.inventory import InsufficientStock, Want
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Conflict
from marketplace.kernel.frozen import by_hand
from marketplace.kernel.ids import CheckoutId, ListingId, OrderId, OrderLineId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import rules
from marketplace.orders.errors import NothingLeft
from marketplace.orders.events import OrderDecided, OrderPlaced
from marketplace.orders.models import CheckoutGroup, Order, OrderLine, OrderMove
from marketplace.orders.rules import RejectedLine
from marketplace.orders.service.journey import move, told
from marketplace.orders.states import LineState, OrderState, PaidState, RejectReason
from marketplace.orders.views import GroupView, Kin, OrderView, Placing, PlacingLine, PlacingParcel

_WRITE: Final = by_hand("""
WITH grouped AS (
    INSERT INTO checkout_groups SELECT * FROM jsonb_populate_recordset(NULL::checkout_groups, CAST(:groups AS jsonb))
    ON CONFLICT (number) DO NOTHING RETURNING id
), placed AS (
    INSERT INTO orders SELECT given.* FROM jsonb_populate_recordset(NULL::orders, CAST(:orders AS jsonb)) AS given
    WHERE EXISTS (SELECT FROM grouped) OR CAST(:groups AS jsonb) = '[]'
    ON CONFLICT (number) DO NOTHING RETURNING id
), lines AS (
    INSERT INTO order_lines
    SELECT given.* FROM jsonb_populate_recordset(NULL::order_lines, CAST(:lines AS jsonb)) AS given
    JOIN placed ON placed.id = given.order_id
), moves AS (
    INSERT INTO order_moves
    SELECT given.* FROM jsonb_populate_recordset(NULL::order_moves, CAST(:moves AS jsonb)) AS given
    JOIN placed ON placed.id = given.order_id
)
SELECT id FROM grouped UNION ALL SELECT id FROM placed
""")
"""A group, its orders, their lines and first moves at once; rows travel as one document a table.

What bears a number that is taken is left out, with all that stands below it.
"""

DRAWS: Final = 6
SHORTEST: Final = 4
LONGEST: Final = 6
"""So many letters are drawn for a number: first few, then more, as many as its column has room for."""


@dataclass(slots=True)
class Placed:
    """One parcel on its way into the tables."""

    parcel: PlacingParcel
    order: Order
    lines: list[OrderLine] = field(default_factory=list)
    moves: list[OrderMove] = field(default_factory=list)


def place(uow: UnitOfWork, *, placing: Placing, by: Actor) -> GroupView:
    """Place one order with each vendor; what cannot be had is left out, or refuses it all where the buyer said so."""
    ids = {line.listing_id: OrderLineId(new_uuid()) for parcel in placing.parcels for line in parcel.lines}
    refused = _reserve(uow, placing, ids)
    group = CheckoutGroup(
        id=CheckoutId(new_uuid()),
        number="",
        cart_id=placing.cart_id,
        buyer_store_id=placing.buyer.id,
        placed_by=placing.placed_by,
        is_all_or_nothing=placing.is_all_or_nothing,
        rejected=[line.document() for line in (*refused.values(), *placing.left_out)],
        placed_at=uow.now,
    )
    terms = _terms(uow)
    placed = [_placed(uow, placing, parcel, group, terms) for parcel in placing.parcels]
    for one in placed:
        _fill(uow, one, ids, refused, terms, by)
    _write(uow, group, placed)
    _follow(uow, placing, placed, by)
    return _view(placing, group, placed, (*refused.values(), *placing.left_out), by)


def _reserve(uow: UnitOfWork, placing: Placing, ids: Mapping[ListingId, OrderLineId]) -> dict[ListingId, RejectedLine]:
    lines = [line for parcel in placing.parcels for line in parcel.lines]
    named = {line.listing_id: line for line in lines}
    refused = {line.listing_id: line.refused for line in lines if line.refused is not None}
    _check(placing, lines, refused)
    wants = [Want(line.listing_id, line.quantity, ids[line.listing_id]) for line in lines if line.refused is None]
    for short in inventory.reserve(uow, wants=wants).short:
        refused[short.listing_id] = _short(named[short.listing_id], short.available)
    _check(placing, lines, refused)
    return refused


def _short(line: PlacingLine, available: int) -> RejectedLine:
    why = InsufficientStock(available=available)
    return RejectedLine(line.listing_id, why.reason, why.template, why.facts, line.title, line.title_ar)


def _check(placing: Placing, lines: Sequence[PlacingLine], refused: Mapping[ListingId, RejectedLine]) -> None:
    """Refuse the whole where nothing is left of it, or where the buyer wants all of it and something is missing."""
    failed = [refused[line.listing_id] for line in lines if line.listing_id in refused] + list(placing.left_out)
    if failed and (placing.is_all_or_nothing or len(refused) == len(lines)):
        raise NothingLeft(code=failed[0].code, message=failed[0].template, facts=failed[0].facts)


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every order that is placed now."""

    fees: FeeBook
    nudge_after: timedelta
    expires_after: timedelta


def _terms(uow: UnitOfWork) -> Terms:
    return Terms(
        fees=fees.book(uow.session, at=uow.now),
        nudge_after=timedelta(days=flags.limit(uow.session, Limit.DECISION_NUDGE_AFTER_DAYS, at=uow.now)),
        expires_after=timedelta(days=flags.limit(uow.session, Limit.DECISION_EXPIRES_AFTER_DAYS, at=uow.now)),
    )


def _placed(uow: UnitOfWork, placing: Placing, parcel: PlacingParcel, group: CheckoutGroup, terms: Terms) -> Placed:
    order = Order(
        id=OrderId(new_uuid()),
        number="",
        group_id=group.id,
        store_id=parcel.store.id,
        buyer_store_id=placing.buyer.id,
        placed_by=placing.placed_by,
        state=OrderState.PLACED,
        currency=parcel.shipping.currency,
        subtotal_minor=0,
        discount_minor=0,
        shipping_minor=parcel.shipping.minor,
        shipping_tax_minor=parcel.shipping_tax.minor,
        tax_minor=0,
        total_minor=0,
        agreed_minor=0,
        fee_minor=0,
        fee_vat_minor=0,
        tax_is_inside=profile.chosen().prices_include_tax,
        payment_method=placing.payment_method,
        paid_state=PaidState.UNPAID,
        address=dict(placing.address),
        note=placing.note,
        earliest_on=parcel.earliest_on,
        latest_on=parcel.latest_on,
        ship_by=parcel.ship_by,
        placed_at=uow.now,
        nudge_at=uow.now + terms.nudge_after,
        decide_by=uow.now + terms.expires_after,
        retry_of=placing.retry_of,
    )
    return Placed(parcel, order)


def _fill(
    uow: UnitOfWork,
    placed: Placed,
    ids: Mapping[ListingId, OrderLineId],
    refused: Mapping[ListingId, RejectedLine],
    terms: Terms,
    by: Actor,
) -> None:
    """Give an order its lines: those that can be had, or, where none can, all of them as rejected."""
    order, parcel = placed.order, placed.parcel
    had = [line for line in parcel.lines if line.listing_id not in refused]
    kept = had or list(parcel.lines)
    shares = rules.spread(parcel.shipping, [line.line_total for line in kept])
    for position, (line, share) in enumerate(zip(kept, shares, strict=True), start=1):
        snapshot = terms.fees.assess(_fee_facts(parcel, line, share, tax_is_inside=order.tax_is_inside))
        placed.lines.append(_order_line(order, line, snapshot, line_id=ids[line.listing_id], position=position))
    asked = rules.sums([line.sums for line in placed.lines], order.shipping, tax_is_inside=order.tax_is_inside)
    order.agreed_minor = asked.total.minor
    if had:
        order.take_sums(asked)
    else:
        _reject(uow, placed, refused)
    placed.moves.append(move(uow, by, order, came_from=None))


def _reject(uow: UnitOfWork, placed: Placed, refused: Mapping[ListingId, RejectedLine]) -> None:
    for line in placed.lines:
        line.state = LineState.REJECTED
        is_short = refused[line.listing_id].code == InsufficientStock.code
        line.reject_reason = RejectReason.OUT_OF_STOCK if is_short else RejectReason.NOT_AVAILABLE
    order = placed.order
    order.take_sums(rules.sums([], order.shipping, tax_is_inside=order.tax_is_inside))
    order.state, order.paid_state = OrderState.REJECTED, PaidState.CANCELED
    order.decided_at = order.ended_at = uow.now


def _fee_facts(parcel: PlacingParcel, line: PlacingLine, share: Money, *, tax_is_inside: bool) -> FeeFacts:
    return FeeFacts(
        store_id=parcel.store.id,
        category_path=tuple(line.category.split("/")),
        item_total=line.line_total,
        shipping=share,
        vat_bps=line.tax_rate_bps if tax_is_inside else 0,
        quantity=line.quantity,
    )


def _order_line(order: Order, line: PlacingLine, fee: FeeSnapshot, *, line_id: OrderLineId, position: int) -> OrderLine:
    return OrderLine(
        id=line_id,
        order_id=order.id,
        position=position,
        state=LineState.PENDING,
        listing_id=line.listing_id,
        product_id=line.product_id,
        fsin=line.fsin,
        title=line.title,
        title_ar=line.title_ar,
        sku=line.sku,
        image=line.image,
        category=line.category,
        currency=order.currency,
        quantity=line.quantity,
        unit_price_minor=line.unit_price.minor,
        discount_minor=line.discount.minor,
        line_total_minor=line.line_total.minor,
        tax_rate_bps=line.tax_rate_bps,
        tax_minor=line.tax.minor,
        fee_rule_id=fee.rule_id,
        fee_version=fee.version,
        fee_base_minor=fee.base_minor,
        fee_bps=fee.bps,
        fee_min_minor=fee.min_minor,
        fee_max_minor=fee.max_minor,
        fee_minor=fee.amount_minor,
        fee_vat_minor=fee.vat_minor,
    )


def _write(uow: UnitOfWork, group: CheckoutGroup, placed: Sequence[Placed]) -> None:
    """Write it all under fresh numbers; what bears one that is taken draws again, and longer."""
    day = uow.now.astimezone(ZoneInfo(profile.chosen().time_zone)).date()
    groups = {group.id: group}
    waiting = {one.order.id: one for one in placed}
    for draw in range(DRAWS):
        for row in (*groups.values(), *(one.order for one in waiting.values())):
            row.number = rules.draw_number(day, uow.random, length=min(SHORTEST + draw, LONGEST))
        values = {
            "groups": _json(list(groups.values())),
            "orders": _json([one.order for one in waiting.values()]),
            "lines": _json([line for one in waiting.values() for line in one.lines]),
            "moves": _json([step for one in waiting.values() for step in one.moves]),
        }
        for written in _WRITE.run(uow.session, values).scalars():
            groups.pop(written, None)
            waiting.pop(written, None)
        if not (groups or waiting):
            return
    raise Conflict("No number was free. Please try once more.", code="orders.number_taken")


def _json(rows: Sequence[SQLModel]) -> str:
    return orjson.dumps([row.model_dump() for row in rows]).decode()


def _follow(uow: UnitOfWork, placing: Placing, placed: Sequence[Placed], by: Actor) -> None:
    """Payments, audit and everybody who waits follow."""
    orders = [one.order for one in placed]
    due = {order.id: order.total for order in orders if order.state is OrderState.PLACED}
    payments.intend(uow, method=placing.payment_method, amounts=due)
    for order in orders:
        audit.record(uow, by, "orders.place", order.id, store_id=order.store_id, after=order.state)
    events.emit(uow, *(_fact(order) for order in orders))


def _fact(order: Order) -> OrderPlaced | OrderDecided:
    if order.state is OrderState.PLACED:
        return told(OrderPlaced, order, total_minor=order.total_minor, currency=order.currency)
    return told(OrderDecided, order, state=order.state, total_minor=0, currency=order.currency)


def _view(
    placing: Placing, group: CheckoutGroup, placed: Sequence[Placed], rejected: tuple[RejectedLine, ...], by: Actor
) -> GroupView:
    return GroupView(
        id=group.id,
        number=group.number,
        placed_at=group.placed_at,
        orders=tuple(
            OrderView.of(
                one.order,
                lines=one.lines,
                moves=one.moves,
                kin=Kin(
                    store=one.parcel.store,
                    buyer=placing.buyer,
                    group_number=group.number,
                    time_zone=one.parcel.time_zone,
                ),
                seen_by=by,
            )
            for one in placed
        ),
        rejected_lines=rejected,
    )
