"""The books: every movement of money, in double entry.

Owns `transactions`, `postings`, `seals` and the queue `unsealed_transactions`; knows nothing of orders or payouts but
their ids. Invariant: the postings of a transaction sum to zero in each currency, and nothing that was posted is ever
changed or removed: a mistake is put right by a reversal that names it. Balances are sums, never stored.
"""

from marketplace.ledger.accounts import (
    BANK,
    CHART,
    OUTPUT_VAT,
    OVER_SHORT,
    PAYOUT_TRANSIT,
    REFERRAL_INCOME,
    ROUNDING,
    SAFE,
    SHIPPING_INCOME,
    Account,
    AccountKind,
    Chapter,
    agent_cash,
    buyer_prepayment,
    buyer_receivable,
    chapter_of,
    vendor_available,
    vendor_pending,
)
from marketplace.ledger.errors import CONSTRAINTS, KeyReused, TransactionNotFound, Unbalanced
from marketplace.ledger.events import TransactionPosted
from marketplace.ledger.queries.balances import balance, balances, held_for_order, held_for_orders, trial_balance
from marketplace.ledger.queries.journal import transactions
from marketplace.ledger.queries.verification import verify
from marketplace.ledger.rules import Entry, Posting
from marketplace.ledger.service.posting import post, post_all, reverse
from marketplace.ledger.service.sealing import seal
from marketplace.ledger.views import (
    AccountSums,
    Breach,
    CurrencySums,
    PostingView,
    TransactionView,
    TrialBalanceView,
    Verdict,
)

__all__ = [
    "BANK",
    "CHART",
    "CONSTRAINTS",
    "OUTPUT_VAT",
    "OVER_SHORT",
    "PAYOUT_TRANSIT",
    "REFERRAL_INCOME",
    "ROUNDING",
    "SAFE",
    "SHIPPING_INCOME",
    "Account",
    "AccountKind",
    "AccountSums",
    "Breach",
    "Chapter",
    "CurrencySums",
    "Entry",
    "KeyReused",
    "Posting",
    "PostingView",
    "TransactionNotFound",
    "TransactionPosted",
    "TransactionView",
    "TrialBalanceView",
    "Unbalanced",
    "Verdict",
    "agent_cash",
    "balance",
    "balances",
    "buyer_prepayment",
    "buyer_receivable",
    "chapter_of",
    "held_for_order",
    "held_for_orders",
    "post",
    "post_all",
    "reverse",
    "seal",
    "transactions",
    "trial_balance",
    "vendor_available",
    "vendor_pending",
    "verify",
]
