"""Checking out: where to, when, how it is paid, and one press that orders once."""

from typing import Final
from uuid import UUID

import reflex as rx
from reflex.event import EventSpec

from marketplace import bootstrap, cart, checkout, identity, orders
from marketplace.checkout import QuoteChanged
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import AddressId
from marketplace.orders import GroupView
from state.account.address_form import AddressRow, WrittenAddress
from state.edge import acting, handles, once, read, transact
from state.forms import Asks, Loads
from state.reader import Reader
from state.session import SessionState
from state.shop.cart import CartGroupRow, CartLineRow, TotalsRow, printed
from state.words import _

NEW_ADDRESS: Final = "new-address"
"""The dialog that asks for an address."""


class CheckoutState(Loads, Asks, rx.State):
    """What is about to be ordered, and what is still to be said about it."""

    groups: list[CartGroupRow] = []
    left_out: list[CartLineRow] = []
    totals: TotalsRow = TotalsRow()
    addresses: list[AddressRow] = []
    address_id: str = ""
    all_or_nothing: bool = False
    changes: list[str] = []
    form_key: int = 0

    @handles(Permission.CHECKOUT_PLACE)
    async def load(self) -> None:
        """Price the cart anew, and list the addresses."""
        actor = acting()
        await self._price(await read(cart.quote, actor, now=bootstrap.database().now()))
        known = await read(identity.addresses, actor)
        self.addresses = [AddressRow.of(address) for address in known]
        if self.address_id not in {row.id for row in self.addresses}:
            self.address_id = self.addresses[0].id if self.addresses else ""

    @handles(Permission.CHECKOUT_PLACE)
    async def send_to(self, address_id: AddressId) -> None:
        """Send it there."""
        self.address_id, self.problem = str(address_id), ""

    @handles(Permission.CHECKOUT_PLACE)
    async def insist(self, is_on: bool) -> None:  # noqa: FBT001 (the browser sends what the box says)
        """Take all of it, or nothing."""
        self.all_or_nothing = is_on

    @handles(Permission.ADDRESSES_EDIT)
    async def write_address(self) -> EventSpec:
        """Open the form anew: what was written of the last address, or was wrong with it, is not about this one."""
        self.errors, self.problem = {}, ""
        self.form_key += 1
        return rx.call_script(f"document.getElementById('{NEW_ADDRESS}')?.showModal()")

    @handles(Permission.ADDRESSES_EDIT)
    async def mended(self, field: str) -> None:
        """Hear that a field was changed after something was wrong with it."""
        self._mend(field)

    @handles(Permission.ADDRESSES_EDIT)
    async def add_address(self, form: WrittenAddress) -> list[EventSpec]:
        """Keep an address, and send it there."""
        added = await transact(identity.add_address, acting(), place=form.place())
        self.address_id = str(added.id)
        await self.load()
        return [rx.call_script(f"document.getElementById('{NEW_ADDRESS}')?.close()")]

    @handles(Permission.CHECKOUT_PLACE)
    async def place(self) -> list[EventSpec] | EventSpec | None:
        """Order it. Pressed twice, it is ordered once: the quote names the wish.

        What was placed stands in the history instead of the checkout, which holds nothing any more.
        """
        self.changes, self.problem = [], ""
        if not self.address_id:
            self.problem = _("Say where it goes first.")
            return None
        try:
            group = await self._confirm(AddressId(UUID(self.address_id)))
        except QuoteChanged as changed:
            await self._price(changed.quote)
            self.changes = list(dict.fromkeys(Reader.of(self).word(one.code) for one in changed.differences))
            self.problem = changed.message
            return None
        session = await self.get_state(SessionState)
        session.cart_count = await read(cart.count, acting())
        number = group.number if group else await self._last_number()
        return rx.redirect(Reader.of(self).address("/orders", placed=number), replace=True)

    async def _last_number(self) -> str:
        """Name what the first of two presses has ordered: the second leads to the same page."""
        newest = await read(orders.newest, acting(), side="buyer", limit=1)
        return newest.items[0].group_number if newest.items else ""

    async def _confirm(self, address_id: AddressId) -> GroupView | None:
        return await once(
            checkout.confirm,
            acting(),
            self.totals.version,
            quote_version=self.totals.version,
            address=address_id,
            all_or_nothing=self.all_or_nothing,
        )

    async def _price(self, quote: cart.QuoteView) -> None:
        self.groups, self.totals = await printed(quote, Reader.of(self))
        self.left_out = [line for group in self.groups for line in group.lines if not line.can_be_had]
