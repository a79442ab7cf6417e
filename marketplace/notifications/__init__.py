"""What people are told, and the letters that go out to them.

Owns `notifications`, `notification_questions` and `notification_sends`. Does not know what is worth telling, nor what
answers a question: flows do. Its invariants: one person is told of one fact by one rule once, and an answer settles
every notice that asked until then, whichever is heard first.
"""

from marketplace.notifications.errors import CONSTRAINTS, NotificationNotFound
from marketplace.notifications.events import Answered, Noticed
from marketplace.notifications.queries import newest, unread
from marketplace.notifications.rules import KEPT_FOR, RULES, Rule, amount, said
from marketplace.notifications.service import (
    answer_all,
    claim_sends,
    forget_old,
    mark_read,
    notify,
    notify_all,
    read_all,
    record_sends,
)
from marketplace.notifications.states import NoticeKind, SendState
from marketplace.notifications.views import Answer, Notice, NotificationView, SendOutcome, SendView

__all__ = [
    "CONSTRAINTS",
    "KEPT_FOR",
    "RULES",
    "Answer",
    "Answered",
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
    "answer_all",
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
