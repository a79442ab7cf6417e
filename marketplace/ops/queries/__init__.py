"""Reads over the whole house."""

from marketplace.ops.queries.checking import agreement, backlog
from marketplace.ops.queries.waiting import waiting, waiting_topics

__all__ = ["agreement", "backlog", "waiting", "waiting_topics"]
