"""Tabs are bound to the cookie they came with."""

import reflex as rx
from reflex.event import Event
from reflex.state import StateUpdate

from state.binding import BindingState, Bound, Buckets
from tests.state.states import made


class DraftState(rx.State):
    draft: str = ""


HYDRATE = "reflex___state____state.hydrate"


def _event(name: str, cookie: str) -> Event:
    return Event(name=name, payload={}, router_data={"headers": {"cookie": cookie}})


async def _asked(state: rx.State, name: str, cookie: str) -> StateUpdate | None:
    bound = Bound()
    return await bound.preprocess(None, state._get_root_state(), _event(name, cookie))  # type: ignore[arg-type]  # the app is not asked


class TestBound:
    async def test_lets_the_holder_through(self) -> None:
        draft = made(DraftState, cookie="sid=mine")
        await _asked(draft, HYDRATE, "sid=mine")
        draft.draft = "hello"

        assert await _asked(draft, "draft.save", "sid=mine") is None
        assert draft.draft == "hello"

    async def test_empties_the_tab_for_another_holder(self) -> None:
        draft = made(DraftState, cookie="sid=mine")
        await _asked(draft, HYDRATE, "sid=mine")
        draft.draft = "hello"

        await _asked(draft, HYDRATE, "sid=theirs")

        assert draft.draft == ""

    async def test_answers_an_event_of_another_holder_with_a_reload(self) -> None:
        draft = made(DraftState, cookie="sid=mine")
        await _asked(draft, HYDRATE, "sid=mine")

        answer = await _asked(draft, "draft.save", "sid=theirs")

        assert answer is not None
        assert "reload" in str(answer.events)

    async def test_never_sends_the_binding_to_the_browser(self) -> None:
        assert "_bound" not in made(BindingState).dict()


class TestBuckets:
    def test_takes_a_burst_and_then_as_many_as_flow_in(self) -> None:
        buckets = Buckets(burst=3, a_second=1)

        taken = [buckets.takes("tab", now=0.0) for _ in range(4)]

        assert taken == [True, True, True, False]
        assert buckets.takes("tab", now=1.0)
        assert not buckets.takes("tab", now=1.1)

    def test_keeps_tabs_apart(self) -> None:
        buckets = Buckets(burst=1, a_second=1)
        buckets.takes("one", now=0.0)

        assert buckets.takes("other", now=0.0)
