"""Cash that is carried for longer than it should be."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import col

from marketplace import events
from marketplace.delivery.events import CashWentOverdue
from marketplace.delivery.models import CashCollection
from marketplace.flags import Limit, limit
from marketplace.kernel.ids import UserId
from marketplace.kernel.money import total
from marketplace.kernel.work import UnitOfWork

BATCH = 100


def warn_of_overdue(uow: UnitOfWork, *, most: int = BATCH) -> int:
    """Say which agents have carried cash for too long, once until they bring it in; returns how many it was said of.

    Everything is brought in at once, so whoever was warned of a part of it is not warned of the rest.
    """
    since = uow.now - timedelta(hours=limit(uow.session, Limit.CASH_WARNING_HOURS, at=uow.now))
    carried = _carried_since(uow, since, most=most)
    for taken in carried.values():
        for one in taken:
            one.warned_at = uow.now
    events.emit(uow, *(_fact(agent_id, taken) for agent_id, taken in carried.items()))
    return len(carried)


def _carried_since(uow: UnitOfWork, since: datetime, *, most: int) -> Mapping[UserId, list[CashCollection]]:
    """What agents took before that instant and still have, locked; nothing of those who were warned."""
    in_hand = col(CashCollection.hand_over_id).is_(None)
    late = (
        select(col(CashCollection.agent_id))
        .where(in_hand)
        .group_by(col(CashCollection.agent_id))
        .having(func.min(col(CashCollection.collected_at)) < since, func.max(col(CashCollection.warned_at)).is_(None))
        .order_by(col(CashCollection.agent_id))
        .limit(most)
    )
    found = (
        select(CashCollection)
        .where(in_hand, col(CashCollection.agent_id).in_(late))
        .where(col(CashCollection.collected_at) < since, col(CashCollection.warned_at).is_(None))
        .order_by(col(CashCollection.order_id))
        .with_for_update()
    )
    by_agent: defaultdict[UserId, list[CashCollection]] = defaultdict(list)
    for taken in uow.session.execute(found).scalars():
        by_agent[taken.agent_id].append(taken)
    return by_agent


def _fact(agent_id: UserId, taken: list[CashCollection]) -> CashWentOverdue:
    amount = total([one.amount for one in taken], taken[0].currency)
    return CashWentOverdue(agent_id=agent_id, amount_minor=amount.minor, currency=amount.currency)
