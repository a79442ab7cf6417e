"""The first sale, told over REST alone: nothing here knows the house from inside."""

import uuid

import pytest

from tests.journeys import books
from tests.journeys.people import Json, Person, Trade
from tests.journeys.waiting import wait_until

KETTLE, DISCOUNT = 4_900, 245
"""What the kettle costs, and what comes off each from five on, in minor units."""

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]


class TestFirstSale:
    def test_is_made_delivered_and_paid_out(self, trade: Trade) -> None:
        vendor, vendor2 = trade.person("vendor"), trade.person("vendor2")
        kettle = trade.listing(
            vendor,
            title=f"Gooseneck kettle {uuid.uuid4().hex[:6]}",
            price=KETTLE,
            tiers=[{"min_quantity": 5, "discount_percent": "5"}],
            on_hand=40,
        )
        beans = trade.listing(vendor2, title="Khawlani coffee beans", price=2_200, tiers=[], on_hand=40)
        mugs = trade.listing(vendor2, title="Stoneware mugs", price=3_600, tiers=[], on_hand=40)

        buyer = trade.new_buyer()
        quote = buyer.put(
            "/cart",
            {
                "lines": [
                    {"listing_id": kettle["id"], "quantity": 5},
                    {"listing_id": beans["id"], "quantity": 2},
                    {"listing_id": mugs["id"], "quantity": 1},
                ],
                "coupon_codes": [],
            },
        )
        group = {line["listing_id"]: line for part in quote["groups"] for line in part["lines"]}
        assert group[kettle["id"]]["unit_price"] == trade.money(KETTLE)
        assert group[kettle["id"]]["discount"] == trade.money(DISCOUNT * 5)
        assert group[kettle["id"]]["line_total"] == trade.money((KETTLE - DISCOUNT) * 5)

        checkout = self.check_out(trade, buyer, quote)
        orders = {order["store"]["id"]: order for order in checkout["orders"]}
        first, second = orders[vendor.me["store"]["id"]], orders[vendor2.me["store"]["id"]]
        assert (first["state"], second["state"]) == ("placed", "placed")

        self.decide(vendor, first["number"], rejecting=())
        self.decide(vendor2, second["number"], rejecting=(mugs["id"],))
        assert buyer.get(f"/orders/{second['number']}")["state"] == "partially_accepted"
        for person, order in ((vendor, first), (vendor2, second)):
            assert person.post(f"/vendor/orders/{order['number']}/ready")["state"] == "ready"

        agent = trade.person(trade.free_agent())
        collected = sum(self.deliver(trade, agent, buyer, order["number"]) for order in (first, second))
        self.hand_over(trade, agent, collected)
        self.pay_out(trade, [first["number"], second["number"]])

        wait_until(
            lambda: all(buyer.get(f"/orders/{order['number']}")["state"] == "closed" for order in (first, second))
        )
        self.books_agree(trade)
        for person, order in ((vendor, first), (vendor2, second)):
            sold = person.get(f"/vendor/orders/{order['number']}")
            assert books.postings(trade.person("finance"), sold["id"]) == books.expected(sold)

    def check_out(self, trade: Trade, buyer: Person, quote: Json) -> Json:
        """Press the button twice and get one checkout."""
        wish = {
            "quote_version": quote["quote_version"],
            "shipping_address": trade.address("Riyadh" if trade.currency == "SAR" else "Tulsa"),
            "payment_method": "cash",
            "all_or_nothing": False,
        }
        key = str(uuid.uuid4())
        first = buyer.post("/checkouts", wish, expect=201, key=key)
        again = buyer.post("/checkouts", wish, expect=201, key=key)
        assert again == first
        assert first["rejected_lines"] == []
        assert len(first["orders"]) == 2
        return first

    def decide(self, vendor: Person, number: str, *, rejecting: tuple[str, ...]) -> None:
        """Accept an order, but for the lines that are named."""
        lines = vendor.get(f"/vendor/orders/{number}")["lines"]
        decisions = [
            {"line_id": line["id"], "decision": "reject", "reason": "out_of_stock"}
            if line["listing_id"] in rejecting
            else {"line_id": line["id"], "decision": "accept"}
            for line in lines
        ]
        vendor.post(f"/vendor/orders/{number}/decision", {"lines": decisions})

    def deliver(self, trade: Trade, agent: Person, buyer: Person, number: str) -> int:
        """Dispatch, pick up, deliver by the buyer's code and collect the exact cash; gives the sum."""
        dispatcher = trade.person("dispatch")
        waiting = [item["order"]["number"] for item in self.everything(dispatcher, "/dispatch/queue")]
        assert number in waiting
        dispatcher.post(
            "/dispatch/assignments", {"order_number": number, "agent_id": agent.me["user"]["id"]}, expect=201
        )
        stops = {
            stop["kind"]: stop for stop in self.everything(agent, "/agent/stops") if stop["order_number"] == number
        }
        agent.post(f"/agent/stops/{stops['pickup']['id']}/pickup")
        drop = next(
            stop
            for stop in self.everything(agent, "/agent/stops")
            if stop["order_number"] == number and stop["kind"] == "drop"
        )
        due = drop["cash_due"]
        code = buyer.get(f"/orders/{number}")["delivery_code"]
        agent.post(f"/agent/stops/{drop['id']}/deliver", {"proof": {"code": code}})
        agent.post(f"/agent/stops/{drop['id']}/cash", {"amount": due})
        assert buyer.get(f"/orders/{number}")["state"] == "delivered"
        minor: int = due["minor"]
        return minor

    def hand_over(self, trade: Trade, agent: Person, collected: int) -> None:
        """Hand the cash over, and let the cashier count it blind."""
        cashier = trade.person("cashier")
        held: Json = agent.get("/agent/cash")["total"]
        assert held["minor"] >= collected
        handed = agent.post("/agent/hand-overs", {"counted": held}, expect=201)
        accepted = cashier.post(f"/dispatch/hand-overs/{handed['id']}/accept", {"counted": held})
        assert accepted["state"] == "accepted"
        assert agent.get("/agent/cash")["total"] == trade.money(0)

    def pay_out(self, trade: Trade, numbers: list[str]) -> None:
        """Let time pass until the money is mature, and confirm the payouts that hold these orders."""
        trade.running.move_clock("8d")
        finance = trade.person("finance")
        for payout in self.payouts_of(trade, finance, numbers):
            finance.post(f"/admin/payouts/{payout['id']}/confirm", {"reference": "BANK-1"})
        trade.running.move_clock("1d")

    def payouts_of(self, trade: Trade, finance: Person, numbers: list[str]) -> list[Json]:
        """Wait until the proposed payouts hold all of these orders."""
        found: list[Json] = []

        def are_proposed() -> bool:
            found[:] = [
                payout
                for payout in self.everything(finance, "/admin/payouts", state="proposed")
                if set(numbers) & set(payout["orders"])
            ]
            return set(numbers) <= {number for payout in found for number in payout["orders"]}

        wait_until(are_proposed)
        return found

    def books_agree(self, trade: Trade) -> None:
        """The books balance, and agree with the orders."""
        finance = trade.person("finance")
        for part in finance.get("/admin/ledger/trial-balance")["currencies"]:
            assert part["debit_minor"] == part["credit_minor"]
        report = finance.get("/admin/ledger/agreement")
        assert report["disagreements"] == []

    def everything(self, person: Person, path: str, **query: str | int) -> list[Json]:
        """Read a list to its end."""
        items: list[Json] = []
        asked = dict(query)
        while True:
            page = person.get(path, limit=100, **asked)
            items += page["items"]
            if page.get("next_cursor") is None:
                return items
            asked["cursor"] = page["next_cursor"]
