"""Sales for tests of what comes after them: delivered orders, with their money in the books."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlmodel import col, select

from marketplace import ledger
from marketplace.delivery import AssignmentState, HandOverState
from marketplace.delivery.models import Assignment, CashCollection, HandOver
from marketplace.identity import StoreKind, StoreView, SystemRole
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import OrderId, OrderLineId, UserId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger import Account, Posting
from marketplace.orders import LineState, OrderState, PaidState
from marketplace.orders.models import CheckoutGroup, Order, OrderLine
from marketplace.payments import PaymentMethod
from tests.factories.people import make_officer, make_store
from tests.factories.shelves import make_product, put_on_sale

_numbers = count(1)


@dataclass
class Market:
    """A buyer, a vendor and an agent who trade with each other."""

    uow: UnitOfWork
    vendor: StoreView = field(init=False)
    buyer: StoreView = field(init=False)
    buying_user: UserId = field(init=False)
    agent: UserId = field(init=False)
    lines: dict[OrderId, OrderLineId] = field(default_factory=dict)

    def __post_init__(self) -> None:
        name = f"market{next(_numbers)}"
        self.vendor = make_store(self.uow, kind=StoreKind.VENDOR, email=f"{name}.vendor@example.com")[1]
        user, self.buyer = make_store(self.uow, email=f"{name}.buyer@example.com")
        self.buying_user = user.id
        self.agent = make_officer(self.uow, SystemRole.AGENT).id

    def sell(
        self,
        total: int = 11_500,
        *,
        fee: int = 1_000,
        fee_vat: int = 150,
        vendor: StoreView | None = None,
        delivered_at: datetime | None = None,
        is_paid: bool = True,
        is_handed_over: bool = False,
        currency: str = "SAR",
    ) -> Order:
        """Deliver an order: the sale and the fee are posted, the cash too where it was paid."""
        store = vendor or self.vendor
        at = delivered_at or self.uow.now
        order = self._order(store, at, total_minor=total, fee_minor=fee, fee_vat_minor=fee_vat, currency=currency)
        order.settled_at = at if is_paid else None
        order.cash_handed_over_at = at if is_handed_over else None
        order.paid_state = PaidState.CAPTURED if is_paid else PaidState.UNPAID
        self.uow.session.flush()
        self._line(order)
        pending, receivable = ledger.vendor_pending(store.id), ledger.buyer_receivable(self.buyer.id)
        self.post(order, "sale", total, debit=receivable, credit=pending)
        self.post(order, "fee", fee, debit=pending, credit=ledger.REFERRAL_INCOME)
        self.post(order, "fee_vat", fee_vat, debit=pending, credit=ledger.OUTPUT_VAT)
        if is_paid:
            self._collect(order, at)
        return order

    def hand_over(self, *, counted: int) -> HandOver:
        """Bring all cash to the safe, where it is counted."""
        session, currency = self.uow.session, profile.chosen().currency
        carried = session.exec(select(CashCollection).where(col(CashCollection.hand_over_id).is_(None))).all()
        expected = sum(collection.amount_minor for collection in carried)
        handed = HandOver(
            agent_id=self.agent,
            state=HandOverState.ACCEPTED,
            expected_minor=expected,
            declared_minor=counted,
            counted_minor=counted,
            currency=currency,
            handed_at=self.uow.now,
        )
        session.add(handed)
        session.flush()
        for collection in carried:
            collection.hand_over_id = handed.id
        lines = [
            Posting.debit(ledger.SAFE, Money(counted, currency)),
            Posting.debit(ledger.OVER_SHORT, Money(expected - counted, currency)),
            Posting.credit(ledger.agent_cash(self.agent), Money(expected, currency)),
        ]
        ledger.post(self.uow, kind="hand_over", source="test", key=f"hand_over:{handed.id}", postings=lines)
        return handed

    def post(self, order: Order, kind: str, minor: int, *, debit: Account, credit: Account) -> None:
        """Post something about an order; nothing where there is nothing to post."""
        if minor:
            amount = Money(minor, order.currency)
            lines = [Posting.debit(debit, amount), Posting.credit(credit, amount)]
            key = f"order:{order.id}:{kind}"
            ledger.post(self.uow, kind=kind, source=order.number, key=key, postings=lines, order_id=order.id)

    def _collect(self, order: Order, at: datetime) -> None:
        assignment = Assignment(
            order_id=order.id,
            number=order.number,
            store_id=order.store_id,
            buyer_store_id=order.buyer_store_id,
            agent_id=self.agent,
            state=AssignmentState.DELIVERED,
            cash_due_minor=order.total_minor,
            currency=order.currency,
            assigned_by="test",
            assigned_at=at,
        )
        self.uow.session.add(assignment)
        self.uow.session.flush()
        collection = CashCollection(
            order_id=order.id,
            assignment_id=assignment.id,
            agent_id=self.agent,
            amount_minor=order.total_minor,
            due_minor=order.total_minor,
            currency=order.currency,
            collected_at=at,
        )
        self.uow.session.add(collection)
        self.post(
            order,
            "cash_collected",
            order.total_minor,
            debit=ledger.agent_cash(self.agent),
            credit=ledger.buyer_receivable(order.buyer_store_id),
        )

    def _line(self, order: Order) -> None:
        product = make_product(self.uow, "Kettle", owner=order.store_id)
        listing = put_on_sale(self.uow, product, store=order.store_id).listing
        line = OrderLine(
            order_id=order.id,
            position=1,
            state=LineState.DELIVERED,
            listing_id=listing.id,
            product_id=product.id,
            fsin=product.fsin,
            title="Kettle",
            sku=listing.sku,
            category="kitchen/kettles",
            currency=order.currency,
            quantity=1,
            unit_price_minor=order.total_minor,
            discount_minor=0,
            line_total_minor=order.total_minor,
            tax_rate_bps=0,
            tax_minor=0,
            fee_version=1,
            fee_base_minor=order.total_minor,
            fee_bps=0,
            fee_minor=order.fee_minor,
            fee_vat_minor=order.fee_vat_minor,
        )
        self.uow.session.add(line)
        self.lines[order.id] = line.id

    def _order(self, store: StoreView, at: datetime, **figures: Any) -> Order:  # noqa: ANN401 (columns of the order)
        session, number = self.uow.session, next(_numbers)
        group = CheckoutGroup(
            number=f"G{number}",
            buyer_store_id=self.buyer.id,
            placed_by=self.buying_user,
            is_all_or_nothing=False,
            rejected=[],
            placed_at=at,
        )
        session.add(group)
        session.flush()
        order = Order(
            id=OrderId(new_uuid()),
            number=f"O{number}",
            group_id=group.id,
            store_id=store.id,
            buyer_store_id=self.buyer.id,
            placed_by=self.buying_user,
            state=OrderState.DELIVERED,
            subtotal_minor=figures["total_minor"],
            discount_minor=0,
            shipping_minor=0,
            shipping_tax_minor=0,
            tax_minor=0,
            agreed_minor=figures["total_minor"],
            tax_is_inside=True,
            payment_method=PaymentMethod.CASH,
            paid_state=PaidState.UNPAID,
            address={},
            placed_at=at - timedelta(days=2),
            nudge_at=at,
            decide_by=at,
            delivered_at=at,
            closes_at=at + timedelta(days=7),
            **figures,
        )
        session.add(order)
        return order


def sell(_actor: Actor, uow: UnitOfWork) -> None:
    """Let somebody sell something to somebody."""
    Market(uow).sell()


def mislay(_actor: Actor, uow: UnitOfWork) -> None:
    """Move money from the safe to the bank, which nothing explains."""
    lines = [Posting.debit(ledger.BANK, Money(500, "SAR")), Posting.credit(ledger.SAFE, Money(500, "SAR"))]
    ledger.post(uow, kind="wrong", source="test", key="wrong", postings=lines)
