"""What a quote is named by, and how two are told apart."""

from dataclasses import replace
from datetime import timedelta

from marketplace import cart
from marketplace.cart import Pinned, QuoteView, Version, Wanted, differences
from marketplace.cart.policy import Owner
from marketplace.kernel.actor import Actor
from marketplace.kernel.work import UnitOfWork
from tests.factories.shelves import OnSale


def put(actor: Actor, uow: UnitOfWork, *lines: tuple[OnSale, int]) -> QuoteView:
    return cart.put_lines(actor, uow, lines=[(sold.listing.id, quantity) for sold, quantity in lines])


def digest(quote: QuoteView) -> str:
    version = Version.read(quote.quote_version)
    assert version is not None
    return version.digest


class TestVersion:
    def test_holds_for_a_quarter_of_an_hour(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        quote = put(buyer, uow, (kettle, 1))

        version = Version.read(quote.quote_version)
        assert version is not None
        assert version.valid_until == quote.valid_until == uow.now + timedelta(minutes=15)

    def test_names_what_is_priced_and_nothing_else(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        quote = put(buyer, uow, (kettle, 1))

        assert digest(cart.quote(buyer, uow.session, now=uow.now)) == digest(quote)
        assert digest(put(buyer, uow, (kettle, 2))) != digest(quote)

    def test_changes_with_the_price(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        quote = put(buyer, uow, (kettle, 1))
        kettle.price.price_minor += 1
        uow.session.flush()

        assert digest(cart.quote(buyer, uow.session, now=uow.now)) != digest(quote)

    def test_is_none_of_ours_when_mistyped(self) -> None:
        assert Version.read("abc") is None
        assert Version.read("abc-zz") is None
        assert Version.read("abc-ffffffffffffffffff") is None


class TestPinned:
    def test_keeps_the_version_when_the_stock_runs_out(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        quote = put(buyer, uow, (kettle, 5))
        kettle.stock.on_hand = 0
        uow.session.flush()
        owner = Owner(store_id=buyer.store_id)
        kept = cart.contents(uow.session, owner=owner)
        assert kept.quoted is not None
        book = cart.price_book(uow.session, wanted=kept.wanted, buyer=buyer.store_id, now=uow.now)

        assert cart.price(kept.wanted, book).digest != digest(quote)
        assert cart.price(kept.wanted, book, pinned=Pinned.read(kept.quoted)).digest == digest(quote)


class TestDifferences:
    def test_name_what_has_changed(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, mugs: OnSale) -> None:
        put(buyer, uow, (kettle, 1), (mugs, 2))
        before = cart.contents(uow.session, owner=Owner(store_id=buyer.store_id))
        assert before.quoted is not None
        kettle.price.price_minor = 250_00
        mugs.stock.on_hand = 1
        uow.session.flush()
        book = cart.price_book(uow.session, wanted=before.wanted, buyer=buyer.store_id, now=uow.now)

        found = differences(before.quoted, cart.price(before.wanted, book).content())

        assert [(one.code, one.before, one.now) for one in found] == [
            ("price_changed", 149_00, 250_00),
            ("tax_changed", 19_43, 32_61),
            ("not_available", 2, None),
            ("shipping_changed", 15_00, 0),
        ]

    def test_are_none_between_equals(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        put(buyer, uow, (kettle, 1))
        kept = cart.contents(uow.session, owner=Owner(store_id=buyer.store_id))
        assert kept.quoted is not None

        assert differences(kept.quoted, replace(kept).quoted or {}) == ()
        assert kept.wanted == (Wanted(kettle.listing.id, 1, 149_00),)
