"""The chart of accounts (domain-rules B16): a code, and for some the one whose pot it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from marketplace.kernel.ids import StoreId, UserId
from marketplace.kernel.words import mark

Account = NewType("Account", str)
"""The name of one pot of money: `4000`, `2100:store:<id>`, `1020:agent:<id>`."""

CODE_LENGTH: Final = 4


class AccountKind(StrEnum):
    """What a pot is; it says on which side the pot grows."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One code of the chart: its title, its kind, and whether it holds money that is not ours to overdraw."""

    title: str
    kind: AccountKind
    is_held: bool = False


CHART: Final[dict[str, Chapter]] = {
    "1000": Chapter(mark("Bank settlement"), AccountKind.ASSET),
    "1010": Chapter(mark("Cash safe"), AccountKind.ASSET),
    "1020": Chapter(mark("Cash with agent"), AccountKind.ASSET, is_held=True),
    "1030": Chapter(mark("Cash due from carrier"), AccountKind.ASSET),
    "1100": Chapter(mark("Card provider receivable"), AccountKind.ASSET),
    "1200": Chapter(mark("Buyer receivable"), AccountKind.ASSET),
    "1300": Chapter(mark("Vendor receivable"), AccountKind.ASSET),
    "1400": Chapter(mark("Input VAT recoverable"), AccountKind.ASSET),
    "1900": Chapter(mark("Payout in transit"), AccountKind.LIABILITY),
    "2000": Chapter(mark("Buyer prepayment"), AccountKind.LIABILITY, is_held=True),
    "2100": Chapter(mark("Vendor payable, pending"), AccountKind.LIABILITY),
    "2110": Chapter(mark("Vendor payable, available"), AccountKind.LIABILITY),
    "2120": Chapter(mark("Vendor reserve"), AccountKind.LIABILITY),
    "2130": Chapter(mark("Vendor claims hold"), AccountKind.LIABILITY, is_held=True),
    "2200": Chapter(mark("Output VAT payable"), AccountKind.LIABILITY),
    "2210": Chapter(mark("VAT on deemed supplies"), AccountKind.LIABILITY),
    "2300": Chapter(mark("Store credit"), AccountKind.LIABILITY),
    "2400": Chapter(mark("Advertising credit"), AccountKind.LIABILITY),
    "2500": Chapter(mark("Deferred subscription income"), AccountKind.LIABILITY),
    "2600": Chapter(mark("Payable to carriers and suppliers"), AccountKind.LIABILITY),
    "3000": Chapter(mark("Equity"), AccountKind.EQUITY),
    "4000": Chapter(mark("Referral commission income"), AccountKind.INCOME),
    "4010": Chapter(mark("Other selling fees"), AccountKind.INCOME),
    "4020": Chapter(mark("Fulfillment income"), AccountKind.INCOME),
    "4021": Chapter(mark("Storage income"), AccountKind.INCOME),
    "4030": Chapter(mark("Advertising income"), AccountKind.INCOME),
    "4040": Chapter(mark("Subscription income"), AccountKind.INCOME),
    "4050": Chapter(mark("Shipping income"), AccountKind.INCOME),
    "4060": Chapter(mark("Refund administration fees"), AccountKind.INCOME),
    "5000": Chapter(mark("Payment processing cost"), AccountKind.EXPENSE),
    "5010": Chapter(mark("Carrier cost"), AccountKind.EXPENSE),
    "5020": Chapter(mark("Promotions of the house"), AccountKind.EXPENSE),
    "5030": Chapter(mark("Guarantee losses"), AccountKind.EXPENSE),
    "5040": Chapter(mark("Chargeback losses"), AccountKind.EXPENSE),
    "5050": Chapter(mark("Cash over or short"), AccountKind.EXPENSE),
    "5060": Chapter(mark("Fulfillment reimbursements"), AccountKind.EXPENSE),
    "5070": Chapter(mark("Bad debt"), AccountKind.EXPENSE),
    "5090": Chapter(mark("Rounding"), AccountKind.EXPENSE),
}

BANK: Final = Account("1000")
SAFE: Final = Account("1010")
PAYOUT_TRANSIT: Final = Account("1900")
OUTPUT_VAT: Final = Account("2200")
REFERRAL_INCOME: Final = Account("4000")
SHIPPING_INCOME: Final = Account("4050")
OVER_SHORT: Final = Account("5050")
ROUNDING: Final = Account("5090")


def agent_cash(user_id: UserId) -> Account:
    """Cash that an agent carries for the house."""
    return Account(f"1020:agent:{user_id}")


def buyer_receivable(store_id: StoreId) -> Account:
    """What a buyer owes for what was delivered to him."""
    return Account(f"1200:store:{store_id}")


def buyer_prepayment(store_id: StoreId) -> Account:
    """What a buyer has paid for what was not delivered yet."""
    return Account(f"2000:store:{store_id}")


def vendor_pending(store_id: StoreId) -> Account:
    """What a vendor has earned and may not have yet."""
    return Account(f"2100:store:{store_id}")


def vendor_available(store_id: StoreId) -> Account:
    """What a vendor has earned and may have now."""
    return Account(f"2110:store:{store_id}")


def account_code(account: Account) -> str:
    """The code of the chart that an account stands under."""
    return account[:CODE_LENGTH]


def chapter_of(account: Account) -> Chapter:
    """What the chart says of an account."""
    return CHART[account_code(account)]


def sign_of(account: Account) -> int:
    """1 where debits make the pot grow, -1 where credits do."""
    return 1 if chapter_of(account).kind in {AccountKind.ASSET, AccountKind.EXPENSE} else -1
