"""The ways identity says no."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, Invalid, NotFound, SignedOut


class StoreNotFound(NotFound):
    """No such store, or not for these eyes."""

    code = "identity.store_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such store.")


class AddressNotFound(NotFound):
    """No such address in this store."""

    code = "identity.address_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such address: choose another one.")


class TooManyAddresses(Conflict):
    """The address book is full."""

    code = "identity.too_many_addresses"


class WrongPassword(SignedOut):
    """The pair of address and password is not one we know; which of the two is wrong is not said."""

    code = "identity.wrong_password"


class EmailTaken(Conflict):
    """Somebody has registered with this address."""

    code = "identity.email_taken"


class NotAMember(NotFound):
    """The store is not one of the user's own."""

    code = "identity.not_a_member"


CONSTRAINTS: Final[Constraints] = {
    "uq_users_email": Broken(
        EmailTaken, EmailTaken.code, "There is an account with this email address: sign in instead."
    ),
    "ck_users_email_is_folded": Broken(
        Invalid, "identity.email_malformed", "Write the email address in small letters."
    ),
    "uq_stores_slug": Broken(
        Conflict, "identity.slug_taken", "Another store has just taken this name: choose a different one."
    ),
    "ck_stores_does_something": Broken(
        Invalid, "identity.store_idle", "A store must buy or sell: choose at least one."
    ),
    "ck_store_standings_live_without_reasons": Broken(
        Conflict, "identity.standing_torn", "The store's standing was not saved: try again."
    ),
    "uq_sessions_cookie_hash": Broken(Conflict, "identity.session_taken", "Signing in did not work: try again."),
    "ck_sessions_ended_has_reason": Broken(Conflict, "identity.session_torn", "Signing out did not work: try again."),
    "uq_addresses_default": Broken(
        Conflict, "identity.default_address_taken", "Another address has just become the default: look again."
    ),
}
