"""Reads of orders."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, DateTime, Select, Uuid, case, func, literal, select, tuple_
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col

from marketplace import fees
from marketplace.identity import StoreRef
from marketplace.identity.models import Store
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import CheckoutId, ListingId, OrderId, OrderLineId
from marketplace.kernel.money import Money, total
from marketplace.kernel.pages import Page, clamp, instant_and_id
from marketplace.kernel.rows import among
from marketplace.orders import policy, rules
from marketplace.orders.errors import OrderNotFound
from marketplace.orders.models import CheckoutGroup, Order, OrderHold, OrderLine, OrderMove
from marketplace.orders.policy import OrdersSide
from marketplace.orders.rules import FrozenFee, RejectedLine
from marketplace.orders.states import DROPPED, UNSHIPPED, LineState, OrderState
from marketplace.orders.views import (
    BoardCard,
    BoardColumn,
    FeeView,
    GroupView,
    Kin,
    OrderView,
    Outcome,
)

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

BOARD: Final = {
    "to_decide": (OrderState.PLACED,),
    "to_pack": (OrderState.ACCEPTED, OrderState.PARTIALLY_ACCEPTED),
    "ready": (OrderState.READY,),
    "on_the_way": (OrderState.IN_TRANSIT, OrderState.DELIVERY_FAILED, OrderState.RETURNING),
}
"""The columns of the vendor's board, and what stands in each."""

CARDS_SHOWN: Final = 50

OPEN_LINES: Final = (LineState.PENDING, LineState.ACCEPTED, LineState.READY, LineState.IN_TRANSIT)
"""Lines that somebody still waits for."""


def by_number(actor: Actor, session: Session, *, number: str, side: OrdersSide = "any") -> OrderView:
    """Show one order, as far as that side of it is the actor's."""
    views = _views(actor, session, _orders().where(col(Order.number) == number, policy.SEEN[side](actor)))
    if not views:
        raise OrderNotFound
    return views[0]


def by_id(actor: Actor, session: Session, *, order_ids: Collection[OrderId]) -> dict[OrderId, OrderView]:
    """Show these orders, every one of which the actor may see."""
    views = _views(actor, session, _orders().where(among(col(Order.id), order_ids), policy.visible(actor)))
    if len(views) < len(set(order_ids)):
        raise OrderNotFound
    return {view.id: view for view in views}


def outcome(actor: Actor, session: Session, *, number: str, rejecting: Collection[OrderLineId] = ()) -> Outcome:
    """Show what a vendor's order comes to as it stands, or were these of its waiting lines rejected."""
    found = (
        select(Order, OrderLine)
        .join(OrderLine, col(OrderLine.order_id) == col(Order.id))
        .where(col(Order.number) == number, policy.sold(actor))
        .order_by(col(OrderLine.position))
    )
    rows = session.execute(found).all()
    if not rows:
        raise OrderNotFound
    order, lines = rows[0][0], [row[1] for row in rows]
    permit(policy.sees_fees(actor, order), "see what this order comes to")
    rejected = {line.id for line in lines if _is_rejected(line, rejecting)}
    off = [line for line in lines if line.state in DROPPED or line.id in rejected]
    sent = [line for line in lines if line not in off]
    return _outcome(session, order, off=off, sent=sent, is_rejected={line.id for line in off} == rejected)


def _is_rejected(line: OrderLine, rejecting: Collection[OrderLineId]) -> bool:
    return line.state is LineState.REJECTED or (line.state is LineState.PENDING and line.id in rejecting)


def _outcome(
    session: Session, order: Order, *, off: Sequence[OrderLine], sent: Sequence[OrderLine], is_rejected: bool
) -> Outcome:
    sums = rules.sums([line.sums for line in sent], order.shipping, tax_is_inside=order.tax_is_inside)
    taken_off = total([Money(line.line_total_minor, order.currency) for line in off], order.currency)
    return Outcome(
        goods=sums.subtotal - sums.discount + taken_off,
        taken_off=taken_off,
        lines_off=len(off),
        is_rejected=is_rejected,
        shipping=sums.shipping,
        tax_on_top=Money.zero(order.currency) if order.tax_is_inside else sums.tax,
        total=sums.total,
        agreed=Money(order.agreed_minor, order.currency),
        fees=tuple(_fee(session, fee) for fee in rules.fees_by_rule(line.fee for line in sent)),
        fee_vat=sums.fee_vat,
        payable=sums.payable,
    )


def _fee(session: Session, fee: FrozenFee) -> FeeView:
    """A fee with the rate of its VAT, which the version of the schedule names: versions never change."""
    vat_bps = fees.vat_bps(session, version=fee.version)
    return FeeView(fee.bps, fee.least, fee.most, vat_bps, fee.amount)


