"""One sale from the cart to the safe, told over REST by clients with a journal."""

from dataclasses import dataclass
from typing import Final

from marketplace.identity import SystemRole
from tests.kill.journal import Journal, Json
from tests.kill.town import Someone, Town

ADDRESS: Final = {
    "recipient": "Nora",
    "phone": "+966501234567",
    "line1": "7421 Anas Rd",
    "city": "Riyadh",
    "country": "SA",
}


@dataclass
class Story:
    """A buyer buys from two shops; one agent brings both parcels and the cash."""

    town: Town
    journal: Journal
    buyer: Someone
    agent: Someone

    def tell(self) -> list[str]:
        """Live it through; gives the numbers of its orders."""
        orders = self._check_out()["orders"]
        for order in orders:
            self._pack(order)
            self._bring(str(order["number"]))
        self._hand_over()
        return [str(order["number"]) for order in orders]

    def _check_out(self) -> Json:
        lines = [{"listing_id": str(listing), "quantity": 1} for listing in self.town.listings]
        quote = self.journal.put(self.buyer, "/cart", {"lines": lines, "coupon_codes": []})
        wish = {"quote_version": quote["quote_version"], "shipping_address": ADDRESS, "payment_method": "cash"}
        return self.journal.do(self.buyer, "/checkouts", wish)

    def _pack(self, order: Json) -> None:
        vendor = self.town.vendors[order["store"]["id"]]
        decisions = [{"line_id": line["id"], "decision": "accept"} for line in order["lines"]]
        self.journal.do(vendor, f"/vendor/orders/{order['number']}/decision", {"lines": decisions})
        self.journal.do(vendor, f"/vendor/orders/{order['number']}/ready")

    def _bring(self, number: str) -> None:
        dispatcher = self.town.officers[SystemRole.DISPATCHER]
        wish = {"order_number": number, "agent_id": self.agent.user_id}
        self.journal.do(dispatcher, "/dispatch/assignments", wish)
        self.journal.do(self.agent, f"/agent/stops/{self._stop(number, 'pickup')['id']}/pickup")
        door = self._stop(number, "drop")
        code = self.journal.get(self.buyer, f"/orders/{number}/code")["code"]
        self.journal.do(self.agent, f"/agent/stops/{door['id']}/deliver", {"proof": {"code": code}})
        self.journal.do(self.agent, f"/agent/stops/{door['id']}/cash", {"amount": door["cash_due"]})

    def _stop(self, number: str, kind: str) -> Json:
        stops: list[Json] = self.journal.get(self.agent, "/agent/stops?limit=100")["items"]
        return next(stop for stop in stops if (stop["order_number"], stop["kind"]) == (number, kind))

    def _hand_over(self) -> None:
        held = self.journal.get(self.agent, "/agent/cash")["total"]
        handed = self.journal.do(self.agent, "/agent/hand-overs", {"counted": held})
        cashier = self.town.officers[SystemRole.CASHIER]
        self.journal.do(cashier, f"/dispatch/hand-overs/{handed['id']}/accept", {"counted": held})
