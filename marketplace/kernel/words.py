"""Words in the reader's language: gettext catalogs, and the locale that is spoken now.

The English sentence is the key. Catalogs are the `.po` files below `marketplace/locale`, one for each part of the
product so that people do not meet in one file; they are compiled in memory on first use.
"""

import gettext
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast, get_args

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Locale = Literal["en", "ar"]
LOCALES: Final = cast("tuple[Locale, ...]", get_args(Locale))
DEFAULT: Final[Locale] = "en"
CATALOGS: Final = Path(__file__).parent.parent / "locale"

FACT: Final = re.compile(r"\{[^{}]*\}")
APART: Final = "\u2068{}\u2069"
"""Unicode's first strong isolate: what stands in it runs in its own direction."""

_spoken: ContextVar[Locale] = ContextVar("locale", default=DEFAULT)


def _(text: str) -> str:
    """Say a sentence in the language that is spoken now; an untranslated one stays English."""
    return translated(text, _spoken.get())


def _n(one: str, many: str, count: int) -> str:
    """Say the sentence that fits a count, in the language that is spoken now."""
    return _catalog(_spoken.get()).ngettext(one, many, count)


def mark(text: str) -> str:
    """Mark a sentence for the catalogs where it stands in a table and is said later."""
    return text


def translated(text: str, locale: Locale) -> str:
    """Say a sentence in a given language."""
    return _catalog(locale).gettext(text)


def spoken() -> Locale:
    """Tell which language is spoken now."""
    return _spoken.get()


def is_locale(text: str) -> bool:
    """Whether we speak a language, by its two letters."""
    return text in LOCALES


@contextmanager
def speaking(locale: Locale) -> Iterator[None]:
    """Speak a language for as long as the block runs."""
    token = _spoken.set(locale)
    try:
        yield
    finally:
        _spoken.reset(token)


def preferred(accept_language: str) -> Locale:
    """Choose our language for an Accept-Language header: the first of the reader's that we speak, else English."""
    for wish in sorted(accept_language.split(","), key=_weight, reverse=True):
        language = wish.partition(";")[0].strip().lower()[:2]
        if is_locale(language):
            return cast("Locale", language)
    return DEFAULT


def _weight(wish: str) -> float:
    quality = wish.partition(";q=")[2].strip()
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0


@cache
def _catalog(locale: Locale) -> gettext.NullTranslations:
    """Join the parts of a language's catalog; English has none, its sentences are the keys."""
    joined: gettext.NullTranslations = gettext.NullTranslations()
    for part in sorted((CATALOGS / locale / "LC_MESSAGES").glob("*.po")):
        compiled = io.BytesIO()
        with part.open("rb") as source:
            write_mo(compiled, _apart(read_po(source, locale=locale)))
        compiled.seek(0)
        translations = gettext.GNUTranslations(compiled)
        translations.add_fallback(joined)
        joined = translations
    return joined


def _apart(catalog: Catalog) -> Catalog:
    """Let each fact in a sentence run in its own direction: the number of an order would be turned around in Arabic."""
    for message in catalog:
        said = message.string or ""
        message.string = _isolated(said) if isinstance(said, str) else tuple(_isolated(form) for form in said)
    return catalog


def _isolated(sentence: str) -> str:
    return FACT.sub(lambda fact: APART.format(fact.group()), sentence)
