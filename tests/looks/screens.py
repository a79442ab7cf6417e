"""Every page there is, each at an address where there is something to see, as the person who uses it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from marketplace.settings import Profile
from pages.areas import ROUTES
from pages.building import Audience, Building
from pages.routes import Route
from tests.journeys.people import Json, Trade

VISITORS: Final = ("/sign-in", "/register", "/help", "/terms", "/privacy", "/offline", "/contact")
"""Where people are before they are somebody."""

WORKERS: Final = {"shop": "buyer", "vendor": "vendor", "agent": "agent", "admin": "admin"}
"""Who uses what: by the first word of the path."""

STRANGERS: Final = {"/admin": "agent"}
"""Pages that only lead on: what is to be seen there is what they say to somebody who may not."""


@dataclass(frozen=True)
class Screen:
    """One page, who looks at it (nobody yet: ""), and where."""

    route: Route
    login: str
    address: str

    @property
    def name(self) -> str:
        """Call it as a file may be called."""
        return self.route.path.strip("/").replace("/", "-").replace("[", "").replace("]", "") or "home"

    @property
    def audience(self) -> Audience:
        """Who it is for."""
        return Building("en", self.route.path).audience

    @property
    def is_shop(self) -> bool:
        """Whether it belongs to the shop."""
        return self.audience == "shop"


def screens(trade: Trade) -> list[Screen]:
    """Find every page's screen in a marketplace with its demo world, ordered by who looks."""
    sights = _Sights(trade)
    found = [Screen(route, login_for(route, trade), sights.address(route)) for route in ROUTES]
    return sorted(found, key=lambda screen: screen.login)


def login_for(route: Route, trade: Trade) -> str:
    """Say who uses a page."""
    if route.path in VISITORS or (route.path == "/" and trade.running.profile is Profile.SAUDI):
        return ""
    return STRANGERS.get(route.path) or WORKERS[Building("en", route.path).audience]


class _Sights:
    """What the demo world has to show, asked over REST."""

    def __init__(self, trade: Trade) -> None:
        self._people = {login: trade.person(login) for login in WORKERS.values()}
        self._currency = trade.currency

    def address(self, route: Route) -> str:
        """Fill the names in a page's path, and ask for what makes it worth looking at."""
        filled: Mapping[str, Callable[[], str]] = {
            "/search": lambda: f"/search?q={self._product()['title'].split()[0]}",
            "/c/[slug]": lambda: f"/c/{self._category()}",
            "/v/[slug]": lambda: f"/v/{self._product()['featured_offer']['store']['slug']}",
            "/p/[fsin]": lambda: f"/p/{self._product()['fsin']}",
            "/cart": self._filled_cart,
            "/orders/[number]": lambda: f"/orders/{self._order('buyer', '/orders')}",
            "/vendor/orders": lambda: f"/vendor/orders?order={self._order('vendor', '/vendor/orders')}",
            "/vendor/orders/[number]": lambda: f"/vendor/orders/{self._order('vendor', '/vendor/orders')}",
            "/vendor/orders/[number]/slip": lambda: f"/vendor/orders/{self._order('vendor', '/vendor/orders')}/slip",
            "/vendor/listings/[listing]": lambda: f"/vendor/listings/{self._listing()}",
            "/agent/stops/[stop]": lambda: f"/agent/stops/{self._stop()}",
            "/admin/hand-overs": lambda: "/admin/hand-overs?state=all",
            "/admin/orders/[number]": lambda: f"/admin/orders/{self._order('admin', '/admin/orders')}",
        }
        found = filled.get(route.path)
        return found() if found else route.path

    def _product(self) -> Json:
        """The one that most shops sell, with prices by quantity."""
        buyer = self._people["buyer"]
        cards = buyer.get("/products", limit=48)["items"]
        most = max(cards, key=lambda card: (card["offer_count"], "volume_price" in card["badges"], card["fsin"]))
        return buyer.get(f"/products/{most['fsin']}")

    def _category(self) -> str:
        slug: str = self._people["buyer"].get("/categories")["items"][0]["slug"]
        return slug

    def _order(self, login: str, path: str) -> str:
        """One that waits for somebody, if there is any."""
        return _first_with(self._people[login].get(path, limit=50)["items"], state=("placed", "ready", "accepted"))

    def _listing(self) -> str:
        listings = self._people["vendor"].get("/vendor/listings", limit=50)["items"]
        found: str = max(listings, key=lambda listing: len(listing["tiers"]))["id"]
        return found

    def _stop(self) -> str:
        stops = self._people["agent"].get("/agent/stops")["items"]
        found: str = max(stops, key=lambda stop: (stop["state"] != "done", len(stop["can"]), stop["id"]))["id"]
        return found

    def _filled_cart(self) -> str:
        """Put something of two shops into the buyer's cart; checking out shows it too."""
        buyer = self._people["buyer"]
        by_shop = {card["store"]["slug"]: card for card in buyer.get("/products", limit=48)["items"]}
        lines = [{"listing_id": card["listing_id"], "quantity": 6} for card in list(by_shop.values())[:2]]
        buyer.put("/cart", {"lines": lines, "coupon_codes": []})
        return "/cart"


def _first_with(orders: list[Json], *, state: tuple[str, ...]) -> str:
    ranked: Mapping[str, int] = {name: place for place, name in enumerate(state)}
    number: str = min(orders, key=lambda order: (ranked.get(order["state"], len(state)), order["number"]))["number"]
    return number
