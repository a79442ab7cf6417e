"""What finance reads of the journal."""

from dataclasses import replace
from datetime import UTC, datetime

from marketplace.kernel.ids import TransactionId, UserId, new_uuid
from marketplace.ledger import TransactionView
from state.admin.ledger import LedgerState, TransactionRow
from state.reader import Reader
from tests.state.states import made

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

POSTED = TransactionView(
    id=TransactionId(new_uuid()),
    posted_at=NOON,
    posted_by=f"user:{UserId(new_uuid())}",
    posted_by_name="Faisal Al Qahtani",
    kind="sale",
    source="order:26-0302-AB7C-4",
    order_id=None,
    reverses_id=None,
    postings=(),
    sequence=None,
    hash=None,
    previous_hash=None,
)


class TestTransactionRow:
    def test_says_who_posted_and_for_which_order_in_words_that_people_know(self) -> None:
        reader = Reader.of(made(LedgerState, address="/admin/ledger"))

        row = TransactionRow.of(POSTED, reader)
        machine = replace(POSTED, posted_by="system:schedule:mature", posted_by_name=None, source="delivery")

        assert (row.by, row.order) == ("by Faisal Al Qahtani", "26-0302-AB7C-4")
        assert (TransactionRow.of(machine, reader).by, TransactionRow.of(machine, reader).order) == ("by itself", "")
