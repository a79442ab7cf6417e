"""Who is looking, and what the frame around every page says about them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Self

import reflex as rx

from marketplace import bootstrap, cart, identity, notifications, ops
from marketplace.identity import Me, MembershipView
from marketplace.kernel.actor import Actor
from marketplace.kernel.clock import utc_now
from marketplace.rest.access import PUBLIC
from state import place
from state.doors import keys_of
from state.edge import acting, handles, read
from state.live import watch
from state.reader import Reader
from state.words import _

NOTICEABLE: Final = timedelta(seconds=30)
LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class StoreRow:
    """One of the reader's stores, to switch to."""

    id: str
    name: str
    kind: str
    letter: str
    is_active: bool

    @classmethod
    def of(cls, membership: MembershipView, reader: Reader, active: Me) -> Self:
        """Print a store."""
        store = membership.store
        is_active = active.store is not None and active.store.id == store.id
        return cls(str(store.id), store.name, kind_of(membership, reader), initials(store.name)[:1], is_active)


class SessionState(rx.State):
    """What headers, side navs and menus show; filled before the page itself."""

    is_loaded: bool = False
    is_signed_in: bool = False
    name: str = ""
    initials: str = ""
    store: str = ""
    store_kind: str = ""
    stores: list[StoreRow] = []
    place: str = ""
    sells: bool = False
    keys: list[str] = []
    cart_count: int = 0
    unread: int = 0
    waiting: dict[str, int] = {}
    other_language: str = "/"
    here: str = "/"
    moved_clock: str = ""

    @handles(PUBLIC)
    async def load(self) -> None:
        """Fill the frame: on arriving at a page, and on every reconnect."""
        actor = acting()
        self.is_signed_in, self.keys = actor.is_signed_in, keys_of(actor)
        self._stand_here()
        if actor.is_signed_in:
            self._greet(await read(identity.me, actor), Reader.of(self))
        await self._count(actor)
        self.is_loaded = True

    @handles(PUBLIC)
    async def count(self) -> None:
        """Count anew what waits, in menus, on the bell and in the cart: whenever something of it has changed."""
        await self._count(acting())

    async def _count(self, actor: Actor) -> None:
        if actor.is_signed_in:
            self.unread = await read(notifications.unread, actor)
            self.waiting = {**await read(ops.waiting, actor), "bell": self.unread}
        self.cart_count = await read(cart.count, actor)
        topics = (f"bell:{actor.user_id}", *ops.waiting_topics(actor)) if actor.is_signed_in else ()
        watch(self, *topics, by="count")

    def _stand_here(self) -> None:
        reader = Reader.of(self)
        path, query = place.path_of(self), dict(place.query_of(self))
        self.here = reader.address(path, **query)
        self.other_language = place.address(path, "en" if reader.locale == "ar" else "ar", query)
        self.moved_clock = _moved(reader)

    def _greet(self, me: Me, reader: Reader) -> None:
        self.name = me.user.full_name.partition(" ")[0]
        self.initials = initials(me.user.full_name)
        self.store = me.store.name if me.store else ""
        self.place = (me.store.city or "") if me.store else ""
        self.stores = [StoreRow.of(membership, reader, me) for membership in me.memberships]
        self.store_kind = next((row.kind for row in self.stores if row.is_active), "")
        self.sells = me.store is not None and me.store.can_sell


def initials(name: str) -> str:
    """Shorten a name to the letters that stand for it."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) >= LETTERS else words)).upper()


def kind_of(membership: MembershipView, reader: Reader) -> str:
    """Say what a store does, and where: Vendor, Riyadh."""
    words = reader.word("vendor" if membership.store.can_sell else "buyer")
    return reader.series((words, membership.store.city)) if membership.store.city else words


def _moved(reader: Reader) -> str:
    now = bootstrap.database().now()
    if now - utc_now() < NOTICEABLE:
        return ""
    return _("It says {now}.").format(now=reader.date(now))
