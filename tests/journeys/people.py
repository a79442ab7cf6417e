"""People of the demo who speak REST, and what they trade in."""

import uuid
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

from tests.stacks import RunningStack

PASSWORD = "market-demo-2026"
Json = dict[str, Any]


@dataclass
class Person:
    """Somebody with an access token, who speaks JSON and expects a status."""

    http: httpx.Client
    token: str = ""
    me: Json = field(default_factory=dict)

    @classmethod
    def signed_in(cls, http: httpx.Client, email: str) -> Self:
        """Sign a person of the demo in."""
        person = cls(http)
        person.take(person.post("/auth/login", {"email": email, "password": PASSWORD}))
        return person

    def take(self, tokens: Json) -> None:
        """Keep what signing in gave."""
        self.token = tokens["access_token"]
        self.me = self.get("/me")

    def get(self, path: str, **query: str | int) -> Json:
        """Read."""
        return self._ask("GET", path, None, 200, query, None)

    def post(self, path: str, body: Json | None = None, expect: int | None = None, key: str | None = None) -> Json:
        """Do, under a key of its own unless one is given."""
        return self._ask("POST", path, body or {}, expect, {}, key or str(uuid.uuid4()))

    def put(self, path: str, body: Json, expect: int = 200) -> Json:
        """Set."""
        return self._ask("PUT", path, body, expect, {}, None)

    def _ask(self, method: str, path: str, body: Json | None, expect: int | None, query: Json, key: str | None) -> Json:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= {"Idempotency-Key": key} if key else {}
        answer = self.http.request(method, path, json=body, params=query, headers=headers)
        is_expected = answer.status_code == expect if expect else answer.is_success
        assert is_expected, f"{method} {path}: {answer.status_code} {answer.text}"
        assert "X-Request-Id" in answer.headers
        found: Json = answer.json() if answer.content else {}
        return found


@dataclass
class Trade:
    """Everybody who takes part, and what they trade in."""

    running: RunningStack
    http: httpx.Client
    currency: str

    def person(self, email: str) -> Person:
        """Sign somebody of the demo in."""
        return Person.signed_in(self.http, f"{email}@demo.test")

    def free_agent(self) -> str:
        """Find who of the agents has the most room for cash: the demo's own day has filled some pockets.

        Only three are asked: the others live the demo's older weeks, and bring in what they carry.
        """
        agents = {agent["id"]: agent for agent in self.person("dispatch").get("/dispatch/agents?limit=100")["items"]}

        def room(login: str) -> int:
            agent = agents[self.person(login).me["user"]["id"]]
            left: int = agent["cash_limit"]["minor"] - agent["cash_in_hand"]["minor"] - agent["cash_expected"]["minor"]
            return -1 if agent["is_blocked"] else left

        return max(("agent", "agent2", "agent3"), key=room)

    def money(self, minor: int) -> Json:
        """Say an amount."""
        return {"minor": minor, "currency": self.currency}

    def new_buyer(self) -> Person:
        """Register somebody new who buys."""
        buyer = Person(self.http)
        city = "Riyadh" if self.currency == "SAR" else "Tulsa"
        joined = buyer.post(
            "/auth/register",
            {
                "email": f"nora-{uuid.uuid4().hex[:8]}@example.test",
                "password": "a long enough password 9",
                "full_name": "Nora Al Harbi",
                "store": {"name": "Nora's kitchen", "kind": "buyer", "address": self.address(city)},
            },
            expect=201,
        )
        buyer.take(joined)
        return buyer

    def address(self, city: str) -> Json:
        """Say where to."""
        return {
            "label": "Home",
            "recipient": "Nora Al Harbi",
            "phone": "+966550184412" if self.currency == "SAR" else "+19185550123",
            "line1": "7421 Anas Ibn Malik Road",
            "city": city,
            "region": "Riyadh" if self.currency == "SAR" else "OK",
            "postal_code": "12271" if self.currency == "SAR" else "74103",
            "country": "SA" if self.currency == "SAR" else "US",
        }

    def listing(self, vendor: Person, *, title: str, price: int, tiers: list[Json], on_hand: int) -> Json:
        """Let a vendor register a product and offer it."""
        category = leaf(vendor)
        product = vendor.post(
            "/vendor/products",
            {
                "title": title,
                "description": f"{title}, made for this journey.",
                "brand": "Rihla",
                "category": category,
                "attributes": [{"name": "Color", "value": "Olive"}],
                "listing": {
                    "sku": f"J-{uuid.uuid4().hex[:8]}",
                    "condition": "new",
                    "price": self.money(price),
                    "tiers": tiers,
                    "on_hand": on_hand,
                },
            },
            expect=201,
        )
        listing: Json = product["listing"]
        return listing


def leaf(vendor: Person) -> str:
    """Find a category that products may stand in."""
    node = vendor.get("/categories")["items"][0]
    while node["children"]:
        node = node["children"][0]
    slug: str = node["slug"]
    return slug
