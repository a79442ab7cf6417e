"""Text as it enters the house: normal form, no controls, a length; and the forms made from it."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, StringConstraints

LINE_LENGTH: Final = 200
PROSE_LENGTH: Final = 10_000

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_ARABIC = re.compile(r"[\u0620-\u06ff]")
_NOT_SLUG = re.compile(r"[^a-z0-9\u0600-\u06ff]+")
_ARABIC_MARKS = re.compile(r"[\u0640\u064b-\u065f\u0670]")
_ARABIC_LETTERS = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_DIRECTIONS = re.compile(r"[\u061c\u200b-\u200f\u2060\u2066-\u2069]")
_HYPHENS = re.compile(r"\s*[\u2010-\u2015\u2212-]\s*")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SEPARATORS = str.maketrans("\u066b\u066c\u2212", ".,-")
_FIGURE = re.compile(r"-?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{0,9})?|-?\.\d{1,9}", re.ASCII)


def tidy_line(text: object) -> object:
    """One line: NFC, no controls, single spaces, trimmed. What is no text is left for others to refuse."""
    if not isinstance(text, str):
        return text
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return _SPACES.sub(" ", _CONTROL.sub(" ", unicodedata.normalize("NFC", text))).strip()


def tidy_prose(text: object) -> object:
    """Several lines: NFC, no controls but line ends and tabs, trimmed."""
    if not isinstance(text, str):
        return text
    if text.isascii() and text.isprintable():
        return text.strip()
    return _CONTROL.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def _encodable(text: str) -> str:
    text.encode("utf-8")
    return text


def storable(text: str) -> str:
    """The same in letters that every column takes: for what others wrote, such as the trace of an error."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")


Line = Annotated[str, BeforeValidator(tidy_line), StringConstraints(max_length=LINE_LENGTH), AfterValidator(_encodable)]
"""A line of text as people type it."""

FullLine = Annotated[
    str, BeforeValidator(tidy_line), StringConstraints(min_length=1, max_length=LINE_LENGTH), AfterValidator(_encodable)
]
"""A line of text that may not be empty."""

Prose = Annotated[
    str, BeforeValidator(tidy_prose), StringConstraints(max_length=PROSE_LENGTH), AfterValidator(_encodable)
]
"""Running text."""


def typed_code(text: str) -> str:
    """Read a code as people type or paste it: Western digits, plain hyphens, capitals, no marks of direction."""
    plain = _DIRECTIONS.sub("", text.translate(_DIGITS))
    return _HYPHENS.sub("-", plain).strip().upper()


def fold(text: str) -> str:
    """Fold for comparing and searching: case, accents, Arabic letter forms, marks and digits."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_DIGITS).casefold())
    latin = "".join(letter for letter in decomposed if not unicodedata.combining(letter) or letter > "\u0600")
    arabic = _ARABIC_MARKS.sub("", unicodedata.normalize("NFC", latin)).translate(_ARABIC_LETTERS)
    return _SPACES.sub(" ", arabic).strip()


def western(text: str) -> str:
    """The same with its digits, and the separators between them, as machines read them."""
    return text.translate(_DIGITS).translate(_SEPARATORS)


def read_figure(text: str) -> Decimal:
    """Read a figure as people write it, in digits of either script; raises ValueError where it is none.

    A comma only parts thousands: whoever writes 12,50 must not be taken to mean 1250.
    """
    figure = western(text.strip())
    if not _FIGURE.fullmatch(figure):
        raise ValueError(text)
    return Decimal(figure.replace(",", ""))


def slug(text: str, *, fallback: str) -> str:
    """Make a name for a URL: folded words joined by hyphens, 60 characters at most."""
    made = _NOT_SLUG.sub("-", fold(text)).strip("-")[:60].strip("-")
    return made or fallback


def in_line(parts: Iterable[str | None]) -> str:
    """Set parts that somebody wrote side by side, such as an address, with the comma of their script."""
    said = [part for part in parts if part]
    return ("، " if any(map(_ARABIC.search, said)) else ", ").join(said)
