"""What people type into fields: digits of either script are read, and what cannot be is answered with what to enter."""

from pydantic import BeforeValidator

from marketplace.kernel.text import read_figure, tidy_line


def needed(sentence: str) -> BeforeValidator:
    """Say what to enter where nothing was."""

    def check(typed: object) -> object:
        if not tidy_line(typed):
            raise ValueError(sentence)
        return typed

    return BeforeValidator(check)


def whole(sentence: str, *, least: int, most: int) -> BeforeValidator:
    """Read a whole number within bounds, or say which."""

    def read(typed: object) -> int:
        number = read_whole(str(typed))
        if number is None or not least <= number <= most:
            raise ValueError(sentence)
        return number

    return BeforeValidator(read)


def read_whole(typed: str) -> int | None:
    """Read a whole number; what is none is nothing."""
    try:
        figure = read_figure(typed)
    except ValueError:
        return None
    return int(figure) if figure == figure.to_integral_value() else None
