"""The vendor's shop: how it presents itself, how it delivers, and how it stands."""

from dataclasses import dataclass
from typing import Annotated, Final, Self

import reflex as rx
from pydantic import BaseModel
from reflex.event import EventSpec

from marketplace import identity, rates
from marketplace.identity import StandingReason, StoreChange, StoreView
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.text import FullLine, Line, Prose
from marketplace.rates import DeliveryTerms
from state.doors import AT_A_SHOP
from state.edge import acting, handles, read, transact
from state.forms import Asks, Loads
from state.live import watch
from state.reader import Reader
from state.typed import needed, sum_of, whole
from state.words import _, mark

WHAT_TO_DO: Final = {
    "awaiting_approval": mark("We look at every new shop before it sells. You are told as soon as it may."),
    "suspended": mark("We stopped the shop. Write to us to learn what is missing."),
    "license": mark("A license has lapsed. Send the new one and the shop sells again."),
    "subscription": mark("The subscription is not paid. Pay it and the shop sells again."),
}
NO_NAME: Final = mark("Write the name that buyers know the shop by.")
NO_FLAT: Final = mark("Write what delivery costs in figures, such as 15.00; 0 when it costs nothing.")
NO_DAYS: Final = mark("Write a whole number of days from 0 to 30.")

Days = Annotated[int, whole(NO_DAYS, least=0, most=30)]

OTHERWISE: Final = mark("Write to us to learn what is missing.")


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Why the shop does not sell, and what to do."""

    words: str
    text: str

    @classmethod
    def of(cls, reason: str, reader: Reader, *, written: str = "") -> Self:
        """Print a reason, with what was written down when the shop was stopped for it."""
        if reason == StandingReason.SUSPENDED and written:
            return cls(
                reader.word(reason), _("We stopped the shop: “{why}”. Write to us about it.").format(why=written)
            )
        return cls(reader.word(reason), _(WHAT_TO_DO.get(reason, OTHERWISE)))


@dataclass(frozen=True, slots=True)
class ShopRow:
    """The shop as it presents itself."""

    name: str = ""
    href: str = ""
    email: str = ""
    phone: str = ""
    city: str = ""
    description: str = ""
    opened: str = ""
    is_live: bool = False

    @classmethod
    def of(cls, store: StoreView, reader: Reader) -> Self:
        """Print a shop."""
        return cls(
            name=store.name,
            href=f"/v/{store.slug}",
            email=store.email or "",
            phone=store.phone or "",
            city=store.city or "",
            description=store.description,
            opened=reader.full_day(store.opened_at),
            is_live=store.is_live,
        )


@dataclass(frozen=True, slots=True)
class TermsRow:
    """How the shop delivers."""

    flat: str = ""
    free_over: str = ""
    handling_days: str = ""
    transit_days: str = ""
    currency: str = ""

    @classmethod
    def of(cls, terms: DeliveryTerms, reader: Reader) -> Self:
        """Put terms into fields."""
        return cls(
            flat=str(terms.flat.decimal),
            free_over=str(terms.free_over.decimal) if terms.free_over else "",
            handling_days=str(terms.handling_days),
            transit_days=str(terms.transit_days),
            currency=reader.currency(terms.flat.currency),
        )


class TypedShop(BaseModel):
    """The shop as it was typed."""

    name: Annotated[FullLine, needed(NO_NAME)]
    email: Line = ""
    phone: Line = ""
    city: Line = ""
    description: Prose = ""


class TypedTerms(BaseModel):
    """How the shop shall deliver."""

    flat: Annotated[FullLine, needed(NO_FLAT)]
    free_over: Line = ""
    handling_days: Days
    transit_days: Days


class StoreState(Loads, Asks, rx.State):
    """The active store."""

    shop: ShopRow = ShopRow()
    terms: TermsRow = TermsRow()
    reasons: list[ReasonRow] = []

    @handles(AT_A_SHOP)
    async def arrive(self) -> None:
        """Come to the page: what was wrong when it was left is not said again."""
        self.errors, self.problem = {}, ""

    @handles(AT_A_SHOP)
    async def load(self) -> None:
        """Fill the page; runs again when the standing of a store changes, and leaves what is being typed alone."""
        me = await read(identity.me, acting())
        if me.store is None:
            raise Forbidden("Choose one of your stores first.", code="access.needs_store")
        self._show(me.store)
        is_stopped = StandingReason.SUSPENDED in me.store.reasons
        written = await read(identity.why_suspended, acting()) if is_stopped else ""
        self.reasons = [ReasonRow.of(reason, Reader.of(self), written=written) for reason in me.store.reasons]
        self.terms = TermsRow.of(await read(rates.own_terms, acting()), Reader.of(self))
        watch(self, "stores")

    @handles(Permission.STORE_EDIT)
    async def save(self, form: TypedShop) -> EventSpec:
        """Change how the shop presents itself."""
        self._show(await transact(identity.edit_store, acting(), change=StoreChange(**form.model_dump())))
        self.errors, self.problem = {}, ""
        return rx.toast.success(_("Saved."))

    @handles(Permission.LISTINGS_EDIT)
    async def deliver_by(self, form: TypedTerms) -> EventSpec:
        """Change how the shop delivers; orders that were placed keep their terms."""
        wished = DeliveryTerms(
            flat=sum_of("flat", form.flat),
            free_over=sum_of("free_over", form.free_over) if form.free_over else None,
            handling_days=form.handling_days,
            transit_days=form.transit_days,
        )
        self.terms = TermsRow.of(await transact(rates.set_profile, acting(), terms=wished), Reader.of(self))
        self.errors, self.problem = {}, ""
        return rx.toast.success(_("Saved. It holds for orders from now on."))

    def _show(self, store: StoreView) -> None:
        self.shop = ShopRow.of(store, Reader.of(self))
