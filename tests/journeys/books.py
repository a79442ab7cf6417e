"""What the books must say of one order that was delivered, paid in cash and settled."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from tests.journeys.people import Json, Person

VAT_PERCENT = {"SAR": 15, "USD": 0}


def postings(finance: Person, order_id: str) -> Counter[str]:
    """Add up an order's postings by account, debits positive, in minor units; accounts that came to nothing are out."""
    sums: Counter[str] = Counter()
    for transaction in finance.get("/admin/ledger/transactions", order_id=order_id, limit=100)["items"]:
        for posting in transaction["postings"]:
            code = posting["account"].partition(":")[0]
            sums[code] += (posting["debit"] or {"minor": 0})["minor"] - (posting["credit"] or {"minor": 0})["minor"]
    return Counter({code: minor for code, minor in sums.items() if minor})


def expected(sold: Json) -> Counter[str]:
    """Work out the same from what the vendor's page of the order says, by the rule alone.

    The buyer paid `total` into an agent's hands; the house keeps its fee, and the VAT on it for the state; the rest is
    the vendor's to be paid out. Nothing is left that the buyer owes, or that is not mature.
    """
    total, taken = sold["totals"]["total"]["minor"], sold["fee"]["minor"]
    percent = VAT_PERCENT[sold["totals"]["total"]["currency"]]
    fee = int((Decimal(taken) * 100 / (100 + percent)).quantize(Decimal(1), ROUND_HALF_UP))
    books = {"1020": total, "2110": taken - total, "2200": fee - taken, "4000": -fee}
    return Counter({code: minor for code, minor in books.items() if minor})
