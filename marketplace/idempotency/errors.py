"""The ways a wish is refused."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints

STILL_AT_IT: Final = "The same request is still being worked on: ask again in a moment."


class InProgress(Conflict):
    """The same wish is being worked on right now."""

    code = "idempotency.in_progress"
    retry_after_seconds = 1

    def __init__(self, message: str = STILL_AT_IT, /, *, code: str | None = None) -> None:
        super().__init__(message, code=code)


class KeyReused(Conflict):
    """The key was used for another wish."""

    code = "idempotency.key_reused"

    def __init__(self) -> None:
        super().__init__("This idempotency key was used for a different request: make a new key for a new request.")


CONSTRAINTS: Final[Constraints] = {
    "uq_wishes_scope_key": Broken(InProgress, InProgress.code, STILL_AT_IT),
}
