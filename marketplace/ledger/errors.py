"""The ways the ledger refuses."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, Invalid, NotFound
from marketplace.kernel.ids import TransactionId


class Unbalanced(Invalid):
    """Postings that do not make a transaction."""

    code = "ledger.unbalanced"


class KeyReused(Conflict):
    """The same key was used for another posting."""

    code = "ledger.key_reused"

    def __init__(self, key: str) -> None:
        super().__init__("The books already hold another transaction under {key}.", key=key)


class TransactionNotFound(NotFound):
    """Not in the books, or not for these eyes."""

    code = "ledger.transaction_not_found"

    def __init__(self, transaction_id: TransactionId) -> None:
        super().__init__("There is no transaction {transaction_id} in the books.", transaction_id=transaction_id)


CONSTRAINTS: Final[Constraints] = {
    "uq_transactions_key": Broken(
        Conflict, "ledger.key_reused", "The books already hold this transaction: look before you post it again."
    ),
    "uq_transactions_reverses_id": Broken(
        Conflict, "ledger.reversed_already", "This transaction was reversed already: post a new one instead."
    ),
    "uq_seals_sequence": Broken(
        Conflict, "ledger.sealed_already", "Somebody else is sealing the books: nothing is lost."
    ),
    "ck_transactions_does_not_reverse_itself": Broken(
        Conflict, "ledger.reverses_itself", "A transaction cannot reverse itself: name the one it puts right."
    ),
    "ck_postings_not_zero": Broken(Invalid, "ledger.nothing_posted", "A posting moves an amount: leave out the zero."),
    "ck_postings_account_in_chart": Broken(
        Invalid, "ledger.unknown_account", "That account is not in the chart: check its code and its owner."
    ),
}
