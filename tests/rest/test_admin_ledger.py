"""The books over HTTP."""

import csv
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from marketplace import ledger
from marketplace.identity import SystemRole
from marketplace.kernel.actor import Actor, visitor
from marketplace.kernel.ids import OrderId, StoreId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger import Posting
from marketplace.ports import House

VENDOR = StoreId(new_uuid())
ORDER = OrderId(new_uuid())


@pytest.fixture
def finance(hire: Callable[[SystemRole], dict[str, str]]) -> dict[str, str]:
    """The headers of somebody of the house who looks after its money."""
    return hire(SystemRole.FINANCE)


@pytest.fixture
def booked(house: House) -> list[str]:
    """Two transactions: money into the bank, and a sale of one order."""

    def book(_actor: Actor, uow: UnitOfWork) -> list[str]:
        riyal = Money(11_500, "SAR")
        bank = [Posting.debit(ledger.BANK, riyal), Posting.credit(ledger.SAFE, riyal)]
        sale = [Posting.debit(ledger.SAFE, riyal), Posting.credit(ledger.vendor_pending(VENDOR), riyal)]
        first = ledger.post(uow, kind="deposit", source="=cmd()", key="1", postings=bank)
        second = ledger.post(uow, kind="sale", source="order:X", key="2", postings=sale, order_id=ORDER)
        ledger.seal(uow)
        return [str(first), str(second)]

    return house.db.transact(book, visitor())


class TestTransactions:
    def test_are_listed_newest_first(self, client: TestClient, finance: dict[str, str], booked: list[str]) -> None:
        listed = client.get("/admin/ledger/transactions?limit=1", headers=finance).json()
        rest = client.get(f"/admin/ledger/transactions?cursor={listed['next_cursor']}", headers=finance).json()

        (newest,) = listed["items"]
        assert newest["id"] == booked[1]
        assert newest["postings"] == [
            {
                "account": "1010",
                "title": "Cash safe",
                "debit": {"minor": 11_500, "currency": "SAR"},
                "credit": None,
            },
            {
                "account": f"2100:store:{VENDOR}",
                "title": "Vendor payable, pending",
                "debit": None,
                "credit": {"minor": 11_500, "currency": "SAR"},
            },
        ]
        assert [item["id"] for item in rest["items"]] == [booked[0]]
        assert newest["previous_hash"] == rest["items"][0]["hash"]

    @pytest.mark.parametrize(
        "asked", [f"order_id={ORDER}", "account=2100", f"account=2100:store:{VENDOR}"], ids=["order", "code", "account"]
    )
    def test_are_narrowed_down(
        self, client: TestClient, finance: dict[str, str], booked: list[str], asked: str
    ) -> None:
        listed = client.get(f"/admin/ledger/transactions?{asked}", headers=finance).json()

        assert [item["id"] for item in listed["items"]] == [booked[1]]

    def test_are_no_business_of_others(self, client: TestClient) -> None:
        assert client.get("/admin/ledger/transactions").status_code == 401

    @pytest.mark.parametrize("asked", ["account=x", "order_id=x", "cursor=x", "cursor=WyJ4IiwieSJd", "limit=0"])
    def test_turn_nonsense_down(self, client: TestClient, finance: dict[str, str], asked: str) -> None:
        assert client.get(f"/admin/ledger/transactions?{asked}", headers=finance).status_code == 422

    def test_are_sent_as_a_file(self, client: TestClient, finance: dict[str, str], booked: list[str]) -> None:
        answer = client.get("/admin/ledger/transactions.csv", headers=finance)

        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert 'filename="transactions.csv"' in answer.headers["content-disposition"]
        rows = list(csv.DictReader(answer.text.splitlines()))
        assert [(row["transaction_id"], row["account"], row["debit"], row["credit"]) for row in rows] == [
            (booked[1], "1010", "115.00", ""),
            (booked[1], f"2100:store:{VENDOR}", "", "115.00"),
            (booked[0], "1000", "115.00", ""),
            (booked[0], "1010", "", "115.00"),
        ]
        assert rows[3]["source"] == "'=cmd()"

    def test_are_not_sent_to_strangers(self, client: TestClient) -> None:
        assert client.get("/admin/ledger/transactions.csv").status_code == 401


class TestTrialBalance:
    def test_sums_up_either_side(self, client: TestClient, finance: dict[str, str], booked: list[str]) -> None:
        (riyals,) = client.get("/admin/ledger/trial-balance", headers=finance).json()["currencies"]

        assert (riyals["currency"], riyals["debit_minor"], riyals["credit_minor"]) == ("SAR", 23_000, 23_000)
        assert [(line["account"], line["debit_minor"], line["credit_minor"]) for line in riyals["accounts"]] == [
            ("1000", 11_500, 0),
            ("1010", 11_500, 11_500),
            (f"2100:store:{VENDOR}", 0, 11_500),
        ]

    def test_stops_where_it_is_told(self, client: TestClient, finance: dict[str, str], booked: list[str]) -> None:
        before = client.get("/admin/ledger/trial-balance?at=2020-01-01T00:00:00Z", headers=finance).json()
        after = client.get("/admin/ledger/trial-balance?since=2090-01-01T00:00:00Z", headers=finance).json()

        assert (before["currencies"], after["currencies"]) == ([], [])

    @pytest.mark.parametrize("at", ["yesterday", "0001-01-01T00:00:00Z", "2020-01-01T00:00:00"])
    def test_turns_no_instant_down(self, client: TestClient, finance: dict[str, str], at: str) -> None:
        assert client.get(f"/admin/ledger/trial-balance?at={at}", headers=finance).status_code == 422


class TestAgreement:
    def test_reports_where_the_books_differ(
        self, client: TestClient, finance: dict[str, str], booked: list[str]
    ) -> None:
        report = client.get("/admin/ledger/agreement", headers=finance).json()

        assert (report["agrees"], report["orders"], report["transactions"]) == (False, 0, 2)
        assert report["disagreements"][0] == {
            "order": None,
            "account": "1000",
            "expected": {"minor": 0, "currency": "SAR"},
            "actual": {"minor": 11_500, "currency": "SAR"},
        }
        assert (report["cash_with_agents"], report["payable_to_vendors"], report["breaches"]) == ([], [], [])

    def test_reports_that_all_is_well(self, client: TestClient, finance: dict[str, str]) -> None:
        assert client.get("/admin/ledger/agreement", headers=finance).json()["agrees"] is True
