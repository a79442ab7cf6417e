"""From a quote to what is placed, by arithmetic alone."""

from marketplace import cart
from marketplace.cart import Wanted
from marketplace.checkout import rules
from marketplace.kernel.ids import ListingId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import RejectedLine
from tests.factories.orders import Buyer


class TestLeftOut:
    def test_names_what_nobody_offers_any_more(self, uow: UnitOfWork, buyer: Buyer) -> None:
        wanted = [Wanted(ListingId(new_uuid()), 1)]
        book = cart.price_book(uow.session, wanted=wanted, buyer=buyer.store_id, now=uow.now)

        left_out = rules.left_out(cart.price(wanted, book), buyer=buyer.store_id)

        assert left_out == (
            RejectedLine(
                wanted[0].listing_id,
                "cart.unknown_listing",
                "Nobody offers this any more: take it out of the cart.",
            ),
        )
