"""The vendor's first page: what waits for him now, his money, and the latest orders."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Self

import reflex as rx

from marketplace import bootstrap, catalog, identity, inventory, orders, settlement
from marketplace.catalog import ImportView
from marketplace.identity import StoreView
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.money import Money
from marketplace.orders import BoardColumn, OrderView
from marketplace.settlement import EarningsView
from state.doors import AT_A_SHOP
from state.edge import acting, handles, read
from state.forms import Loads
from state.live import watch
from state.reader import Reader
from state.words import _

LATEST: Final = 6
TO_DECIDE: Final = "/vendor/orders?state=to_decide"


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One thing that waits for the vendor, and where he does it."""

    sign: str
    tone: str
    words: str
    text: str
    act: str
    href: str


@dataclass(frozen=True, slots=True)
class LatestRow:
    """One of the latest orders."""

    number: str
    href: str
    state: str
    state_words: str
    buyer: str
    lines: str
    total: str
    placed: str
    placed_exact: str

    @classmethod
    def of(cls, order: OrderView, reader: Reader) -> Self:
        """Print an order."""
        state = "hold" if order.is_held else order.state
        return cls(
            number=order.number,
            href=f"/vendor/orders/{order.number}",
            state=state,
            state_words=reader.word(state),
            buyer=order.buyer.name,
            lines=reader.number(len(order.lines)),
            total=reader.money(order.comes_to),
            placed=reader.ago(order.placed_at, now=bootstrap.database().now()),
            placed_exact=reader.exact(order.placed_at),
        )


@dataclass(frozen=True, slots=True)
class Purse:
    """Where the vendor's money is."""

    next: str = ""
    available: str = ""
    proposed: str = ""
    pending: str = ""
    paid: str = ""

    @classmethod
    def of(cls, earned: EarningsView, reader: Reader) -> Self:
        """Print what was earned."""
        return cls(
            next=reader.money(earned.available + earned.proposed),
            available=reader.money(earned.available),
            proposed=reader.money(earned.proposed),
            pending=reader.money(earned.pending),
            paid=reader.money(earned.paid),
        )


class VendorHomeState(Loads, rx.State):
    """What needs the vendor now, in the order of its urgency."""

    hello: str = ""
    today: str = ""
    needs: list[NeedRow] = []
    can_decide: bool = False
    latest: list[LatestRow] = []
    purse: Purse = Purse()

    @handles(AT_A_SHOP)
    async def load(self) -> None:
        """Fill the page; runs again whenever an order moves or stock changes."""
        actor, reader = acting(), Reader.of(self)
        me = await read(identity.me, actor)
        now = bootstrap.database().now()
        self.hello = _("Welcome, {name}").format(name=me.user.full_name.partition(" ")[0])
        self.today = reader.date(now)
        self.needs = await _needs(actor, me.store, reader)
        self.can_decide = any(need.href == TO_DECIDE for need in self.needs)
        newest = await read(orders.newest, actor, side="vendor", limit=LATEST)
        self.latest = [LatestRow.of(order, reader) for order in newest.items]
        if actor.store_id is not None and actor.may(Permission.PAYOUTS_READ, store_id=actor.store_id):
            self.purse = Purse.of(await read(settlement.earnings, actor), reader)
        watch(self, f"orders:store:{actor.store_id}", f"stock:store:{actor.store_id}")


async def _needs(actor: Actor, store: StoreView | None, reader: Reader) -> list[NeedRow]:
    """Name what waits for this member of the store: nothing that only others of it may do."""
    board = {column.name: column for column in await read(orders.board, actor)}
    low = await read(inventory.count_running_low, actor)
    brought = await read(catalog.imports, actor, limit=1)
    decides, lists = actor.has(Permission.ORDERS_DECIDE), actor.has(Permission.LISTINGS_EDIT)
    found = (
        _not_live(store, reader),
        _to_decide(_free(board["to_decide"]), reader) if decides else None,
        _to_pack(_free(board["to_pack"]), reader),
        _running_low(low, reader) if lists else None,
        _bringing_in(brought.items, reader) if lists else None,
    )
    return [need for need in found if need is not None]


def _free(waiting: BoardColumn) -> BoardColumn:
    """A stage without its orders on hold: nothing can be done about them now."""
    cards = tuple(card for card in waiting.cards if not card.is_held)
    return replace(waiting, cards=cards, count=waiting.count - len(waiting.cards) + len(cards))


def _not_live(store: StoreView | None, reader: Reader) -> NeedRow | None:
    if store is None or store.is_live:
        return None
    why = reader.series(map(reader.word, store.reasons))
    return NeedRow("store", "bad", _("Your shop does not sell now"), why, _("See why"), "/vendor/store")


def _to_decide(waiting: BoardColumn, reader: Reader) -> NeedRow | None:
    if not waiting.cards:
        return None
    oldest = bootstrap.database().now() - min(card.placed_at for card in waiting.cards)
    total = sum((card.total for card in waiting.cards), Money.zero(waiting.cards[0].total.currency))
    text = _("The oldest has waited {time}; {sum} together").format(time=reader.span(oldest), sum=reader.money(total))
    words = reader.count("{count} order to accept or reject", "{count} orders to accept or reject", waiting.count)
    return NeedRow("box", "warn", words, text, _("Decide"), TO_DECIDE)


def _to_pack(waiting: BoardColumn, reader: Reader) -> NeedRow | None:
    if not waiting.cards:
        return None
    due = min((card.ship_by for card in waiting.cards if card.ship_by), default=None)
    is_late = due is not None and due < bootstrap.database().now()
    text = _("The first should have left {when}") if is_late else _("The first must leave by {when}")
    words = reader.count("{count} order to pack", "{count} orders to pack", waiting.count)
    tone = "bad" if is_late else "info"
    return NeedRow("truck", tone, words, text.format(when=reader.date(due)), _("Pack"), "/vendor/orders?state=to_pack")


def _running_low(count: int, reader: Reader) -> NeedRow | None:
    if not count:
        return None
    words = reader.count("{count} listing is nearly sold out", "{count} listings are nearly sold out", count)
    return NeedRow("layers", "warn", words, _("They leave search once the last is sold"), _("Restock"), LOW)


def _bringing_in(brought: Iterable[ImportView], reader: Reader) -> NeedRow | None:
    running = next((one for one in brought if not one.is_finished), None)
    if running is None:
        return None
    done = _("{done} of {total} rows").format(done=reader.number(running.done), total=reader.number(running.total))
    words = _("{file} is being brought in").format(file=running.file_name)
    return NeedRow("upload", "info", words, done, _("Look"), "/vendor/import")


LOW: Final = "/vendor/stock?show=low"
