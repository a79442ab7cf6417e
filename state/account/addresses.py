"""The book of addresses of the reader's store."""

from uuid import UUID

import reflex as rx
from reflex.event import EventSpec

from marketplace import identity
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import AddressId
from marketplace.rest.access import SIGNED_IN
from state.account.address_form import AddressRow, WrittenAddress
from state.edge import acting, handles, read, transact
from state.forms import Asks, Loads
from state.words import _

FORM = "address-form"
REMOVING = "remove-address"


class AddressesState(Loads, Asks, rx.State):
    """The addresses, the default one first, and the one that is being written or removed."""

    rows: list[AddressRow] = []
    chosen: AddressRow = AddressRow()
    form_key: int = 0

    @handles(SIGNED_IN)
    async def load(self) -> None:
        """List them."""
        known = await read(identity.addresses, acting())
        self.rows = [AddressRow.of(address) for address in known]

    @handles(Permission.ADDRESSES_EDIT)
    async def write(self, address_id: str) -> EventSpec:
        """Open the form: with an address to change it, empty for a new one."""
        self._choose(address_id)
        return rx.call_script(f"document.getElementById('{FORM}').showModal()")

    @handles(Permission.ADDRESSES_EDIT)
    async def mended(self, field: str) -> None:
        """Hear that a field was changed after something was wrong with it."""
        self._mend(field)

    @handles(Permission.ADDRESSES_EDIT)
    async def save(self, form: WrittenAddress) -> list[EventSpec]:
        """Keep what was written."""
        if self.chosen.id:
            known = AddressId(UUID(self.chosen.id))
            await transact(identity.change_address, acting(), address_id=known, changes=form.model_dump())
        else:
            await transact(identity.add_address, acting(), place=form.place())
        await self.load()
        return [rx.call_script(f"document.getElementById('{FORM}').close()"), rx.toast.success(_("Kept."))]

    @handles(Permission.ADDRESSES_EDIT)
    async def prefer(self, address_id: AddressId) -> None:
        """Send things there unless told otherwise."""
        await transact(identity.change_address, acting(), address_id=address_id, changes={}, is_default=True)
        await self.load()

    @handles(Permission.ADDRESSES_EDIT)
    async def ask_to_remove(self, address_id: str) -> EventSpec:
        """Ask before it goes."""
        self._choose(address_id)
        return rx.call_script(f"document.getElementById('{REMOVING}').showModal()")

    @handles(Permission.ADDRESSES_EDIT)
    async def remove(self) -> EventSpec:
        """Take it out of the book."""
        name = self.chosen.title
        await transact(identity.archive_address, acting(), address_id=AddressId(UUID(self.chosen.id)))
        await self.load()
        return rx.toast.success(_("{name} is removed.").format(name=name))

    def _choose(self, address_id: str) -> None:
        self.chosen = next((row for row in self.rows if row.id == address_id), AddressRow())
        self.errors, self.problem = {}, ""
        self.form_key += 1
