"""What people type into fields: digits of either script are read, and what cannot be is answered with what to enter."""

from collections.abc import Callable
from functools import partial
from typing import Final

from pydantic import BeforeValidator

from marketplace.kernel import profile
from marketplace.kernel.errors import FieldProblem, Invalid
from marketplace.kernel.money import Money
from marketplace.kernel.text import read_figure, tidy_line
from state.words import mark

NO_PIECES: Final = mark("Write how many in whole figures, such as 12.")
NO_SUM: Final = mark("Write the sum in figures, such as 120.50.")


def needed(sentence: str) -> BeforeValidator:
    """Say what to enter where nothing was."""

    def check(typed: object) -> object:
        if not tidy_line(typed):
            raise ValueError(sentence)
        return typed

    return BeforeValidator(check)


def whole(sentence: str, *, least: int, most: int) -> BeforeValidator:
    """Read a whole number within bounds, or say which."""
    return BeforeValidator(partial(_within, least=least, most=most, refusal=lambda: ValueError(sentence)))


def pieces(*, least: int, most: int) -> BeforeValidator:
    """Read how many are wanted, as it was typed into a field that belongs to no form, or say what to write."""
    return BeforeValidator(partial(_within, least=least, most=most, refusal=lambda: Invalid(NO_PIECES)))


def _within(typed: object, *, least: int, most: int, refusal: Callable[[], Exception]) -> int:
    number = read_whole(str(typed))
    if number is None or not least <= number <= most:
        raise refusal()
    return number


def sum_of(field: str, typed: str) -> Money:
    """Read an amount in the currency of the house; refuses, at the field, what is none."""
    try:
        return Money.parse(typed, profile.chosen().currency)
    except ValueError:
        raise Invalid(NO_SUM, fields=(FieldProblem(field, "field.amount", NO_SUM),)) from None


def read_whole(typed: str) -> int | None:
    """Read a whole number; what is none is nothing."""
    try:
        figure = read_figure(typed)
    except ValueError:
        return None
    return int(figure) if figure == figure.to_integral_value() else None
