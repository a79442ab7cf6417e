"""Somebody who changes a price under load, and watches until the list shows it."""

import threading
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import httpx

SECONDS_BETWEEN: Final = 3.0
SECONDS_TO_GIVE_UP: Final = 30.0
LOOK_EVERY: Final = 0.1
HIGHEST: Final = 500
"""Below what anybody else asks: the card of the product shows it, and it goes down from here."""


@dataclass
class Probe:
    """Changes prices in a thread of its own, until it is told to stop."""

    url: str
    token: str
    listing_id: str
    seconds: list[float] = field(default_factory=list)
    """How long each change took to be seen."""
    _is_over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> list[float]:
        """End; gives how long each change took."""
        self._is_over.set()
        if self._thread is not None:
            self._thread.join()
        return self.seconds

    def _run(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        with httpx.Client(base_url=self.url, headers=headers, timeout=SECONDS_TO_GIVE_UP) as http:
            listing = http.get(f"/vendor/listings/{self.listing_id}").json()
            store = http.get("/me").json()["store"]["id"]
            question = {"q": listing["title"], "store": store, "sort": "price_asc", "limit": 5}
            for price in count(HIGHEST, -1):
                if self._is_over.wait(SECONDS_BETWEEN):
                    return
                wish = {"price": {"minor": price, "currency": "SAR"}, "list_price": None}
                http.patch(f"/vendor/listings/{self.listing_id}", json=wish).raise_for_status()
                self.seconds.append(self._seen(http, question, listing["fsin"], price))

    def _seen(self, http: httpx.Client, question: dict[str, str | int], fsin: str, price: int) -> float:
        started = time.monotonic()
        while time.monotonic() - started < SECONDS_TO_GIVE_UP:
            items = http.get("/products", params=question).json()["items"]
            if any(item["fsin"] == fsin and item["price"]["minor"] == price for item in items):
                break
            time.sleep(LOOK_EVERY)
        return time.monotonic() - started
