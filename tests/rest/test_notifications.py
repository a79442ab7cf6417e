"""The bell over HTTP."""

from collections.abc import Callable
from uuid import UUID

from starlette.testclient import TestClient

from marketplace import notifications
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import EventId, UserId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House

Join = Callable[..., dict[str, str]]


def tell(house: House, client: TestClient, reader: dict[str, str], number: str) -> None:
    user_id = UserId(UUID(client.get("/me", headers=reader).json()["user"]["id"]))

    def telling(_actor: Actor, uow: UnitOfWork) -> None:
        notifications.notify(
            uow,
            rule="order_delivered",
            user_ids=[user_id],
            about={"number": number},
            event_id=EventId(new_uuid()),
        )

    house.db.transact(telling, system("test"))


class TestNotifications:
    def test_are_listed_in_the_callers_language(self, client: TestClient, house: House, join: Join) -> None:
        reader = join()
        tell(house, client, reader, "25-1201-6X2D-1")

        english = client.get("/notifications", headers=reader).json()
        arabic = client.get("/notifications", headers={**reader, "Accept-Language": "ar"}).json()

        assert english["unread"] == 1
        assert english["items"][0]["title"] == "Order 25-1201-6X2D-1 was delivered"
        assert english["items"][0]["link"] == "/orders/25-1201-6X2D-1"
        assert arabic["items"][0]["title"] == "وصل الطلب \u206825-1201-6X2D-1\u2069"

    def test_are_read_one_by_one_and_all_at_once(self, client: TestClient, house: House, join: Join) -> None:
        reader = join()
        for number in ("1", "2", "3"):
            tell(house, client, reader, number)
        newest, middle, _ = client.get("/notifications", headers=reader).json()["items"]

        read = client.post(f"/notifications/{newest['id']}/read", headers=reader)
        rest = client.post("/notifications/read-all", json={"up_to": middle["id"]}, headers=reader)
        unread = client.get("/notifications?state=unread", headers=reader).json()

        assert read.json()["read_at"] is not None
        assert rest.json() == {"unread": 0}
        assert (unread["items"], unread["unread"]) == ([], 0)

    def test_are_ones_own(self, client: TestClient, house: House, join: Join) -> None:
        mine, theirs = join(), join()
        tell(house, client, theirs, "1")
        notice = client.get("/notifications", headers=theirs).json()["items"][0]

        assert client.get("/notifications", headers=mine).json()["items"] == []
        assert client.post(f"/notifications/{notice['id']}/read", headers=mine).status_code == 404
        assert client.post("/notifications/read-all", json={"up_to": notice["id"]}, headers=mine).status_code == 404
        assert client.get("/notifications").status_code == 401
