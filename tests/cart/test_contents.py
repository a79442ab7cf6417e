"""What is in a cart, for who is about to change or to order it."""

import psycopg
import pytest
from sqlalchemy import make_url

from marketplace import cart, fees, taxes
from marketplace.cart.policy import Owner
from marketplace.kernel.actor import Actor, system, visitor
from marketplace.kernel.ids import DeviceId, ListingId, new_uuid
from marketplace.kernel.work import Database, UnitOfWork
from tests.factories.people import make_vendor
from tests.factories.shelves import make_product, put_on_sale

HOUSE = system("test")
DEVICE = DeviceId(new_uuid())

MORE = """
DO $$ BEGIN
  UPDATE carts SET version = version + 1;
  UPDATE cart_lines SET quantity = 5;
  WHILE NOT EXISTS (
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
  ) LOOP
    PERFORM pg_sleep(0.01);
    PERFORM pg_stat_clear_snapshot();
  END LOOP;
END $$
"""
"""Wants five of everything, and is done once somebody waits for it."""

LOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"


@pytest.fixture
def filled(real_database: Database) -> ListingId:
    """Something that a visitor has one piece of in his cart."""

    def fill(_actor: Actor, uow: UnitOfWork) -> ListingId:
        taxes.install_default(uow)
        fees.install_default(uow)
        vendor = make_vendor(uow).id
        sold = put_on_sale(uow, make_product(uow, "Kettle", owner=vendor), store=vendor)
        cart.put_lines(visitor(DEVICE), uow, lines=[(sold.listing.id, 1)])
        return sold.listing.id

    return real_database.transact(fill, HOUSE)


class TestContents:
    def test_are_those_of_now_for_who_had_to_wait_for_the_cart(
        self, real_database: Database, database_url: str, filled: ListingId
    ) -> None:
        def wait(_actor: Actor, uow: UnitOfWork) -> dict[ListingId, int]:
            found = cart.contents(uow.session, owner=Owner(device_id=DEVICE), lock=True)
            return {one.listing_id: one.quantity for one in found.wanted}

        url = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as other, psycopg.connect(url, autocommit=True) as watch:
            other.pgconn.send_query(MORE.encode())
            while watch.execute(LOCKED).fetchone() == (0,):
                pass

            seen = real_database.transact(wait, HOUSE)
            while other.pgconn.get_result() is not None:
                pass

        assert seen == {filled: 5}
