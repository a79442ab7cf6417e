"""A small world with something of every kind in every state, for requests that are made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from marketplace import cart, delivery, fees, media, notifications, search, settlement, taxes
from marketplace.delivery import StopKind
from marketplace.identity import Keys, Standing, StoreKind, SystemRole, mint
from marketplace.kernel.actor import Permission
from marketplace.kernel.clock import utc_now
from marketplace.kernel.ids import EventId, StopId, StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.media import AssetKind, make_picture
from marketplace.orders import OrderView
from marketplace.settings import settings
from tests.factories.actors import clerk, officer
from tests.factories.belongings import come_in, make_dead_letter
from tests.factories.orders import BUYS, PATH, Buyer, make_order
from tests.factories.people import make_officer, make_store
from tests.factories.pictures import drawn
from tests.factories.road import Rider, give, make_agent, send, stop_of
from tests.factories.sales import Market
from tests.factories.shelves import OnSale, make_product, product_ids, put_on_sale

OF_EACH: Final = 6
"""How many orders stand in each state when the requests begin: some of them change it."""

SOLD_DAYS_AGO: Final = 9
OFFICERS: Final = tuple(SystemRole)


@dataclass(frozen=True, slots=True)
class World:
    """Who there is; what there is, they ask for themselves."""

    people: Mapping[str, Standing]

    def headers(self, who: str) -> dict[str, str]:
        """What somebody is known by; a visitor by nothing."""
        standing = self.people.get(who)
        if standing is None:
            return {}
        return {"Authorization": f"Bearer {mint(standing, keys=Keys.of(settings().secret_key), now=utc_now())}"}


def fill(uow: UnitOfWork) -> World:
    """Make it, in one unit."""
    taxes.install_default(uow)
    fees.install_default(uow)
    (seller, vendor), (shopper, home) = make_store(uow, kind=StoreKind.VENDOR), make_store(uow)
    buyer = Buyer(clerk(home.id, *BUYS, user_id=shopper.id), home.id, shopper.id)
    agent = make_agent(uow)
    shelf = [
        put_on_sale(
            uow,
            make_product(uow, f"Gooseneck kettle {number}", owner=vendor.id, brand="Fellhaven"),
            store=vendor.id,
            price=50_00,
            stock=5_000,
        )
        for number in range(2 * OF_EACH)
    ]
    search.index(uow, product_ids=product_ids(*shelf))
    _trade(uow, buyer, agent, shelf)
    _cash(uow, buyer, shelf[0])
    _payouts(uow)
    for number in range(OF_EACH):
        make_dead_letter(uow, number)
    people = {
        "buyer": come_in(uow, shopper.id, home.id),
        "vendor": come_in(uow, seller.id, vendor.id),
        "agent": come_in(uow, agent.user_id),
        **{str(role): come_in(uow, make_officer(uow, role).id) for role in OFFICERS if role is not SystemRole.AGENT},
    }
    _belongings(uow, people, [vendor.id, home.id])
    cart.put_lines(buyer.actor, uow, lines=[(shelf[0].listing.id, 2)])
    return World(people)


def _trade(uow: UnitOfWork, buyer: Buyer, agent: Rider, shelf: list[OnSale]) -> None:
    """Orders in every state that the trade brings them to, and some with the agent."""
    for number in range(OF_EACH):
        sold = shelf[number]
        for state in PATH:
            make_order(uow, buyer, (sold, 1), state=state)
        give(uow, buyer, agent, (sold, 1))
        order, door = send(uow, buyer, agent, (sold, 1))
        if number < OF_EACH // 2:
            _asks_about_the_sum(uow, agent, order, door.id)
        returned, _ = send(uow, buyer, agent, (sold, 1))
        _fail_for_good(uow, agent, returned)


def _asks_about_the_sum(uow: UnitOfWork, agent: Rider, order: OrderView, stop_id: StopId) -> None:
    delivery.collect_cash(agent.actor, uow, stop_id=stop_id, amount=order.due.share(9_000))


def _fail_for_good(uow: UnitOfWork, agent: Rider, order: OrderView) -> None:
    door = stop_of(uow, agent, order, StopKind.DROP)
    delivery.fail(agent.actor, uow, stop_id=door.id, reason=delivery.FailureReason.REFUSED)


def _cash(uow: UnitOfWork, buyer: Buyer, sold: OnSale) -> None:
    """Hand-overs that wait to be counted, and some whose first count was another sum."""
    cashier = officer(Permission.CASH_COUNT, user_id=make_officer(uow, SystemRole.CASHIER).id)
    for number in range(OF_EACH):
        rider = make_agent(uow)
        order, door = send(uow, buyer, rider, (sold, 1))
        delivery.collect_cash(rider.actor, uow, stop_id=door.id, amount=order.due)
        handed = delivery.hand_over(rider.actor, uow, counted=order.due)
        if number % 2:
            delivery.accept_hand_over(cashier, uow, hand_over_id=handed.id, counted=order.due.share(5_000))


def _payouts(uow: UnitOfWork) -> None:
    for _ in range(OF_EACH):
        Market(uow).sell(delivered_at=uow.now - timedelta(days=SOLD_DAYS_AGO))
    settlement.mature(uow)
    settlement.propose(uow)


def _belongings(uow: UnitOfWork, people: Mapping[str, Standing], stores: list[StoreId]) -> None:
    """Notices for everybody, and pictures for every store."""
    everybody = [standing.user_id for standing in people.values()]
    for number in range(OF_EACH):
        event_id, about = EventId(new_uuid()), {"number": f"25-0101-000{number}-0"}
        notifications.notify(uow, rule="order_delivered", user_ids=everybody, about=about, event_id=event_id)
    for store_id in stores:
        picture = make_picture(drawn(20, 20))
        media.adopt(uow, pictures=[picture], store_id=store_id, kind=AssetKind.PRODUCT_IMAGE)
