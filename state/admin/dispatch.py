"""The desk that gives packed orders to agents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self
from uuid import UUID

import reflex as rx
from reflex.event import EventSpec

from marketplace import bootstrap, delivery
from marketplace.delivery import AgentView, ExceptionView, QueueItem
from marketplace.kernel import profile
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import CashExceptionId, UserId
from marketplace.kernel.money import EXPONENTS, Money, total
from marketplace.kernel.text import in_line
from state.edge import acting, handles, once, read
from state.forms import Loads
from state.live import watch
from state.reader import Reader
from state.session import initials
from state.words import _

NEAR: Final = 80


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One order that waits, ready to print."""

    number: str
    store: str
    town: str
    promise: str
    tone: str
    cash: str
    agent: str
    agent_id: str

    @classmethod
    def of(cls, item: QueueItem, reader: Reader, *, today: date) -> Self:
        """Print an order of the queue."""
        places = (str(item.address.get("district") or ""), str(item.address.get("city") or ""))
        return cls(
            number=item.number,
            store=item.store_name,
            town=in_line(places),
            promise=reader.day(item.latest_on),
            tone=_urgency(item.latest_on, today),
            cash=reader.money(item.cash_due) if item.cash_due else "",
            agent=item.offered_to_name or "",
            agent_id=str(item.offered_to or ""),
        )


@dataclass(frozen=True, slots=True)
class AgentRow:
    """One agent with what he carries, ready to print."""

    id: str
    name: str
    letters: str
    phone: str
    parcels: str
    parcels_percent: int
    cash: str
    cash_percent: int
    cash_tone: str
    says: str
    says_tone: str
    has_room: bool
    has_it: bool

    @classmethod
    def of(cls, agent: AgentView, reader: Reader, *, due: Money, has_it: bool) -> Self:
        """Print an agent beside the order that is to be given."""
        carried = agent.cash_in_hand + agent.cash_expected
        percent = _percent(carried.minor, agent.cash_limit.minor)
        says, tone = _says(agent, reader, due)
        return cls(
            id=str(agent.user_id),
            name=agent.name,
            letters=initials(agent.name),
            phone=agent.phone or "",
            parcels=_("{count} of {limit}").format(
                count=reader.number(agent.parcels), limit=reader.number(agent.parcel_limit)
            ),
            parcels_percent=_percent(agent.parcels, agent.parcel_limit),
            cash=_("{count} of {limit}").format(
                count=_figure(carried, reader), limit=_figure(agent.cash_limit, reader)
            ),
            cash_percent=percent,
            cash_tone="bad" if agent.is_blocked or agent.is_cash_overdue else "warn" if percent >= NEAR else "",
            says=says,
            says_tone=tone,
            has_room=agent.has_room_for(due),
            has_it=has_it,
        )


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A sum that differs from what was due, ready to print."""

    id: str
    number: str
    agent: str
    due: str
    offered: str
    raised: str
    raised_exact: str

    @classmethod
    def of(cls, asked: ExceptionView, reader: Reader) -> Self:
        """Print an agent's question."""
        return cls(
            id=str(asked.id),
            number=asked.number,
            agent=asked.agent_name,
            due=reader.money(asked.due),
            offered=reader.money(asked.offered),
            raised=reader.ago(asked.raised_at),
            raised_exact=reader.exact(asked.raised_at),
        )


