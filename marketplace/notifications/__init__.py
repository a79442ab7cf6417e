"""What people are told, and the letters that go out to them.

Owns `notifications` and `notification_sends`. Does not know what is worth telling: flows do. Its invariant: one person
is told of one fact by one rule once.
"""

from marketplace.notifications.errors import CONSTRAINTS, NotificationNotFound
from marketplace.notifications.events import Noticed
from marketplace.notifications.queries import newest, unread
from marketplace.notifications.rules import KEPT_FOR, RULES, Rule, amount, said
from marketplace.notifications.service import (
    claim_sends,
    forget_old,
    mark_read,
    notify,
    notify_all,
    read_all,
    record_sends,
)
from marketplace.notifications.states import NoticeKind, SendState
from marketplace.notifications.views import Notice, NotificationView, SendOutcome, SendView

__all__ = [
    "CONSTRAINTS",
    "KEPT_FOR",
    "RULES",
    "Notice",
    "NoticeKind",
    "Noticed",
    "NotificationNotFound",
    "NotificationView",
    "Rule",
    "SendOutcome",
    "SendState",
    "SendView",
    "amount",
    "claim_sends",
    "forget_old",
    "mark_read",
    "newest",
    "notify",
    "notify_all",
    "read_all",
    "record_sends",
    "said",
    "unread",
]
