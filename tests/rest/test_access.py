"""Every route against every role."""

from uuid import UUID

import pytest
from starlette.testclient import TestClient

from marketplace.identity import Standing, StoreKind, StoreRole, SystemRole
from marketplace.kernel.actor import Permission
from marketplace.ports import House
from marketplace.rest.access import CATALOG, PUBLIC, SIGNED_IN, InTheHouse
from tests.factories.belongings import make_belongings
from tests.factories.houses import Do
from tests.rest.calling import CALLS, OPEN, STORE_ROLES, Ids, ask, may_come_in, member, officer, parameters

pytestmark = pytest.mark.slow


class Nowhere(Ids):
    """Ids of nothing."""

    def __missing__(self, name: str) -> object:
        return UUID(int=7) if name.endswith("_id") else "25-0101-0000-0"


class TestEveryRoute:
    def test_says_who_may_call_it_in_known_words(self) -> None:
        known = {
            PUBLIC.value,
            SIGNED_IN.value,
            CATALOG.value,
            *Permission,
            *(InTheHouse(one).value for one in Permission),
        }

        assert [call.name for call in CALLS if call.access not in known] == []

    def test_turns_nobody_away_with_401(self, client: TestClient, house: House) -> None:
        answers = {call.name: ask(client, call, house, None, Nowhere()) for call in CALLS if call.access not in OPEN}

        assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 401} == {}

    @pytest.mark.parametrize(("kind", "role"), STORE_ROLES)
    def test_lets_in_just_the_roles_of_a_store_that_the_matrix_names(
        self,
        client: TestClient,
        house: House,
        done: Do,
        kind: StoreKind,
        role: StoreRole,
    ) -> None:
        assert _wrongly_answered(client, house, done(lambda uow: member(uow, kind, role))) == {}

    @pytest.mark.parametrize("role", SystemRole)
    def test_lets_in_just_the_roles_of_the_house_that_the_matrix_names(
        self, client: TestClient, house: House, done: Do, role: SystemRole
    ) -> None:
        assert _wrongly_answered(client, house, done(lambda uow: officer(uow, role))) == {}

    @pytest.mark.parametrize("odd", ["%00", "%0A", "%27", "%F0%9F%93%A6", "9" * 400])
    def test_stumbles_over_no_name(self, client: TestClient, house: House, done: Do, odd: str) -> None:
        people = done(make_belongings).people
        broken = {}
        for call in CALLS:
            ids = dict.fromkeys(parameters(call), odd)
            for name, who in people.items() if ids else ():
                answer = ask(client, call, house, who, ids)
                if answer.status_code not in {401, 403, 404, 422}:
                    broken[f"{call.name} as {name}"] = f"{answer.status_code} {answer.text[:200]}"

        assert broken == {}


def _wrongly_answered(client: TestClient, house: House, who: Standing) -> dict[str, str]:
    """The routes whose gate is open where it should be shut, or the other way round, or that stumble."""
    wrong = {}
    for call in CALLS:
        answer = ask(client, call, house, who, Nowhere())
        is_shut_out = answer.status_code == 403 and answer.json()["code"].startswith("access.")
        is_known = call.access in OPEN or answer.status_code != 401
        is_broken = answer.status_code in {429, *range(500, 600)}
        if may_come_in(call, who.actor) == is_shut_out or not is_known or is_broken:
            wrong[call.name] = f"{answer.status_code} {answer.text[:200]}"
    return wrong