class DispatchState(Loads, rx.State):
    """What waits for an agent, who could take it, and what agents ask about cash."""

    rows: list[QueueRow] = []
    agents: list[AgentRow] = []
    questions: list[QuestionRow] = []
    queued: int = 0
    waiting: str = ""
    late: str = ""
    carried: str = ""
    cash: str = ""
    chosen: str = ""
    chosen_words: str = ""
    chosen_agent_id: str = ""

    @handles(Permission.DISPATCH_ASSIGN)
    async def load(self) -> None:
        """Fill the desk; runs again when something was packed, given, picked up or asked."""
        now, reader = bootstrap.database().now(), Reader.of(self)
        today = now.astimezone(reader.zone).date()
        queue = await read(delivery.queue, acting())
        agents = await read(delivery.agents, acting(), at=now)
        questions = await read(delivery.exceptions, acting())
        self.rows = [QueueRow.of(item, reader, today=today) for item in queue]
        self.questions = [QuestionRow.of(asked, reader) for asked in questions]
        self._choose(queue, reader)
        due = next((item.cash_due for item in queue if item.number == self.chosen), _nothing())
        self.agents = [
            AgentRow.of(agent, reader, due=due, has_it=str(agent.user_id) == self.chosen_agent_id) for agent in agents
        ]
        self._count(agents, reader)
        watch(self, "dispatch")

    @handles(Permission.DISPATCH_ASSIGN)
    async def choose(self, number: str) -> None:
        """Ask who takes an order."""
        self.chosen = number[:20]
        await self.load()

    @handles(Permission.DISPATCH_ASSIGN)
    async def assign(self, agent_id: UserId) -> EventSpec | None:
        """Give the chosen order to an agent, or to another one instead; who has it is not given it again."""
        number, before = self.chosen, self.chosen_agent_id
        if before == str(agent_id):
            return None
        instead_of = UserId(UUID(before)) if before else None
        await once(
            delivery.assign,
            acting(),
            f"{number}:{before}:{agent_id}",
            order_number=number,
            agent_id=agent_id,
            instead_of=instead_of,
        )
        name = next((agent.name for agent in self.agents if agent.id == str(agent_id)), "")
        await self.load()
        return rx.toast.success(_("{agent} takes {number}.").format(agent=name, number=number))

    @handles(Permission.DISPATCH_ASSIGN)
    async def decide(self, exception_id: CashExceptionId, is_accepted: bool) -> EventSpec:  # noqa: FBT001 (from a page)
        """Let the agent take that sum, or have him insist on the exact one."""
        key = f"{exception_id}:decide"
        await once(delivery.decide_exception, acting(), key, exception_id=exception_id, is_accepted=is_accepted)
        await self.load()
        return rx.toast.success(_("The agent may take it.") if is_accepted else _("The agent asks for the exact sum."))

    def _choose(self, queue: Sequence[QueueItem], reader: Reader) -> None:
        """Keep what was chosen while it waits; otherwise the first that nobody has."""
        free = (item for item in queue if item.offered_to is None)
        kept = next((item for item in queue if item.number == self.chosen), None) or next(free, None)
        self.chosen = kept.number if kept else ""
        self.chosen_agent_id = str(kept.offered_to or "") if kept else ""
        self.chosen_words = _chosen_words(kept, reader) if kept else ""

    def _count(self, agents: Sequence[AgentView], reader: Reader) -> None:
        self.queued = len(self.rows)
        self.waiting = reader.number(sum(not row.agent for row in self.rows))
        self.late = reader.number(sum(row.tone == "bad" for row in self.rows))
        self.carried = reader.number(sum(agent.parcels for agent in agents))
        self.cash = reader.money(total([agent.cash_in_hand for agent in agents], profile.chosen().currency))


def _figure(amount: Money, reader: Reader) -> str:
    """Print an amount without its currency, which stands at the head of the page."""
    return reader.number(amount.decimal, places=EXPONENTS[amount.currency])


def _nothing() -> Money:
    return Money.zero(profile.chosen().currency)


def _percent(part: int, whole: int) -> int:
    return min(100, 100 * part // whole) if whole > 0 else 100


def _urgency(promised: date | None, today: date) -> str:
    if promised is None or promised > today:
        return ""
    return "bad" if promised < today else "warn"


def _chosen_words(item: QueueItem, reader: Reader) -> str:
    pieces = reader.count("{count} piece", "{count} pieces", item.pieces)
    place = str(item.address.get("district") or item.address.get("city") or "")
    return _("{place} by {day}, {pieces}").format(place=place, day=reader.day(item.latest_on), pieces=pieces)


def _says(agent: AgentView, reader: Reader, due: Money) -> tuple[str, str]:
    if agent.is_blocked:
        return _("Takes no cash until a hand-over is cleared."), "bad"
    if agent.is_cash_overdue:
        return _("Has carried cash for long: have it brought in."), "bad"
    if agent.is_full:
        return _("Has as many parcels as he may."), "warn"
    if not agent.has_room_for(due):
        return _("Cash would be over the limit: {cash}.").format(cash=reader.money(agent.cash_with(due))), "bad"
    return _("In hand now: {cash}").format(cash=reader.money(agent.cash_in_hand)), "muted"
