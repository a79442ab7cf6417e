"""The way from a handler into the house."""

from collections.abc import AsyncIterator
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import pytest
import reflex as rx
from pydantic import BaseModel, Field

from marketplace.idempotency import KeyReused
from marketplace.kernel.actor import Actor, Permission, system
from marketplace.kernel.errors import Conflict, NotFound, Unavailable
from marketplace.kernel.ids import OrderId
from marketplace.kernel.text import FullLine
from marketplace.kernel.words import spoken
from marketplace.kernel.work import UnitOfWork
from marketplace.rest.access import PUBLIC, SIGNED_IN
from state import edge
from state.edge import acting, handles
from state.forms import Asks, Loads
from tests.state.states import made

ORDER = "019a0000-0000-7000-8000-000000000001"


class Size(StrEnum):
    SMALL = "small"


class Wish(BaseModel):
    name: Annotated[str, Field(min_length=1)]
    quantity: int


class Said(BaseModel):
    words: Annotated[FullLine, Field(max_length=8)]


class DeskState(Loads, Asks, rx.State):
    seen: list[Any] = []

    @handles(PUBLIC)
    async def load(self) -> None:
        self.seen = [acting().name, spoken()]

    @handles(PUBLIC)
    async def take(self, order_id: OrderId, size: Size) -> None:
        self.seen = [order_id, size]

    @handles(PUBLIC)
    async def wish(self, form: Wish) -> None:
        self.seen = [form.name, form.quantity]

    @handles(PUBLIC)
    async def line(self, form: Said) -> None:
        self.seen = [form.words]

    @handles(SIGNED_IN)
    async def secret(self) -> None:
        self.seen = ["secret"]

    @handles(Permission.ORDERS_READ)
    async def orders(self) -> None:
        self.seen = ["orders"]

    @handles(PUBLIC)
    async def late(self) -> None:
        raise Conflict("The order {number} has left.", number="25-1")

    @handles(PUBLIC)
    async def counts(self) -> AsyncIterator[object]:
        yield rx.noop()
        self.seen = [acting().name]


class MissingState(Loads, rx.State):
    @handles(PUBLIC)
    async def load(self) -> None:
        raise NotFound("There is no such product.")


class AwayState(Loads, rx.State):
    @handles(PUBLIC)
    async def load(self) -> None:
        raise Unavailable("the database sleeps")


class TestHandles:
    async def test_says_who_acts_and_speaks_the_language_of_the_page(self) -> None:
        desk = made(DeskState, address="/ar/desk")

        await desk.load()

        assert desk.seen == ["visitor", "ar"]
        assert (desk.is_loaded, desk.trouble) == (True, "")
        assert spoken() == "en"

    async def test_reads_arguments_by_their_annotations(self) -> None:
        desk = made(DeskState)

        await desk.take(ORDER, "small")

        assert desk.seen == [UUID(ORDER), Size.SMALL]

    @pytest.mark.parametrize("sent", [("x", "small"), (ORDER, "large"), ({"a": 1}, "small"), (ORDER, None)])
    async def test_refuses_what_it_cannot_read_and_changes_nothing(self, sent: tuple[Any, Any]) -> None:
        desk = made(DeskState)

        await desk.take(*sent)

        assert desk.seen == []
        assert desk.problem == "This page sent something we cannot read. Load it again."

    async def test_names_the_fields_of_a_form_that_need_another_look(self) -> None:
        desk = made(DeskState)

        await desk.wish({"name": "", "quantity": "many"})

        assert desk.errors == {"name": "Fill this in.", "quantity": "Write a whole number."}
        assert desk.seen == []

    async def test_forgets_what_was_wrong_when_a_form_is_sent_anew(self) -> None:
        desk = made(DeskState)
        await desk.wish({"name": "", "quantity": "many"})

        await desk.wish({"name": "kettle", "quantity": "2"})

        assert (desk.errors, desk.problem, desk.seen) == ({}, "", ["kettle", 2])

    async def test_forgets_what_was_wrong_with_a_field_that_is_changed(self) -> None:
        desk = made(DeskState)
        await desk.wish({"name": "", "quantity": "many"})

        desk._mend("name")
        assert (desk.errors, bool(desk.problem)) == ({"quantity": "Write a whole number."}, True)

        desk._mend("quantity")
        assert (desk.errors, desk.problem) == ({}, "")

    async def test_sends_strangers_to_the_door_with_the_way_back(self) -> None:
        desk = made(DeskState, address="/ar/orders?state=open")

        events = await desk.secret()

        assert desk.seen == []
        assert "/ar/sign-in?next=%2Far%2Forders%3Fstate%3Dopen" in str(events)

    async def test_asks_for_the_permission(self) -> None:
        desk = made(DeskState)

        await desk.orders()

        assert desk.seen == []

    async def test_shows_a_refusal_over_the_form_and_keeps_what_was_typed(self) -> None:
        desk = made(DeskState)

        await desk.late()

        assert (desk.problem, desk.errors) == ("The order 25-1 has left.", {})

    async def test_shows_instead_of_the_page_that_nothing_is_there(self) -> None:
        page = made(MissingState)

        await page.load()

        assert (page.trouble, page.trouble_kind) == ("There is no such product.", "missing")

    async def test_shows_instead_of_the_page_that_something_is_away(self) -> None:
        page = made(AwayState)

        await page.load()

        assert page.trouble_kind == "away"
        assert "sleeps" not in page.trouble

    async def test_streams_what_a_handler_yields(self) -> None:
        desk = made(DeskState)

        events = [event async for event in desk.counts()]

        assert len(events) == 1
        assert desk.seen == ["visitor"]

    def test_insists_on_handlers_that_do_not_block(self) -> None:
        with pytest.raises(TypeError, match="must be async"):
            handles(PUBLIC)(lambda self: None)


class TestOnce:
    async def test_says_in_plain_words_that_another_tab_did_it_otherwise(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def used(*_args: object, **_more: object) -> None:
            raise KeyReused

        monkeypatch.setattr(edge, "transact", used)

        with pytest.raises(Conflict) as refused:
            await edge.once(_nothing, system("test"), "payout:confirm")

        assert refused.value.reason == "page.done_otherwise"
        assert refused.value.message.startswith("This was done already, with other words")


def _nothing(_actor: Actor, _uow: UnitOfWork) -> None:
    """Do nothing."""


class TestArguments:
    async def test_ask_for_what_is_blank_and_refuse_what_is_long(self) -> None:
        desk = made(DeskState)

        await desk.line({"words": "   "})
        assert desk.errors == {"words": "Fill this in."}

        await desk.line({"words": "x" * 9})
        assert desk.errors == {"words": "This is too long."}
