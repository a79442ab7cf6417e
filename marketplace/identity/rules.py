"""How names, addresses and passwords are read, and how long a door stays shut after wrong ones."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import phonenumbers

from marketplace.identity.states import StoreKind
from marketplace.kernel.errors import FieldProblem, Invalid
from marketplace.kernel.text import fold

SHORTEST_PASSWORD: Final = 10
LONGEST_PASSWORD: Final = 200
LONGEST_EMAIL: Final = 254

SESSION_LASTS: Final = timedelta(days=30)
ACCESS_TOKEN_LASTS: Final = timedelta(minutes=15)
REPEAT_FORGIVEN_WITHIN: Final = timedelta(seconds=10)
"""A refresh whose answer was lost may be asked for once more (domain-rules B1)."""

REGISTRATIONS_WITHIN: Final = timedelta(hours=1)

THIS_MACHINE: Final = "this machine"
"""The network of our own scripts and tests, whose attempts are not counted together; edges say who that is."""

MOST_DOUBLINGS: Final = 16
"""More of them would only say for ever: the operator's number ends the wait long before."""

_EMAIL = re.compile(
    r"[^@\s\x00-\x1f\"(),:;<>\[\\\]]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
)
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Guessing:
    """How many wrong passwords are too many: for an account and for a network, within what time, and what follows."""

    per_account: int
    per_network: int
    within: timedelta
    remembered: timedelta
    shut_at_most: timedelta


@dataclass(frozen=True, slots=True)
class Place:
    """An address as somebody writes it down."""

    recipient: str
    phone: str
    line1: str
    city: str
    country: str
    label: str = ""
    line2: str = ""
    district: str = ""
    region: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """What somebody tells us who joins: who he is, and the store he opens."""

    email: str
    full_name: str
    store_name: str
    store_kind: StoreKind
    place: Place | None = None
    locale: str = "en"


def tidy_email(text: str) -> str:
    """Fold an email address to the form it is known by; refuses what is none."""
    email = text.strip().lower()
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise _wrong("email", "email.malformed", "Enter an email address such as name@example.com.")
    return email


def check_password(password: str, *, email: str) -> None:
    """Refuse a password that is too short, endless, or the address itself."""
    if len(password) < SHORTEST_PASSWORD:
        raise _wrong("password", "password.too_short", "Choose a password of at least 10 characters.")
    if len(password) > LONGEST_PASSWORD:
        raise _wrong("password", "password.too_long", "Choose a password of at most 200 characters.")
    if fold(password) in {fold(email), fold(email.partition("@")[0])}:
        raise _wrong("password", "password.is_email", "Choose a password that is not your email address.")


def tidy_phone(text: str, *, country: str) -> str:
    """Write a telephone number as the world dials it, +966501234567; refuses what nobody could dial."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise _wrong("phone", "phone.malformed", "Enter a telephone number with its area code.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def tidy_place(place: Place) -> Place:
    """Put an address in the form it is kept in; refuses one without a country, or with a number nobody can call."""
    country = place.country.strip().upper()
    if not _COUNTRY.fullmatch(country):
        raise _wrong("country", "country.malformed", "Enter the country as its two letters, such as SA or US.")
    phone = tidy_phone(place.phone, country=country) if place.phone else ""
    return replace(place, country=country, phone=phone)


def account_hash(email: str) -> str:
    """The name under which attempts at an account are counted, whether it exists or not."""
    return hashlib.sha256(email.encode()).hexdigest()


def shut_until(failures: Sequence[datetime], guessing: Guessing, *, allowed: int, now: datetime) -> datetime | None:
    """Until when no further attempt is heard, given the failures that are remembered; None where the door is open.

    Each full set of failures within a window shuts the door for a window, and each further set for twice as long.
    """
    sets, current = 0, list[datetime]()
    until: datetime | None = None
    for failed_at in sorted(failures):
        current = [earlier for earlier in current if failed_at - earlier < guessing.within]
        current.append(failed_at)
        if len(current) >= allowed:
            until = failed_at + min(guessing.within * int(2 ** min(sets, MOST_DOUBLINGS)), guessing.shut_at_most)
            sets += 1
            current = []
    return until if until is not None and until > now else None


def _wrong(field: str, code: str, message: str) -> Invalid:
    return Invalid(message, code=code, fields=(FieldProblem(field, code, message),))
