"""What the house takes."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from marketplace import catalog, fees
from marketplace.catalog.models import Category
from marketplace.fees import FeeBook, FeeFacts, FeeRule, NoRule
from marketplace.fees.models import FeeRuleRecord, FeeSchedule
from marketplace.kernel.ids import StoreId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.profile import OKLAHOMA, Profile
from marketplace.kernel.work import UnitOfWork

STORE = StoreId(new_uuid())


def sold(minor: int, *path: str, shipping: int = 0, quantity: int = 1) -> FeeFacts:
    return FeeFacts(
        store_id=STORE,
        category_path=path,
        item_total=Money(minor, "SAR"),
        shipping=Money(shipping, "SAR"),
        vat_bps=1500,
        quantity=quantity,
    )


def rule(category: str, bps: int, *, least: int | None = None, most: int | None = None) -> FeeRule:
    return FeeRule(UUID(int=bps), category, None, bps, least, most)


@pytest.mark.usefixtures("chosen")
class TestSaudiSchedule:
    """The examples of domain-rules B16."""

    @pytest.mark.parametrize(
        ("path", "bps"),
        [
            (("apparel", "thobes"), 1500),
            (("books", "arabic-books"), 1000),
            (("cameras", "lenses"), 800),
            (("electronics", "televisions"), 500),
            (("electronics-accessories", "power-banks"), 1000),
            (("health", "vitamins"), 1400),
            (("baby-toys", "baby-care"), 1400),
            (("baby-toys", "toys"), 1500),
            (("beauty", "makeup"), 900),
            (("automotive",), 1000),
            (("furniture",), 1500),
            (("coffee-tea", "grinders"), 1000),
            (("coffee-tea", "tea"), 900),
            (("outdoor",), 1500),
        ],
    )
    def test_takes_the_rate_of_the_category(self, uow: UnitOfWork, path: tuple[str, ...], bps: int) -> None:
        fees.install_default(uow)

        assert fees.assess(uow.session, facts=sold(115_000, *path), at=uow.now).bps == bps

    @pytest.mark.parametrize(("total", "quantity", "bps"), [(2_500, 1, 300), (2_501, 1, 900), (7_500, 3, 300)])
    def test_takes_less_of_cheap_groceries(self, uow: UnitOfWork, total: int, quantity: int, bps: int) -> None:
        fees.install_default(uow)

        facts = sold(total, "dates-pantry", "dates", quantity=quantity)
        assert fees.assess(uow.session, facts=facts, at=uow.now).bps == bps

    def test_takes_a_part_of_the_price_without_vat_and_puts_vat_on_it(self, uow: UnitOfWork) -> None:
        fees.install_default(uow)

        fee = fees.assess(uow.session, facts=sold(11_500, "books", shipping=2_300), at=uow.now)

        assert (fee.base_minor, fee.amount_minor, fee.vat_minor, fee.currency) == (12_000, 1_200, 180, "SAR")
        assert (fee.version, fee.bps, fee.min_minor, fee.max_minor) == (1, 1000, 100, None)

    def test_takes_one_riyal_at_least(self, uow: UnitOfWork) -> None:
        fees.install_default(uow)

        fee = fees.assess(uow.session, facts=sold(575, "books"), at=uow.now)

        assert (fee.base_minor, fee.amount_minor, fee.vat_minor) == (500, 100, 15)

    def test_speaks_of_categories_that_there_are(self, uow: UnitOfWork) -> None:
        fees.install_default(uow)
        catalog.install_default_categories(uow)

        paths = set(uow.session.exec(select(Category.path)).all())
        assert {rule.category for rule in fees.book(uow.session, at=uow.now).rules} - paths == {""}

    def test_is_installed_once(self, uow: UnitOfWork) -> None:
        fees.install_default(uow)
        before = fees.book(uow.session, at=uow.now)
        fees.install_default(uow)

        assert fees.book(uow.session, at=uow.now) == before


class TestOklahomaSchedule:
    @pytest.mark.parametrize("chosen", [OKLAHOMA], indirect=True)
    def test_takes_one_rate_of_everything(self, uow: UnitOfWork, chosen: Profile) -> None:
        fees.install_default(uow)
        facts = FeeFacts(STORE, ("flower",), Money(100_000, "USD"), Money(0, "USD"), vat_bps=0)

        fee = fees.assess(uow.session, facts=facts, at=uow.now)

        assert (fee.bps, fee.amount_minor, fee.vat_minor, fee.currency) == (500, 5_000, 0, "USD")


class TestBook:
    @pytest.mark.usefixtures("chosen")
    def test_reads_the_version_in_force(self, uow: UnitOfWork) -> None:
        fees.install_default(uow)
        for version, days in ((2, -1), (3, 1)):
            starts_at = uow.now + timedelta(days=days)
            schedule = FeeSchedule(version=version, title="x", currency="SAR", vat_bps=0, starts_at=starts_at)
            uow.session.add(schedule)
            uow.session.flush()
            uow.session.add(FeeRuleRecord(schedule_id=schedule.id, category="", bps=version))
        uow.session.flush()

        assert fees.book(uow.session, at=uow.now).version == 2
        assert fees.book(uow.session, at=uow.now + timedelta(days=1)).version == 3
        assert fees.book(uow.session, at=uow.now - timedelta(days=2)).version == 1

    def test_refuses_where_no_schedule_was_installed(self, uow: UnitOfWork) -> None:
        with pytest.raises(NoRule):
            fees.book(uow.session, at=uow.now)


class TestAssess:
    def test_takes_the_deepest_category_that_covers_the_sale(self) -> None:
        book = FeeBook(1, 0, [rule("", 1), rule("home", 2), rule("home/kitchen", 3), rule("homeware", 4)])

        assert book.assess(sold(100, "home", "kitchen", "pans")).bps == 3
        assert book.assess(sold(100, "home", "kitchens")).bps == 2
        assert book.assess(sold(100, "garden")).bps == 1

    def test_takes_no_more_than_the_greatest(self) -> None:
        book = FeeBook(1, 1500, [rule("", 1000, least=100, most=5_000)])

        fee = book.assess(sold(11_500_000))

        assert (fee.amount_minor, fee.vat_minor) == (5_000, 750)

    def test_refuses_what_no_rule_covers(self) -> None:
        with pytest.raises(NoRule):
            FeeBook(1, 0, [rule("home", 2)]).assess(sold(100, "garden"))
