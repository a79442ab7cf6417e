"""What a caller knows before he asks: the ids of real things, and values that fit them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from starlette.testclient import TestClient

from tests.fuzz.world import World

Item = Mapping[str, Any]
Word = Callable[["Knowing"], Any]

EMAIL: Final = "somebody@example.com"
PASSWORD: Final = "correct horse battery"
PLACE: Final = {
    "recipient": "Nora",
    "phone": "+966501234567",
    "line1": "7421 Anas Rd",
    "city": "Riyadh",
    "country": "SA",
}
MOST: Final = 100


@dataclass
class Speaker:
    """Somebody of the world, who reads lists as anyone would."""

    client: TestClient
    world: World
    who: str
    read: dict[tuple[str, str], list[Item]] = field(default_factory=dict)
    """Lists that were read a moment ago."""

    def items(self, path: str) -> list[Item]:
        """What a list shows him; nothing where it is not for him."""
        if (self.who, path) not in self.read:
            self.read[self.who, path] = list(self.ask(path).get("items", ()))
        return self.read[self.who, path]

    def ask(self, path: str) -> Item:
        """What one thing looks like to him; nothing where it is not for him."""
        answer = self.client.get(path, headers=self.world.headers(self.who))
        return dict(answer.json()) if answer.status_code == 200 else {}


@dataclass
class Knowing:
    """What one caller knows about what he is about to ask."""

    speaker: Speaker
    chance: Random
    item: Item = field(default_factory=dict)

    @classmethod
    def of(cls, speaker: Speaker, path: str, chance: Random) -> "Knowing":
        """Choose a thing that the path may be about, out of the list that it belongs to: first a state, then one."""
        collection, is_one, _ = path.partition("/{")
        by_state: dict[str, list[Item]] = {}
        for item in speaker.items(_whole(collection)) if is_one else ():
            by_state.setdefault(f"{item.get('state')} {item.get('can')} {item.get('kind')}", []).append(item)
        alike = by_state[chance.choice(sorted(by_state))] if by_state else []
        return cls(speaker, chance, chance.choice(alike) if alike else {})

    def named(self, parameter: str) -> str | None:
        """The name of the chosen thing, as a parameter of the path calls it."""
        found = self.item.get(parameter, self.item.get(parameter.removesuffix("_id"), self.item.get("id")))
        return None if found is None or isinstance(found, Mapping) else str(found)

    def filled(self, body: Any) -> Any:  # noqa: ANN401 (JSON)
        """Put real values where the names of the fields ask for them."""
        if isinstance(body, dict):
            return {name: self._value(name, value) for name, value in body.items()}
        return [self.filled(value) for value in body] if isinstance(body, list) else body

    def _value(self, name: str, value: Any) -> Any:  # noqa: ANN401 (JSON)
        word = WORDS.get(name)
        known = word(self) if word else None
        return self.filled(value) if known is None else known

    def one_of(self, path: str, name: str) -> Any:  # noqa: ANN401 (JSON)
        """The name of one thing in a list."""
        found = self.speaker.items(_whole(path))
        return self.chance.choice(found).get(name) if found else None

    def lines(self) -> list[Item]:
        """What is decided of every line, or bought."""
        if "lines" in self.item:
            return [{"line_id": line["id"], "decision": "accept"} for line in self.item["lines"]]
        offered = [item["fsin"] for item in self.speaker.items("/products")]
        page = self.speaker.ask(f"/products/{self.chance.choice(offered)}") if offered else {}
        offer = page.get("featured_offer")
        return [{"listing_id": offer["listing_id"], "quantity": 1}] if offer else []

    def proof(self) -> Item | None:
        """The code that the buyer would say at the door."""
        buyer = Speaker(self.speaker.client, self.speaker.world, "buyer")
        number = self.item.get("order_number")
        code = buyer.ask(f"/orders/{number}/code").get("code") if number else None
        return {"code": code} if code else None

    def counted(self) -> Item:
        """What there is to count."""
        held = self.speaker.ask("/agent/cash").get("total")
        return held or self.item.get("declared") or {"minor": 50_00, "currency": "SAR"}

    def refreshing(self) -> str:
        """A token that nobody has used yet."""
        wish = {"email": EMAIL, "password": PASSWORD}
        return str(self.speaker.client.post("/auth/login", json=wish).json()["refresh_token"])

    def packed(self) -> str | None:
        """An order that waits for an agent."""
        waiting = self.speaker.items("/dispatch/queue")
        return str(self.chance.choice(waiting)["order"]["number"]) if waiting else None


WORDS: Final[Mapping[str, Word]] = {
    "accept": lambda _: True,
    "address_id": lambda known: known.one_of("/addresses", "id"),
    "agent_id": lambda known: known.one_of("/dispatch/agents", "id"),
    "amount": lambda known: known.item.get("cash_due"),
    "attributes": lambda _: [{"name": "Color", "value": "Olive"}],
    "bytes": lambda _: 1_000,
    "category": lambda _: "kettles",
    "content_type": lambda _: "image/png",
    "counted": Knowing.counted,
    "country": lambda _: "SA",
    "currency": lambda _: "SAR",
    "expected_version": lambda known: known.item.get("version"),
    "fsin": lambda known: known.one_of("/products", "fsin"),
    "images": lambda _: [],
    "instead_of": lambda _: None,
    "lines": Knowing.lines,
    "list_price": lambda _: None,
    "max_quantity": lambda _: None,
    "min_quantity": lambda _: 1,
    "minor": lambda known: known.chance.randint(10_00, 90_00),
    "note": lambda _: "Counted twice.",
    "order_number": Knowing.packed,
    "payment_method": lambda _: "cash",
    "phone": lambda _: "+966501234567",
    "proof": Knowing.proof,
    "quantity": lambda _: 1,
    "quantity_step": lambda _: 1,
    "quote_version": lambda known: known.speaker.ask("/cart").get("quote_version"),
    "refresh_token": Knowing.refreshing,
    "shipping_address": lambda _: PLACE,
    "sku": lambda known: f"SKU-F{known.chance.randrange(10**9)}",
    "store_id": lambda known: (known.speaker.ask("/me").get("store") or {}).get("id"),
    "tiers": lambda _: [],
    "title": lambda known: f"Kettle {known.chance.randrange(10**9)}",
    "up_to": lambda known: known.one_of("/notifications", "id"),
    "upc": lambda _: None,
}
"""What a field of this name holds where the caller knows what he is doing."""

CREDENTIALS: Final[Mapping[str, Callable[[Random], Mapping[str, str]]]] = {
    "POST /auth/login": lambda _: {"email": EMAIL, "password": PASSWORD},
    "POST /auth/register": lambda chance: {"email": f"p{chance.randrange(10**9)}@example.com", "password": PASSWORD},
}
"""What is known of a whole body, where its fields belong together."""


def _whole(path: str) -> str:
    return f"{path}?limit={MOST}"