def newest(
    actor: Actor,
    session: Session,
    *,
    side: OrdersSide,
    states: Collection[OrderState] = (),
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[OrderView]:
    """List the orders of one side, newest first."""
    asked = clamp(limit)
    newest_first = (col(Order.placed_at).desc(), col(Order.id).desc())
    found = _orders().where(policy.SEEN[side](actor)).order_by(*newest_first).limit(asked + 1)
    if states:
        found = found.where(col(Order.state).in_(states))
    if cursor is not None:
        placed_at, order_id = instant_and_id(cursor)
        last = tuple_(literal(placed_at, DateTime(timezone=True)), literal(order_id, Uuid))
        found = found.where(tuple_(col(Order.placed_at), col(Order.id)) < last)
    views = _views(actor, session, found)
    return Page.of(views, limit=asked, key=lambda view: (view.placed_at.isoformat(), str(view.id)))


def on_open_lines(session: Session, *, listing_ids: Collection[ListingId]) -> frozenset[ListingId]:
    """Tell which of the listings stand on lines that are still to be delivered: those cannot be closed yet."""
    found = select(col(OrderLine.listing_id)).where(
        col(OrderLine.listing_id).in_(listing_ids), col(OrderLine.state).in_(OPEN_LINES)
    )
    return frozenset(session.execute(found.distinct()).scalars())


def board(actor: Actor, session: Session) -> tuple[BoardColumn, ...]:
    """Lay out the open orders of the actor's store by what they wait for, oldest first."""
    placed_rank = func.row_number().over(partition_by=_column_name(), order_by=(col(Order.placed_at), col(Order.id)))
    ranked = (
        select(col(Order.id).label("id"), placed_rank.label("rank"), _counted().label("count"))
        .where(policy.sold(actor), col(Order.state).in_([state for states in BOARD.values() for state in states]))
        .subquery()
    )
    pieces = (
        select(func.sum(col(OrderLine.quantity)))
        .where(col(OrderLine.order_id) == col(Order.id), col(OrderLine.state).not_in(DROPPED))
        .scalar_subquery()
    )
    found = (
        select(Order, col(Store.name), pieces, ranked.c.count)
        .join(ranked, ranked.c.id == col(Order.id))
        .join(Store, col(Store.id) == col(Order.buyer_store_id))
        .where(ranked.c.rank <= CARDS_SHOWN)
        .order_by(col(Order.placed_at), col(Order.id))
    )
    rows = session.execute(found).all()
    return tuple(_column(name, states, rows) for name, states in BOARD.items())


def group(actor: Actor, session: Session, *, group_id: CheckoutId) -> GroupView:
    """Show everything that one checkout came to."""
    found = select(CheckoutGroup).where(
        col(CheckoutGroup.id) == group_id,
        select(Order).where(col(Order.group_id) == group_id, policy.bought(actor)).exists(),
    )
    row = session.execute(found).scalar_one_or_none()
    if row is None:
        raise OrderNotFound
    orders = _orders().where(col(Order.group_id) == group_id, policy.bought(actor)).order_by(col(Order.id))
    return GroupView(
        id=row.id,
        number=row.number,
        placed_at=row.placed_at,
        orders=tuple(_views(actor, session, orders)),
        rejected_lines=tuple(RejectedLine.read(line) for line in row.rejected),
    )


def seen_by(actor: Actor, session: Session, order_id: OrderId, *, lines: Sequence[OrderLine] = ()) -> OrderView:
    """Show an order to somebody who has just changed it, and who may have its lines in hand."""
    (view,) = _views(actor, session, _orders().where(col(Order.id) == order_id), lines=lines)
    return view


def due_for_nudge(session: Session, *, now: datetime, limit: int) -> Sequence[OrderId]:
    """Find orders whose vendor has been silent for long though he may decide, and lock them."""
    return _due(
        session,
        limit,
        col(Order.nudge_at),
        now,
        (col(Order.state) == OrderState.PLACED, col(Order.nudged_at).is_(None), ~col(Order.is_held)),
    )


def due_for_expiry(session: Session, *, now: datetime, limit: int) -> Sequence[OrderId]:
    """Find orders that nobody decided in time, and lock them; time stands still for an order on hold."""
    return _due(session, limit, col(Order.decide_by), now, (col(Order.state) == OrderState.PLACED, ~col(Order.is_held)))


def due_for_canceling(session: Session, *, now: datetime, limit: int) -> Sequence[OrderId]:
    """Find orders that should have been shipped by then and were not, and lock them; none that is on hold."""
    return _due(session, limit, col(Order.ship_by), now, (col(Order.state).in_(UNSHIPPED), ~col(Order.is_held)))


def due_for_closing(session: Session, *, now: datetime, limit: int) -> Sequence[OrderId]:
    """Find orders that are paid out and past their return window, and lock them."""
    conditions = (col(Order.state) == OrderState.DELIVERED, col(Order.paid_out_at).is_not(None), ~col(Order.is_held))
    return _due(session, limit, col(Order.closes_at), now, conditions)


def _due(
    session: Session,
    limit: int,
    instant: Mapped[datetime] | Mapped[datetime | None],
    now: datetime,
    conditions: Iterable[ColumnElement[bool]],
) -> Sequence[OrderId]:
    found = (
        select(col(Order.id))
        .where(instant <= now, *conditions)
        .order_by(instant)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return session.execute(found).scalars().all()


_Vendor = aliased(Store)
_Buyer = aliased(Store)
_Origin = aliased(Order)
_Retry = aliased(Order)


@cache
def _orders() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Order,
            col(_Vendor.name),
            col(_Vendor.slug),
            col(_Vendor.time_zone),
            col(_Buyer.name),
            col(_Buyer.slug),
            col(CheckoutGroup.number),
            col(_Origin.number),
            col(_Retry.number),
        )
        .join(_Vendor, col(_Vendor.id) == col(Order.store_id))
        .join(_Buyer, col(_Buyer.id) == col(Order.buyer_store_id))
        .join(CheckoutGroup, col(CheckoutGroup.id) == col(Order.group_id))
        .outerjoin(_Origin, col(_Origin.id) == col(Order.retry_of))
        .outerjoin(_Retry, col(_Retry.retry_of) == col(Order.id))
    )


