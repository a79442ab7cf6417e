"""Every route against the ids of things that are others'."""

from collections.abc import Mapping

import pytest
from starlette.testclient import TestClient

from marketplace.identity import Standing, StoreKind, StoreRole, SystemRole
from marketplace.kernel.actor import Permission
from marketplace.ports import House
from tests.factories.belongings import Belongings, make_belongings
from tests.factories.houses import Do
from tests.rest.calling import CALLS, HOUSE, OPEN, STORE_ROLES, ask, may_come_in, member, officer, parameters

SHARED = "/vendor/products/{fsin}"
"""Products are everybody's to see, but only their creator's to change."""

OF_THE_HOUSE = (HOUSE, "/dispatch")
"""Where the house looks after what is everybody's."""

READ_BY_THE_HOUSE = {
    "GET /vendor/imports/{import_id}",
    "GET /vendor/imports/{import_id}/results.csv",
    "GET /vendor/listings/{listing_id}",
    "GET /vendor/listings/{listing_id}/stock",
    "GET /vendor/listings/{listing_id}/stock/movements",
}
"""What the matrix lets some roles of the house look at in every store (domain rules B1: listings)."""

WITHOUT_A_CODE = {"GET /orders/{number}/code", "POST /admin/orders/{number}/code"}
"""What is handed over has no code any more."""

pytestmark = pytest.mark.slow


class TestIds:
    def test_are_there_for_every_parameter_of_every_route(self, done: Do) -> None:
        ids = done(make_belongings).ids

        assert {name for call in CALLS for name in parameters(call)} == set(ids)

    def test_are_of_things_that_those_find_whom_they_concern(self, client: TestClient, house: House, done: Do) -> None:
        theirs: Belongings = done(make_belongings)
        lost = {}
        for call in sorted(CALLS, key=lambda call: call.method != "GET"):
            if not parameters(call) or call.name in WITHOUT_A_CODE or call.method == "DELETE":
                continue
            answers = [ask(client, call, house, who, theirs.ids) for who in theirs.people.values()]
            if all(answer.status_code in {401, 403, 404} for answer in answers):
                lost[call.name] = [f"{answer.status_code} {answer.text[:100]}" for answer in answers]

        assert lost == {}


class TestStrangers:
    @pytest.mark.parametrize(("kind", "role"), STORE_ROLES)
    def test_find_nothing_of_another_store(
        self, client: TestClient, house: House, done: Do, kind: StoreKind, role: StoreRole
    ) -> None:
        theirs, who = done(lambda uow: (make_belongings(uow), member(uow, kind, role)))

        assert _found(client, house, who, theirs.ids) == {}

    @pytest.mark.parametrize("role", SystemRole)
    def test_find_nothing_of_another_store_outside_the_house(
        self, client: TestClient, house: House, done: Do, role: SystemRole
    ) -> None:
        theirs, who = done(lambda uow: (make_belongings(uow), officer(uow, role)))

        found = _found(client, house, who, theirs.ids)

        open_ones = READ_BY_THE_HOUSE if who.actor.has(Permission.LISTINGS_READ) else set()
        assert {name for name, said in found.items() if said.startswith("2")} <= open_ones
        assert {name: said for name, said in found.items() if name not in open_ones} == {}

    def test_change_no_product_of_another_store(self, client: TestClient, house: House, done: Do) -> None:
        theirs, who = done(lambda uow: (make_belongings(uow), member(uow, StoreKind.VENDOR, StoreRole.OWNER)))

        answers = {call.method: ask(client, call, house, who, theirs.ids) for call in CALLS if call.path == SHARED}

        assert {method: answer.status_code for method, answer in answers.items()} == {
            "GET": 200,
            "PATCH": 403,
            "DELETE": 403,
        }

    @pytest.mark.parametrize(("kind", "role"), STORE_ROLES)
    def test_see_nothing_of_others_in_their_lists(
        self, client: TestClient, house: House, done: Do, kind: StoreKind, role: StoreRole
    ) -> None:
        theirs, who = done(lambda uow: (make_belongings(uow), member(uow, kind, role)))

        assert _leaks(client, house, who, theirs.ids) == set()

    @pytest.mark.parametrize("role", SystemRole)
    def test_of_the_house_see_nothing_of_others_as_their_own(
        self, client: TestClient, house: House, done: Do, role: SystemRole
    ) -> None:
        theirs, who = done(lambda uow: (make_belongings(uow), officer(uow, role)))

        leaks = {name for name, _ in _leaks(client, house, who, theirs.ids) if not name[4:].startswith(OF_THE_HOUSE)}

        assert leaks <= {"GET /vendor/imports", "GET /vendor/listings", "GET /vendor/products"}


def _found(client: TestClient, house: House, who: Standing, ids: Mapping[str, object]) -> dict[str, str]:
    """The routes that answer about something of others otherwise than that it is not there, or not for them."""
    found = {}
    for call in CALLS:
        is_everybody_s = call.path == SHARED or call.access in OPEN
        is_their_work = call.path.startswith(OF_THE_HOUSE) and may_come_in(call, who.actor)
        if not parameters(call) or is_everybody_s or is_their_work:
            continue
        answer = ask(client, call, house, who, ids)
        wanted = 404 if may_come_in(call, who.actor) else 403
        if answer.status_code != wanted:
            found[call.name] = f"{answer.status_code} {answer.text[:200]}"
    return found


def _leaks(client: TestClient, house: House, who: Standing, ids: Mapping[str, object]) -> set[tuple[str, str]]:
    """The lists that name something of others, and what."""
    lists = [call for call in CALLS if call.method == "GET" and not parameters(call) and call.access not in OPEN]
    seen = {call.name: ask(client, call, house, who, {}).text for call in lists}
    return {(name, key) for name, text in seen.items() for key, value in ids.items() if str(value) in text}
