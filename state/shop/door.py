"""Coming in: the forms of signing in and joining, with what was wrong when they came back."""

from dataclasses import dataclass
from typing import Final, Self

import reflex as rx

from marketplace import bootstrap
from marketplace.demo.cast import CASTS, Officer, Trader
from marketplace.rest.access import PUBLIC
from marketplace.rest.flash import Flash, read_flash
from marketplace.settings import settings
from state import place
from state.cookies import cookies_of
from state.edge import handles
from state.reader import Reader
from state.session import initials
from state.words import _

KINDS: Final = ("buyer", "vendor")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed before the form came back: everything but the password."""

    email: str = ""
    full_name: str = ""
    store_name: str = ""
    city: str = ""
    line1: str = ""
    phone: str = ""

    @classmethod
    def of(cls, flash: Flash) -> Self:
        """Keep it."""
        return cls(**{name: flash.values.get(name, "") for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of the demo world, to step in as."""

    email: str
    name: str
    does: str
    letters: str
    tint: str

    @classmethod
    def trader(cls, somebody: Trader, *, sells: bool) -> Self:
        """Print somebody with a store."""
        owns = _("Owner of {store}").format(store=somebody.store)
        buys = _("Buyer, {city}").format(city=somebody.place.city)
        return cls(
            somebody.email, somebody.name, owns if sells else buys, initials(somebody.name), "d" if sells else "b"
        )

    @classmethod
    def officer(cls, somebody: Officer, reader: Reader) -> Self:
        """Print somebody of the house."""
        return cls(somebody.email, somebody.name, reader.word(somebody.roles[0]), initials(somebody.name), "e")


class SignInState(rx.State):
    """The page on which one signs in."""

    is_loaded: bool = False
    problem: str = ""
    errors: dict[str, str] = {}
    typed: Typed = Typed()
    back: str = ""
    onward: str = ""
    is_sent: bool = False
    is_ended: bool = False
    to_register: str = "/register"
    people: list[PersonRow] = []
    password: str = ""

    @handles(PUBLIC)
    async def load(self) -> None:
        """Show the form: anew, or with what was wrong."""
        query, flash = place.query_of(self), _told(self)
        wanted = query.get("next", "")
        self.onward = wanted if place.is_ours(wanted) else ""
        self.back = _here(self, next=self.onward, out=query.get("out", ""))
        self.to_register = place.address("/register", "en", {"next": self.onward})
        self.is_ended, self.is_sent = bool(query.get("out")), bool(self.onward)
        self.problem, self.errors = (flash.message, dict(flash.fields)) if flash else ("", {})
        self.typed = Typed.of(flash) if flash else Typed()
        self.people, self.password = _demo(Reader.of(self))
        self.is_loaded = True


class RegisterState(rx.State):
    """The page on which one joins, to buy or to sell."""

    is_loaded: bool = False
    problem: str = ""
    errors: dict[str, str] = {}
    typed: Typed = Typed()
    back: str = ""
    onward: str = ""
    kind: str = ""
    is_buyer: bool = True
    is_vendor: bool = False
    as_buyer: str = "/register"
    as_vendor: str = "/register?as=vendor"
    to_sign_in: str = "/sign-in"

    @handles(PUBLIC)
    async def load(self) -> None:
        """Show the form: anew, or with what was wrong."""
        query, flash = place.query_of(self), _told(self)
        wanted = query.get("next", "")
        self.onward = wanted if place.is_ours(wanted) else ""
        self.kind = query["as"] if query.get("as") in KINDS else KINDS[0]
        self.is_buyer, self.is_vendor = self.kind == KINDS[0], self.kind == KINDS[1]
        asked = {"as": self.kind, "next": self.onward}
        self.back = _here(self, **asked)
        self.as_buyer = place.address("/register", "en", {"next": self.onward})
        self.as_vendor = place.address("/register", "en", {"as": "vendor", "next": self.onward})
        self.to_sign_in = place.address("/sign-in", "en", {"next": self.onward})
        self.problem, self.errors = (flash.message, dict(flash.fields)) if flash else ("", {})
        self.typed = Typed.of(flash) if flash else Typed()
        self.is_loaded = True


def _told(page: rx.State) -> Flash | None:
    return read_flash(cookies_of(page), secret=bootstrap.house().secret)


def _here(page: rx.State, **query: str) -> str:
    return Reader.of(page).address(place.path_of(page), **query)


def _demo(reader: Reader) -> tuple[list[PersonRow], str]:
    """The people of the demo world and the one password they share, where that world is on; nobody anywhere else."""
    chosen = settings()
    if not chosen.demo:
        return [], ""
    cast = CASTS[chosen.profile.value]
    buyers = [PersonRow.trader(one, sells=False) for one in cast.buyers]
    vendors = [PersonRow.trader(one, sells=True) for one in cast.vendors]
    officers = [PersonRow.officer(one, reader) for one in cast.officers]
    return [*buyers, *vendors, *officers], chosen.demo_password
