"""Amounts in words of people, for texts that leave without a page: notices, letters."""

from collections.abc import Mapping
from typing import Final

from babel.numbers import format_decimal

from marketplace.kernel.money import EXPONENTS, Money
from marketplace.kernel.words import Locale

BETWEEN: Final = "\u00a0"
CURRENCIES: Final[Mapping[Locale, Mapping[str, str]]] = {"en": {}, "ar": {"SAR": "ر.س", "USD": "دولار", "KWD": "د.ك"}}
BABEL: Final[Mapping[Locale, str]] = {"en": "en_GB", "ar": "ar_SA"}


def printed(amount: Money, locale: Locale) -> str:
    """Print an amount with its currency, in Western digits: SAR 115.00."""
    places = EXPONENTS[amount.currency]
    pattern = "#,##0" + ("." + "0" * places if places else "")
    figure = format_decimal(amount.decimal, format=pattern, locale=BABEL[locale], numbering_system="latn")
    currency = CURRENCIES[locale].get(amount.currency, amount.currency)
    return f"{figure}{BETWEEN}{currency}" if locale == "ar" else f"{currency}{BETWEEN}{figure}"
