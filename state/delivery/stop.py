"""One stop of the agent's round."""

import re
from dataclasses import dataclass
from typing import Annotated, Final, Self
from uuid import UUID

import reflex as rx
from pydantic import BaseModel, Field
from reflex.event import EventSpec

from marketplace import delivery
from marketplace.delivery import (
    Evidence,
    FailureReason,
    StopKind,
    StopNotFound,
    StopState,
    StopView,
    WrongCode,
)
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import FieldProblem, Invalid
from marketplace.kernel.ids import AssetId, StopId
from marketplace.kernel.text import FullLine, Line, western
from state import place
from state.answers import FOCUS
from state.delivery.printing import doing, on_a_map, street, town
from state.edge import acting, handles, once, read, transact
from state.forms import Asks, Loads
from state.live import watch
from state.reader import Reader
from state.typed import NO_SUM, needed, sum_of
from state.words import _, mark

NO_CODE: Final = mark("Type the six figures that the buyer reads out, or take a photo instead.")
IS_CODE: Final = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A stop, ready to print large."""

    title: str = ""
    number: str = ""
    name: str = ""
    street: str = ""
    town: str = ""
    map: str = ""
    phone: str = ""
    doing: str = ""
    state: str = ""
    state_words: str = ""
    is_pickup: bool = False
    is_done: bool = False
    is_returning: bool = False
    cash_due: str = ""
    cash_taken: str = ""
    cash_asked: str = ""
    cash_declined: str = ""
    is_cash_blocked: bool = False
    failure: str = ""
    tries: str = ""
    can_pick_up: bool = False
    can_try_again: bool = False
    can_deliver: bool = False
    can_collect: bool = False
    can_fail: bool = False
    version: str = ""

    @classmethod
    def of(cls, stop: StopView, reader: Reader) -> Self:
        """Print a stop with what may be done there."""
        is_pickup = stop.kind is StopKind.PICKUP
        return cls(
            title=_title(stop),
            number=stop.number,
            name=stop.contact_name,
            street=street(stop.address),
            town=town(stop.address),
            map=on_a_map(stop.address),
            phone=stop.contact_phone,
            doing=doing(stop, reader),
            state=STATES[stop.state],
            state_words=reader.word(stop.state),
            is_pickup=is_pickup,
            is_done=stop.state is StopState.DONE,
            is_returning=stop.state is StopState.RETURNING,
            cash_due=reader.money(stop.cash_due) if stop.cash_due else "",
            cash_taken=reader.money(stop.cash_taken) if stop.cash_taken else "",
            cash_asked=reader.money(stop.cash_asked) if stop.cash_asked else "",
            cash_declined=reader.money(stop.cash_declined) if stop.cash_declined else "",
            is_cash_blocked=stop.is_cash_blocked,
            failure=reader.word(stop.last_failure) if stop.last_failure else "",
            tries=reader.count("{count} try left", "{count} tries left", stop.code_tries_left),
            can_pick_up="pick_up" in stop.can,
            can_try_again="try_again" in stop.can,
            can_deliver="deliver" in stop.can,
            can_collect="collect_cash" in stop.can,
            can_fail="fail" in stop.can,
            version=f"{stop.attempts}:{stop.code_tries_left}",
        )


STATES: Final = {
    StopState.PLANNED: "placed",
    StopState.OPEN: "in_transit",
    StopState.FAILED: "delivery_failed",
    StopState.RETURNING: "returning",
    StopState.DONE: "delivered",
    StopState.CANCELED: "canceled",
}
"""Which dial of an order a stop shows."""


def _title(stop: StopView) -> str:
    """What the agent comes for."""
    if stop.kind is StopKind.PICKUP:
        return _("Pick up")
    return _("Bring it back") if stop.state is StopState.RETURNING else _("Deliver")


class Code(BaseModel):
    """What the buyer says at the door."""

    code: Line = ""


class Sum(BaseModel):
    """What the buyer has, where it is not what he owes."""

    amount: Annotated[FullLine, Field(max_length=20), needed(NO_SUM)]


class Failure(BaseModel):
    """Why the parcel could not be handed over."""

    reason: FailureReason


class Photo(BaseModel):
    """A photo that the browser has sent, or why it could not."""

    id: AssetId | None = None
    trouble: str = ""


class DoorState(Loads, Asks, rx.State):
    """A stop, and what the agent does there."""

    door: DoorRow = DoorRow()

    @handles(Permission.ROUND_WORK)
    async def load(self) -> None:
        """Fill the page; runs again when something happened to the parcel."""
        stop = await read(delivery.stop, acting(), stop_id=_here(self))
        self.door = DoorRow.of(stop, Reader.of(self))
        watch(self, f"agent:{acting().user_id}", f"order:{stop.order_id}")

    @handles(Permission.ROUND_WORK)
    async def begin(self) -> None:
        """Open a form: what was said of another one is not about this."""
        self._clear()

    @handles(Permission.ROUND_WORK)
    async def pick_up(self) -> EventSpec:
        """Take the parcel, or take it out again."""
        await once(delivery.pick_up, acting(), _key(self, "pick_up"), stop_id=_here(self))
        self._clear()
        await self.load()
        return rx.toast.success(_("Parcel {number} is with you.").format(number=self.door.number))

    @handles(Permission.ROUND_WORK)
    async def collect(self) -> EventSpec:
        """Take the exact sum."""
        stop = await read(delivery.stop, acting(), stop_id=_here(self))
        if stop.cash_due is not None:
            await once(delivery.collect_cash, acting(), _key(self, "cash"), stop_id=_here(self), amount=stop.cash_due)
        self._clear()
        await self.load()
        return rx.toast.success(_("The cash is noted."))

    @handles(Permission.ROUND_WORK)
    async def ask(self, form: Sum) -> list[EventSpec]:
        """Ask the dispatcher about another sum; the same one may be asked again once it was declined."""
        amount = sum_of("amount", form.amount)
        taken = await transact(delivery.collect_cash, acting(), stop_id=_here(self), amount=amount)
        self._clear()
        await self.load()
        said = _("The cash is noted.") if taken.is_taken else _("Dispatch was asked. The answer appears here.")
        return [_closes("other-sum"), rx.toast.success(said)]

    @handles(Permission.ROUND_WORK)
    async def deliver(self, form: Code) -> EventSpec | None:
        """Hand the parcel over against the buyer's code."""
        return await self._hand_over(Evidence(code=_code(form.code)))

    @handles(Permission.ROUND_WORK)
    async def prove(self, photo: Photo) -> EventSpec | None:
        """Hand the parcel over against a photo."""
        if photo.id is None:
            return rx.toast.error(photo.trouble or _("The photo did not arrive. Take it again."))
        return await self._hand_over(Evidence(photo_id=photo.id))

    @handles(Permission.ROUND_WORK)
    async def fail(self, form: Failure) -> list[EventSpec]:
        """Say that the parcel could not be handed over."""
        await once(delivery.fail, acting(), _key(self, "fail"), stop_id=_here(self), reason=form.reason)
        self._clear()
        said = _("Noted: {number} was not delivered.").format(number=self.door.number)
        return [_closes("not-delivered"), rx.toast.info(said), self._to_the_round()]

    async def _hand_over(self, evidence: Evidence) -> EventSpec | None:
        door = await once(delivery.deliver, acting(), _key(self, "deliver"), stop_id=_here(self), evidence=evidence)
        await self.load()
        if door is not None and door.was_code_wrong:
            return self._wrong_code(door.stop.code_tries_left)
        self._clear()
        return None if self.door.can_collect else self._to_the_round()

    def _wrong_code(self, tries_left: int) -> EventSpec:
        """Say it under the code as well: the agent has scrolled down to it."""
        self.problem = WrongCode(tries_left).sentence(_)
        self.errors = {"code": self.problem}
        return rx.call_script(FOCUS)

    def _clear(self) -> None:
        self.errors, self.problem = {}, ""

    def _to_the_round(self) -> EventSpec:
        return rx.redirect(Reader.of(self).address("/agent"))


def _here(page: rx.State) -> StopId:
    """The stop of the address."""
    try:
        return StopId(UUID(place.path_of(page).rpartition("/")[2]))
    except ValueError:
        raise StopNotFound from None


def _key(page: DoorState, verb: str) -> str:
    return f"{_here(page)}:{verb}:{page.door.version}"


def _code(written: str) -> str:
    """Read six figures of either script; what cannot be a code uses up no try."""
    code = western("".join(written.split()))
    if not IS_CODE.fullmatch(code):
        raise Invalid(NO_CODE, fields=(FieldProblem("code", "field.code", NO_CODE),))
    return code


def _closes(dialog: str) -> EventSpec:
    return rx.call_script(f"document.getElementById('{dialog}')?.close()")
