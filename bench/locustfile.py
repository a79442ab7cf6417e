"""The load: people who look, and people who buy, at a steady rate."""

import itertools
import json
import os
import random
import uuid
from pathlib import Path
from urllib.parse import urlencode

from locust import FastHttpUser, constant_throughput, task

PLAN = json.loads(Path(os.environ["BENCH_PLAN"]).read_text(encoding="utf-8"))
BUYERS = itertools.cycle(PLAN["tokens"])
PATHS = [f"/products?{urlencode(question)}" for question in PLAN["questions"]]
DEEP = [f"/products?{urlencode(question)}" for question in PLAN["deep"]]


class Looking(FastHttpUser):
    """Reads lists."""

    wait_time = constant_throughput(PLAN["looks_per_second"] / PLAN["lookers"])

    @task
    def look(self) -> None:
        """Ask one question, a popular one more likely."""
        is_deep = DEEP and random.random() < PLAN["share_deep"]  # noqa: S311 (traffic)
        paths, shares = (DEEP, PLAN["deep_shares"]) if is_deep else (PATHS, PLAN["shares"])
        path = random.choices(paths, cum_weights=shares)[0]  # noqa: S311 (traffic)
        self.client.get(path, headers={"Authorization": f"Bearer {next(BUYERS)}"}, name="GET /products")


class Buying(FastHttpUser):
    """Fills a cart with three lines of two vendors, and checks out."""

    wait_time = constant_throughput(PLAN["buys_per_second"] / PLAN["shoppers"])

    @task
    def buy(self) -> None:
        """One checkout."""
        headers = {"Authorization": f"Bearer {next(BUYERS)}"}
        first, second = PLAN["listings"]
        chosen = [*random.sample(first, 2), random.choice(second)]  # noqa: S311 (traffic)
        lines = [{"listing_id": listing, "quantity": 1} for listing in chosen]
        quote = self.client.put("/cart", headers=headers, json={"lines": lines, "coupon_codes": []}, name="PUT /cart")
        if quote.status_code != 200:  # noqa: PLR2004 (HTTP's own word for yes)
            return
        wish = {
            "quote_version": quote.json()["quote_version"],
            "shipping_address": PLAN["address"],
            "payment_method": "cash",
        }
        keyed = headers | {"Idempotency-Key": str(uuid.uuid4())}
        self.client.post("/checkouts", headers=keyed, json=wish, name="POST /checkouts")
