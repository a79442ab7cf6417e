"""Every list of the application: it goes on where its page ended, and takes no mark that is not its own."""

import base64
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson
import pytest
from fastapi.routing import APIRoute
from httpx import Response
from starlette.testclient import TestClient

from marketplace import identity
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import StoreId
from marketplace.kernel.work import UnitOfWork
from marketplace.media import AssetKind, adopt, make_picture
from marketplace.ports import House
from marketplace.rest.app import ROUTERS, make_app
from tests.factories.belongings import make_payout
from tests.factories.houses import forget_rates
from tests.factories.people import home
from tests.factories.pictures import drawn
from tests.factories.wishes import Call, calls
from tests.fuzz.world import World, fill

pytestmark = pytest.mark.slow

WHOLE: Final = {"/categories", "/search/suggestions"}
"""Lists that are never long: the tree of the shop, and a handful of suggestions."""

ASKED: Final = {"/dispatch/cash-exceptions": {"all": "true"}}
"""What else is asked of a list, where that makes it longer."""

ODD: Final[tuple[Any, ...]] = ("", "x", "\x00", "9999-99-99", "0001-01-01T00:00:00+14:00", 7, -1, 2**63, True)
"""What somebody may write in place of a part of a mark."""

GOODS: Final = "title,category,price,stock\n{name},Kitchen > Kettles,115.50,7\n"
ROUTES: Final = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def lists() -> Iterator[Call]:
    """Every route that answers with items."""
    document = make_app().openapi()
    for call in calls(make_app(), ROUTES):
        answer = document["paths"][call.path][call.method.lower()]["responses"].get("200", {})
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        named = document["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], {})
        if call.method == "GET" and "items" in named.get("properties", {}) and call.path not in WHOLE:
            yield call


LISTS: Final = sorted(lists(), key=lambda call: call.path)


class Readers:
    """People who read lists, and what each of them finds there."""

    def __init__(self, client: TestClient, world: World) -> None:
        self.client, self.world = client, world
        listings = self.read("vendor", "/vendor/listings", {"limit": 100}).json()["items"]
        self.ids = {"listing_id": min(listings, key=lambda listing: listing["stock"]["available"])["id"]}

    def read(self, who: str, path: str, asked: Mapping[str, object]) -> Response:
        forget_rates()
        answer: Response = self.client.get(path, params=dict(asked), headers=self.world.headers(who))
        return answer

    def whose_is_long(self, call: Call) -> tuple[str, str] | None:
        """Somebody whose list is longer than one item, and the mark of its second page."""
        for who in self.world.people:
            answer = self.read(who, call.to(self.ids), {"limit": 1, **ASKED.get(call.path, {})})
            mark = answer.json().get("next_cursor") if answer.status_code == 200 else None
            if mark is not None:
                return who, str(mark)
        return None


@pytest.fixture
def readers(house: House, client: TestClient) -> Readers:
    """Somebody in every role, and at least two of everything that is listed."""

    def filled(_actor: Actor, uow: UnitOfWork) -> World:
        world = fill(uow)
        for who in ("buyer", "vendor"):
            person = world.people[who].actor
            store_id = StoreId(person.store_id)  # type: ignore[arg-type]  # both have one
            identity.add_address(person, uow, place=home(city="Jeddah"))
            adopt(uow, pictures=[make_picture(drawn(30, 20))], store_id=store_id, kind=AssetKind.PRODUCT_IMAGE)
            uow.session.add_all(make_payout(uow, store_id, days_ago=days) for days in (1, 2))
        return world

    made = Readers(client, house.db.transact(filled, system("test")))
    for name in ("Kettle", "Grinder"):
        headers = made.world.headers("vendor") | {"Content-Type": "text/csv"}
        assert client.post("/vendor/imports", content=GOODS.format(name=name), headers=headers).status_code == 201
    return made


class TestEveryList:
    def test_takes_a_limit_and_a_mark(self) -> None:
        document = make_app().openapi()
        takes = {
            call.path: {one["name"] for one in document["paths"][call.path]["get"].get("parameters", ())}
            for call in LISTS
        }

        assert {path for path, names in takes.items() if not {"limit", "cursor"} <= names} == set()

    def test_goes_on_where_its_page_ended(self, readers: Readers) -> None:
        wrong = {}
        for call in LISTS:
            found = readers.whose_is_long(call)
            if found is None:
                wrong[call.path] = "nobody has two of these"
                continue
            who, mark = found
            asked = {"limit": 1, **ASKED.get(call.path, {})}
            first = readers.read(who, call.to(readers.ids), asked).json()["items"]
            answer = readers.read(who, call.to(readers.ids), {**asked, "cursor": mark})
            if answer.status_code != 200:
                wrong[call.path] = f"{answer.status_code} {answer.text[:200]}"
            elif not answer.json()["items"] or answer.json()["items"] == first:
                wrong[call.path] = "the second page does not go on"

        assert wrong == {}

    def test_shows_everything_once_however_small_its_pages(self, readers: Readers) -> None:
        wrong = {}
        for call in LISTS:
            found = readers.whose_is_long(call)
            if found is None:
                continue
            who, path, asked = found[0], call.to(readers.ids), ASKED.get(call.path, {})
            at_once = readers.read(who, path, {"limit": 100, **asked}).json()["items"]
            seen: list[object] = []
            mark: dict[str, str] | None = {}
            while mark is not None and len(seen) < len(at_once):
                page = readers.read(who, path, {"limit": 7, **asked, **mark}).json()
                seen += page["items"]
                mark = {"cursor": page["next_cursor"]} if page["next_cursor"] else None
            if seen[: len(at_once)] != at_once:
                wrong[path] = f"{len(seen)} of {len(at_once)}"

        assert wrong == {}

    def test_takes_no_mark_of_another_s_making(self, readers: Readers) -> None:
        wrong = []
        for call in LISTS:
            who, mark = readers.whose_is_long(call) or ("vendor", "")
            for forged, is_nonsense in _forged(mark):
                asked = {"cursor": forged, **ASKED.get(call.path, {})}
                answer = readers.read(who, call.to(readers.ids), asked)
                if answer.status_code not in ({400, 422} if is_nonsense else {200, 400, 422}):
                    wrong.append(f"{call.path}?cursor={forged}: {answer.status_code} {answer.text[:200]}")

        assert wrong == []


def _forged(mark: str) -> Iterator[tuple[str, bool]]:
    """Marks that are none at all, and marks in which one part was written anew: it may happen to say something."""
    parts = orjson.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    yield from ((text, True) for text in ("nonsense", "AAAA", "****", _mark([]), _mark([*parts, "more"]), _mark({})))
    for place in range(len(parts)):
        yield from ((_mark([*parts[:place], odd, *parts[place + 1 :]]), False) for odd in ODD)


def _mark(key: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")
