"""Commands of identity, by what they are about."""

from marketplace.identity.service.accounts import enroll, grant_role, open_store, register
from marketplace.identity.service.addresses import add_address, archive_address, change_address
from marketplace.identity.service.sessions import (
    attempt,
    enter,
    exchange,
    forget_ended,
    leave,
    move,
)
from marketplace.identity.service.stores import StoreChange, approve, edit_store, restrict, suspend, unrestrict

__all__ = [
    "StoreChange",
    "add_address",
    "approve",
    "archive_address",
    "attempt",
    "change_address",
    "edit_store",
    "enroll",
    "enter",
    "exchange",
    "forget_ended",
    "grant_role",
    "leave",
    "move",
    "open_store",
    "register",
    "restrict",
    "suspend",
    "unrestrict",
]