def _views(
    actor: Actor, session: Session, found: Select[*tuple[Any, ...]], *, lines: Sequence[OrderLine] = ()
) -> list[OrderView]:
    rows = session.execute(found).all()
    orders = [row[0] for row in rows]
    if not orders:
        return []
    ids = [order.id for order in orders]
    of_orders = select(OrderLine).where(col(OrderLine.order_id).in_(ids)).order_by(col(OrderLine.position))
    by_order = _grouped(lines or session.execute(of_orders).scalars(), lambda line: line.order_id)
    of_moves = select(OrderMove).where(col(OrderMove.order_id).in_(ids)).order_by(col(OrderMove.position))
    moves = _grouped(session.execute(of_moves).scalars(), lambda move: move.order_id)
    holds = _open_holds(session, [order.id for order in orders if order.is_held])
    return [
        OrderView.of(
            order,
            lines=by_order[order.id],
            moves=moves[order.id],
            holds=holds[order.id],
            kin=Kin(
                store=StoreRef(order.store_id, vendor, vendor_slug),
                buyer=StoreRef(order.buyer_store_id, buyer, buyer_slug),
                group_number=group_number,
                time_zone=time_zone,
                retry_of=retry_of,
                retried_as=retried_as,
            ),
            seen_by=actor,
        )
        for order, vendor, vendor_slug, time_zone, buyer, buyer_slug, group_number, retry_of, retried_as in rows
    ]


def _open_holds(session: Session, ids: Sequence[OrderId]) -> defaultdict[OrderId, list[OrderHold]]:
    if not ids:
        return defaultdict(list)
    standing = (
        select(OrderHold)
        .where(col(OrderHold.order_id).in_(ids), col(OrderHold.lifted_at).is_(None))
        .order_by(col(OrderHold.placed_at))
    )
    return _grouped(session.execute(standing).scalars(), lambda hold: hold.order_id)


def _grouped(rows: Iterable[T], key: Callable[[T], K]) -> defaultdict[K, list[T]]:
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _column_name() -> ColumnElement[Any]:

    return case(*((col(Order.state).in_(states), name) for name, states in BOARD.items()))


def _counted() -> ColumnElement[int]:
    return func.count().over(partition_by=_column_name())


def _column(name: str, states: Sequence[OrderState], rows: Sequence[Any]) -> BoardColumn:
    here = [row for row in rows if row[0].state in states]
    return BoardColumn(
        name=name,
        count=here[0][3] if here else 0,
        cards=tuple(_card(order, buyer, pieces) for order, buyer, pieces, _count in here),
    )


def _card(order: Order, buyer: str, pieces: int | None) -> BoardCard:
    return BoardCard(
        number=order.number,
        state=order.state,
        buyer=buyer,
        placed_at=order.placed_at,
        decide_by=order.decide_by,
        ship_by=order.ship_by,
        payment_method=order.payment_method,
        total=Money(order.total_minor, order.currency),
        pieces=pieces or 0,
        is_held=order.is_held,
    )
