"""How often a checkout asks the database."""

from marketplace import cart, checkout
from marketplace.kernel.work import UnitOfWork
from tests.factories.counting import counted
from tests.factories.orders import Buyer
from tests.factories.people import home
from tests.factories.shelves import OnSale


class TestConfirm:
    def test_asks_twenty_one_times_whatever_is_ordered(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, grinder: OnSale, mugs: OnSale
    ) -> None:
        wanted = [(sold.listing.id, 1) for sold in (kettle, grinder, mugs)]
        quote = cart.put_lines(buyer.actor, uow, lines=wanted)

        with counted(uow) as asked:
            checkout.confirm(buyer.actor, uow, quote_version=quote.quote_version, address=home())
            uow.session.flush()

        assert len(asked) <= 21, asked
