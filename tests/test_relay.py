"""The relay passes on what was committed."""

from collections.abc import Sequence

from marketplace import events
from marketplace.inventory import StockChanged
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import ListingId, StoreId, new_uuid
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.relay import Relay


class Listener:
    """Hears which pages are pinged and who is woken."""

    def __init__(self) -> None:
        self.pings: list[tuple[str, ...]] = []
        self.woken: list[str] = []

    def ping(self, topics: Sequence[str]) -> None:
        """Hear of pages."""
        self.pings.append(tuple(topics))


def stock_changed(database: Database, *stores: StoreId) -> None:
    """Publish that much is available in each of these stores."""

    def command(_actor: Actor, uow: UnitOfWork) -> None:
        facts = [StockChanged(listing_ids=(ListingId(new_uuid()),), store_ids=(store,)) for store in stores]
        events.emit(uow, *facts)

    database.transact(command, system("test"))


class TestRelay:
    def test_names_all_pages_of_a_batch_in_one_ping(self, database: Database) -> None:
        listener, first, second = Listener(), StoreId(new_uuid()), StoreId(new_uuid())
        relay = Relay(database, ping=listener.ping, wake=listener.woken.append)
        stock_changed(database, first, second, first)

        assert relay.pass_on() == 3
        assert listener.pings == [(f"stock:store:{first}", f"stock:store:{second}")]
        assert listener.woken.count("search") == 1

    def test_passes_nothing_on_twice(self, database: Database) -> None:
        listener = Listener()
        relay = Relay(database, ping=listener.ping, wake=listener.woken.append)
        stock_changed(database, StoreId(new_uuid()))

        relay.pass_on()

        assert relay.pass_on() == 0
        assert len(listener.pings) == 1
