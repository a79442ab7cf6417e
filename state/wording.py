"""The values of our lists as people say them: states, reasons, roles, kinds.

A value that is not here is said by its own letters. Each sentence is a key of the catalogs.
"""

from collections.abc import Mapping
from typing import Final

from marketplace.kernel.words import mark

WORDS: Final[Mapping[str, str]] = {
    # the journey of an order
    "placing": mark("Being placed"),
    "payment_failed": mark("Payment failed"),
    "placed": mark("To decide"),
    "accepted": mark("Accepted"),
    "partially_accepted": mark("Partly accepted"),
    "rejected": mark("Rejected"),
    "expired": mark("Expired"),
    "canceled": mark("Canceled"),
    "ready": mark("Ready"),
    "in_transit": mark("On the way"),
    "delivery_failed": mark("Not delivered"),
    "returning": mark("Coming back"),
    "returned": mark("Returned"),
    "delivered": mark("Delivered"),
    "closed": mark("Closed"),
    "hold": mark("On hold"),
    "waiting_for_shop": mark("Waiting for the shop"),
    "order_placed": mark("Order placed"),
    # why it was called off, or not sold
    "buyer_changed_mind": mark("The buyer changed his mind"),
    "ordered_by_mistake": mark("Ordered by mistake"),
    "too_slow": mark("It took too long"),
    "out_of_stock": mark("Not enough stock"),
    "wrong_price": mark("The price is wrong"),
    "cannot_ship": mark("Cannot ship there"),
    "not_available": mark("Not sold any more"),
    "support_decision": mark("Decided by support"),
    "other": mark("Another reason"),
    # what has changed of a quote
    "available_again": mark("Something can be had again"),
    "quantity_changed": mark("It is sold in other quantities"),
    "price_changed": mark("A price has changed"),
    "discount_changed": mark("A quantity price has changed"),
    "tax_changed": mark("The tax has changed"),
    "shipping_changed": mark("Delivery costs another sum"),
    # the stages of a vendor's work
    "to_decide": mark("To decide"),
    "to_pack": mark("To pack"),
    "on_the_way": mark("On the way"),
    "done": mark("Done"),
    "stopped": mark("Stopped"),
    # payment
    "cash": mark("Cash"),
    "card": mark("Card"),
    "unpaid": mark("Unpaid"),
    "pending": mark("Pending"),
    "captured": mark("Paid"),
    # listings and stores
    "draft": mark("Draft"),
    "active": mark("Active"),
    "paused": mark("Paused"),
    "archived": mark("Archived"),
    "new": mark("New"),
    "suspended": mark("Suspended"),
    "refurbished": mark("Refurbished"),
    "used_like_new": mark("Used, like new"),
    "used_very_good": mark("Used, very good"),
    "used_good": mark("Used, good"),
    "used_acceptable": mark("Used, acceptable"),
    # what speaks for a product
    "fast": mark("Fast delivery"),
    "reduced": mark("Reduced"),
    "volume_price": mark("Price falls with quantity"),
    "awaiting_approval": mark("Waiting for approval"),
    "policy": mark("Against the rules"),
    "license": mark("License missing"),
    "price_guard": mark("Price out of bounds"),
    "subscription": mark("Subscription not paid"),
    # stops
    "offered": mark("Offered"),
    "picked_up": mark("Picked up"),
    "failed": mark("Failed"),
    "reassigned": mark("Given to another"),
    "planned": mark("After the pickup"),
    "open": mark("To do"),
    "not_home": mark("Nobody was there"),
    "wrong_address": mark("Wrong address"),
    "refused": mark("Not wanted"),
    "no_cash": mark("No cash"),
    "damaged": mark("Damaged"),
    "no_access": mark("No way in"),
    # cash on its way to the safe
    "declared": mark("To be counted"),
    "investigating": mark("Looked into"),
    # payouts
    "proposed": mark("Proposed"),
    "confirmed": mark("Confirmed"),
    "paid": mark("Paid"),
    "settled": mark("Settled"),
    # what is posted
    "sale": mark("Sale"),
    "sale_on_receivable": mark("Sale, cash not here yet"),
    "referral_fee": mark("Our fee"),
    "cash_collected": mark("Cash collected"),
    "cash_exception": mark("Another sum at the door"),
    "hand_over": mark("Hand-over"),
    "matured": mark("Matured"),
    "payout_sent": mark("Payout sent"),
    "vendor_payout": mark("Payout arrived"),
    "reversal": mark("Reversal"),
    "house": mark("Us"),
    # why an order is held
    "payment": mark("Payment in doubt"),
    "fraud": mark("Fraud suspected"),
    "stock": mark("Stock in doubt"),
    "address": mark("Address in doubt"),
    # roles
    "owner": mark("Owner"),
    "manager": mark("Manager"),
    "ops": mark("Operations"),
    "staff": mark("Staff"),
    "agent": mark("Agent"),
    "support": mark("Support"),
    "finance": mark("Finance"),
    "compliance": mark("Compliance"),
    "dispatcher": mark("Dispatch"),
    "cashier": mark("Cashier"),
    "catalog": mark("Catalog"),
    "admin": mark("Admin"),
    "buyer": mark("Buyer"),
    "vendor": mark("Vendor"),
}


def words_of(value: str) -> str:
    """Give the English words for a value, which are the key of the catalogs."""
    return WORDS.get(value) or value.replace("_", " ").capitalize()
