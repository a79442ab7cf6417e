"""How things are printed for a reader: his language, his zone, Western digits in both languages."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Final, Self
from zoneinfo import ZoneInfo

import reflex as rx
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from marketplace import bootstrap
from marketplace.kernel import profile
from marketplace.kernel.money import EXPONENTS, Money
from marketplace.kernel.words import Locale, _, _n, translated
from state import place
from state.wording import words_of

BETWEEN: Final = "\u00a0"
MINUS: Final = "\u2212"
DASH: Final = "–"

CURRENCIES: Final[Mapping[Locale, Mapping[str, str]]] = {"en": {}, "ar": {"SAR": "ر.س", "USD": "دولار", "KWD": "د.ك"}}
BABEL: Final[Mapping[Locale, str]] = {"en": "en_GB", "ar": "ar_SA"}

JUST_NOW: Final = timedelta(minutes=1)
AN_HOUR: Final = timedelta(hours=1)
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads: in which language, and by which clock on the wall."""

    locale: Locale
    zone: ZoneInfo

    @classmethod
    def of(cls, state: rx.State) -> Self:
        """The reader of a page: the language of its path, the zone of the installation."""
        return cls(place.locale_of(state), ZoneInfo(profile.chosen().time_zone))

    def word(self, value: Enum | str) -> str:
        """Say a value of one of our lists (a state, a reason, a role) as people say it."""
        return translated(words_of(str(value)), self.locale)

    def reasons(self, said: str) -> str:
        """Say the reasons of a step, which it keeps in one line."""
        return ("، " if self.locale == "ar" else ", ").join(self.word(reason) for reason in said.split(", "))

    def money(self, amount: Money | None) -> str:
        """Print an amount with its currency, as the part `money` shows it; nothing is a dash, never a zero."""
        if amount is None:
            return DASH
        places = EXPONENTS[amount.currency]
        figure = self.number(abs(amount.decimal), places=places)
        minus = MINUS if amount.minor < 0 else ""
        currency = CURRENCIES[self.locale].get(amount.currency, amount.currency)
        return f"{minus}{figure}{BETWEEN}{currency}" if self.locale == "ar" else f"{minus}{currency}{BETWEEN}{figure}"

    def number(self, figure: int | Decimal, *, places: int | None = None) -> str:
        """Print a figure with its thousands apart."""
        pattern = None if places is None else "#,##0" + ("." + "0" * places if places else "")
        printed = format_decimal(figure, format=pattern, locale=BABEL[self.locale], numbering_system="latn")
        return printed.replace("-", MINUS)

    def percent(self, bps: int) -> str:
        """Print a rate that is kept in basis points."""
        whole = f"{bps / 100:.2f}".rstrip("0").rstrip(".").replace("-", MINUS)
        return f"{whole}{BETWEEN}%"

    def date(self, instant: datetime | None) -> str:
        """Print a day and its time: Mon 1 Dec, 14:26."""
        if instant is None:
            return DASH
        return f"{self.day(instant)}{self._comma} {self.time(instant)}"

    def day(self, when: dt.date | None) -> str:
        """Print a day of this year or near it: Mon 1 Dec."""
        if when is None:
            return DASH
        local = when.astimezone(self.zone).date() if isinstance(when, datetime) else when
        return format_date(local, "EEE d MMM", locale=BABEL[self.locale])

    def full_day(self, when: dt.date | None) -> str:
        """Print a day with its year: 1 December 2025."""
        if when is None:
            return DASH
        local = when.astimezone(self.zone).date() if isinstance(when, datetime) else when
        return format_date(local, "d MMMM y", locale=BABEL[self.locale])

    def time(self, instant: datetime | None) -> str:
        """Print a time of day: 14:26."""
        if instant is None:
            return DASH
        return format_time(instant, "HH:mm", tzinfo=self.zone, locale=BABEL[self.locale])

    def exact(self, instant: datetime | None) -> str:
        """Print the very second and whose time it is, for those who hover."""
        if instant is None:
            return ""
        second = instant.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S")
        return _("{second}, {zone} time").format(second=second, zone=self.zone.key.partition("/")[2].replace("_", " "))

    def ago(self, instant: datetime, *, now: datetime | None = None) -> str:
        """Print how long ago something was, or its day once that is further away."""
        passed = (now or bootstrap.database().now()) - instant
        if passed < JUST_NOW:
            return _("just now")
        if passed < AN_HOUR:
            minutes = int(passed / timedelta(minutes=1))
            return _n("{count} min ago", "{count} min ago", minutes).format(count=minutes)
        if passed < A_DAY:
            hours = int(passed / AN_HOUR)
            return _n("{count} h ago", "{count} h ago", hours).format(count=hours)
        return self.date(instant)

    def span(self, length: timedelta) -> str:
        """Print a length of time in its two largest units: 2 d 4 h."""
        minutes = max(int(length.total_seconds() // 60), 0)
        days, rest = divmod(minutes, 24 * 60)
        hours, minutes = divmod(rest, 60)
        parts = ((days, _("{count} d")), (hours, _("{count} h")), (minutes, _("{count} min")))
        shown = [words.format(count=count) for count, words in parts if count][:2]
        return " ".join(shown) or _("{count} min").format(count=0)

    def count(self, one: str, many: str, number: int) -> str:
        """Say how many of something, in the form the language wants: `count` and other facts stand in braces."""
        return _n(one, many, number).format(count=self.number(number))

    def series(self, parts: Iterable[str]) -> str:
        """Print things one after another."""
        return f"{self._comma} ".join(parts)

    def address(self, path: str, **query: object) -> str:
        """Write the address of one of our pages, in the reader's language; what is empty is left out."""
        return place.address(path, self.locale, query)

    @property
    def _comma(self) -> str:
        return "،" if self.locale == "ar" else ","
