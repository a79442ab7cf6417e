"""The script of ninety days."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from marketplace.demo.cast import OKLAHOMA, SAUDI
from marketplace.demo.plan import CAPS, DAYS, RECENT_DAYS, Circle, Deed, Script, Verb
from marketplace.demo.shelves import wares

TODAY = datetime(2026, 3, 2, tzinfo=UTC)
UNTIL = TODAY - timedelta(hours=8)


def moment(days_ago: int, hour: float) -> datetime:
    return TODAY - timedelta(days=days_ago) + timedelta(hours=hour)


@pytest.fixture(params=["saudi", "oklahoma"])
def script(request: pytest.FixtureRequest) -> Script:
    cast, currency = {"saudi": (SAUDI, "SAR"), "oklahoma": (OKLAHOMA, "USD")}[request.param]
    goods = wares(request.param, currency)
    offers = {shop.code: [ware for ware in goods if shop.code == ware.vendors[0]] for shop in cast.vendors}
    return Script(moment, [Circle(offers, cast.buyers, cast.neighbors)], currency)


def placed(deeds: list[Deed]) -> int:
    return sum(len(deed.basket.wants) for deed in deeds if deed.verb is Verb.BUY and deed.basket)


class TestScript:
    def test_places_some_three_hundred_orders_in_ninety_days(self, script: Script) -> None:
        recent = script.days(RECENT_DAYS, 1, until=UNTIL)
        older = script.days(DAYS, RECENT_DAYS + 1, until=UNTIL)

        assert 260 <= placed(recent) + placed(older) <= 340

    def test_is_the_same_whenever_it_is_read(self, script: Script) -> None:
        assert script.days(30, 20, until=UNTIL) == script.days(30, 20, until=UNTIL)

    def test_goes_forward_in_time_and_never_past_its_end(self, script: Script) -> None:
        deeds = script.days(RECENT_DAYS, 1, until=UNTIL)

        assert [deed.at for deed in deeds] == sorted(deed.at for deed in deeds)
        assert all(deed.at <= UNTIL for deed in deeds if deed.verb is not Verb.BUY)
        assert all(deed.at < TODAY for deed in deeds)

    def test_does_about_an_order_what_comes_after_buying_it(self, script: Script) -> None:
        seen: set[str] = set()
        for deed in script.days(40, 20, until=UNTIL):
            if deed.basket and deed.verb is Verb.BUY:
                seen |= {f"{deed.basket.number}:{shop}" for shop in deed.basket.wants}
            elif deed.basket:
                assert deed.order in seen

    def test_leaves_nothing_of_the_older_weeks_open(self, script: Script) -> None:
        verbs: dict[str, list[Verb]] = {}
        for deed in script.days(RECENT_DAYS + 7, RECENT_DAYS + 1, until=UNTIL):
            if deed.basket and deed.verb is not Verb.BUY:
                verbs.setdefault(deed.order, []).append(deed.verb)
        ends = {Verb.COLLECT, Verb.ALLOW, Verb.REJECT, Verb.CANCEL, Verb.CALL_OFF, Verb.TAKE_BACK}

        assert all(done[-1] in ends for done in verbs.values())

    def test_keeps_an_order_within_what_an_agent_may_carry(self, script: Script) -> None:
        prices = {ware.number: ware.price.minor for goods in script.circles[0].offers.values() for ware in goods}
        baskets = [deed.basket for deed in script.days(DAYS, 1, until=UNTIL) if deed.verb is Verb.BUY and deed.basket]
        sums = [
            sum(prices[number] * units for number, units in wants)
            for basket in baskets
            for wants in basket.wants.values()
        ]

        assert max(sums) <= CAPS[script.currency]

    def test_shows_every_way_an_order_can_go(self, script: Script) -> None:
        counts = Counter(deed.verb for deed in script.days(RECENT_DAYS, 1, until=UNTIL))

        assert set(Verb) <= set(counts)
