"""The ways to say no. The domain raises them; the edges turn the four kinds into answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one value that was sent."""

    field: str
    code: str
    message: str


class Refusal(Exception):  # noqa: N818 (the domain saying no is no error)
    """The domain saying no: a stable code, and a sentence that tells a person what to do.

    The sentence is a key of the translation catalog; facts stand in it as {names} and are filled in last.
    """

    code: ClassVar[str] = "refused"
    retry_after_seconds: int | None = None
    """When the same may pass, where waiting is all that it needs."""

    def __init__(
        self, message: str, /, *, code: str | None = None, fields: tuple[FieldProblem, ...] = (), **facts: object
    ) -> None:
        super().__init__(message)
        self.template = message
        self.reason = code or type(self).code
        self.fields = fields
        self.facts = facts

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.sentence(lambda text: text)

    def sentence(self, translate: Callable[[str], str]) -> str:
        """The sentence in the reader's language."""
        template = translate(self.template)
        facts = {name: translate(fact) if isinstance(fact, str) else fact for name, fact in self.facts.items()}
        return template.format_map(facts) if facts else template

    def __str__(self) -> str:
        return self.message


class NotFound(Refusal):
    """Not there, or not for these eyes: the answer is the same."""

    code = "not_found"


class Forbidden(Refusal):
    """Seen, but not allowed."""

    code = "forbidden"


class Invalid(Refusal):
    """A value that cannot be taken as it is."""

    code = "invalid"


class Conflict(Refusal):
    """Right in itself, but not in the present state of things."""

    code = "conflict"


class SignedOut(Refusal):
    """Nobody is signed in, or not any more."""

    code = "auth.signed_out"


class TooMany(Refusal):
    """Asked too often; `retry_after_seconds` says when to come back."""

    code = "rate.limited"
    retry_after_seconds: int

    def __init__(self, message: str, /, *, retry_after_seconds: int, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(Exception):  # noqa: N818 (named for what the reader is told)
    """Something outside, or the database, did not answer: asking again may help."""

    code = "unavailable"


class OutcomeUnknown(Unavailable):
    """The connection was lost while the answer to COMMIT was on its way: it may have happened."""

    code = "outcome_unknown"


@dataclass(frozen=True, slots=True)
class Broken:
    """What to say when the database refuses by a constraint."""

    kind: type[Refusal]
    code: str
    message: str


Constraints = Mapping[str, Broken]
