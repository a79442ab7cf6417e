"""Menus lead everybody to what is open to them: to all of it, and to nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import pytest
import reflex as rx

from marketplace import fees, taxes
from marketplace.demo.cast import SAUDI
from marketplace.flows.reactions import notifications as telling
from marketplace.identity import StoreKind, StoreRole, SystemRole, roles
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import UserId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.notifications import RULES
from pages import areas
from pages.account.you import yours
from pages.building import Building, built
from pages.components.nav import ADMIN, AGENT, VENDOR, Item, side_items, tab_items
from state import edge
from state.account.addresses import AddressesState
from state.admin.desks import DESKS
from state.admin.home import HouseState
from state.doors import key_to, keys_of
from state.session import SessionState
from tests.factories.counting import counted
from tests.factories.facts import sample
from tests.factories.houses import Do
from tests.factories.people import make_store
from tests.pages.drawn import parts_of
from tests.state.states import made

ROUTES: Final = {route.path: route for route in areas.ROUTES}
ITEMS: Final = (*(item for group in (*VENDOR, *ADMIN) for item in group.items), *AGENT)


def _path(item: Item) -> str:
    return item.path


@dataclass(frozen=True)
class Person:
    """Somebody who works here, by his roles."""

    login: str
    store_role: StoreRole | None = None
    system_roles: tuple[SystemRole, ...] = ()

    def actor(self, base: Actor) -> Actor:
        """Be somebody with these roles, in the store of `base` where they are of a store."""
        store_id = base.store_id if self.store_role is not None else None
        held = roles.grants(
            store_id=store_id, role=self.store_role, can_buy=True, can_sell=True, system_roles=self.system_roles
        )
        return replace(base, name=self.login, store_id=store_id, grants=held)


PEOPLE: Final = (
    *(Person(officer.login, None, officer.roles) for officer in SAUDI.officers if officer.login[:-1] != "agent"),
    *(Person(f"only {role}", None, (role,)) for role in SystemRole),
    *(Person(f"{role} of a store", role) for role in StoreRole),
    Person("owner who also counts", StoreRole.OWNER, (SystemRole.CASHIER,)),
)


@pytest.fixture
def somebody(done: Do) -> Actor:
    """Somebody of the one store that is open in this house."""
    actor: Actor = done(_open)
    return actor


def _open(uow: UnitOfWork) -> Actor:
    taxes.install_default(uow)
    fees.install_default(uow)
    user, store = make_store(uow, kind=StoreKind.VENDOR)
    return Actor(name="somebody", user_id=user.id, store_id=store.id)


@pytest.fixture
def act(monkeypatch: pytest.MonkeyPatch) -> Callable[[Actor], None]:
    """Be somebody for the handlers of this test."""

    async def known(_state: rx.State, *, actor: Actor) -> Actor:
        return actor

    def be(actor: Actor) -> None:
        monkeypatch.setattr(edge, "actor_of", partial(known, actor=actor))

    return be


class TestMenus:
    @pytest.mark.parametrize("item", ITEMS, ids=_path)
    def test_ask_the_handler_that_guards_the_page(self, item: Item) -> None:
        assert ROUTES[item.path].load[-1].fn is item.load.fn

    @pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.login)
    async def test_show_somebody_all_that_opens_and_nothing_that_does_not(
        self, somebody: Actor, act: Callable[[Actor], None], person: Person
    ) -> None:
        actor = person.actor(somebody)
        act(actor)
        shown = {item.path for item in ITEMS if key_to(item.load) in keys_of(actor)}

        opened = {item.path for item in ITEMS if await _opens(item)}

        assert shown == opened

    @pytest.mark.parametrize(
        "draw", [partial(side_items, VENDOR), partial(side_items, ADMIN), partial(tab_items, AGENT)]
    )
    def test_of_the_side_and_of_the_phone_hold_only_links_that_were_asked_for(
        self, draw: Callable[[], rx.Component]
    ) -> None:
        drawn = built(Building("en", "/admin/orders"), draw)
        asked = [str(getattr(part, "cond", "")) for part in parts_of(drawn)]

        for item in ITEMS:
            if any(str(getattr(part, "to", "")) == f'"{item.path}"' for part in parts_of(drawn)) and item not in AGENT:
                assert any(f'"{key_to(item.load)}"' in condition for condition in asked)

    @pytest.mark.parametrize(
        ("login", "desk"),
        [
            ("admin", "/admin/dispatch"),
            ("dispatch", "/admin/dispatch"),
            ("cashier", "/admin/hand-overs"),
            ("finance", "/admin/payouts"),
            ("only compliance", "/admin/stores"),
        ],
    )
    async def test_lead_from_the_door_to_the_first_desk_that_is_open(
        self, somebody: Actor, act: Callable[[Actor], None], login: str, desk: str
    ) -> None:
        (person,) = (one for one in PEOPLE if one.login == login)
        act(person.actor(somebody))

        led = await made(HouseState, address="/admin").load()

        assert f'"{desk}"' in str(dict(led.args))

    async def test_lead_nobody_in_who_has_no_desk(self, somebody: Actor, act: Callable[[Actor], None]) -> None:
        act(Person("owner", StoreRole.OWNER).actor(somebody))
        door = made(HouseState, address="/admin")

        await door.load()

        assert door.trouble_kind == "forbidden"


async def _opens(item: Item) -> bool:
    kind: Any = item.load.state
    page = made(kind, address=item.path)
    await page.load()
    return bool(page.trouble_kind != "forbidden")


class TestNotices:
    @pytest.mark.parametrize("kind", telling.TELLERS, ids=lambda kind: kind.__name__)
    def test_lead_people_of_the_house_to_desks_that_are_open_to_them(self, kind: type[Any]) -> None:
        for saying in telling.TELLERS[kind](sample(kind)):
            if saying.holders is None:
                continue
            desk = DESKS[RULES[saying.rule].link]
            for role in roles.roles_with(saying.holders):
                held = Person(role, None, (role,)).actor(Actor(name=role, user_id=UserId(new_uuid())))
                assert key_to(desk) in keys_of(held)


class TestCounts:
    async def test_cost_three_statements_a_refresh(
        self, uow: UnitOfWork, act: Callable[[Actor], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def here(query: Callable[..., Any], actor: Actor, **more: Any) -> Any:  # noqa: ANN401 (whatever it reads)
            return query(actor, uow.session, **more)

        _user, store = make_store(uow, kind=StoreKind.VENDOR)
        person = Person("owner", StoreRole.OWNER, (SystemRole.ADMIN, SystemRole.CASHIER))
        act(person.actor(Actor(name="owner", user_id=UserId(new_uuid()), store_id=store.id)))
        monkeypatch.setattr("state.session.read", here)

        with counted(uow) as statements:
            await made(SessionState, address="/vendor").count()

        assert len(statements) == 3


class TestAddresses:
    def test_are_led_to_only_where_one_may_keep_some(self) -> None:
        assert key_to(AddressesState.write) in str(yours())
