"""Migrations: one line of them, equal to the models, never a newer release's data."""

from datetime import timedelta

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from marketplace import bootstrap, fees, orders, tables, taxes
from marketplace.kernel.actor import system
from marketplace.kernel.work import Database
from marketplace.orders import CancelReason, HoldReason
from marketplace.orders.models import Order, OrderHold
from marketplace.stack import migrations
from marketplace.stack.migrations import PROJECT
from marketplace.stack.postgres import Cluster
from marketplace.stack.problems import CannotStart
from tests.factories.orders import make_order, make_shopper
from tests.factories.people import make_vendor
from tests.factories.shelves import make_product, put_on_sale

COLUMNS = """
SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity
FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
ORDER BY table_name, column_name
"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'p', 'u', 'x')
AND conrelid::regclass::text <> 'alembic_version' ORDER BY 1, 2
"""
INDEXES = """
SELECT tablename, indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1, 2
"""


@pytest.fixture(scope="module")
def declared_url(cluster: Cluster) -> str:
    """A database whose tables are made from the models, without any migration."""
    with psycopg.connect(cluster.owner_url, autocommit=True) as owner:
        owner.execute("CREATE DATABASE declared")
    url = cluster.owner_url_to("declared")
    with psycopg.connect(url) as owner:
        for extension in ("pg_trgm", "unaccent", "btree_gin"):
            owner.execute(f"CREATE EXTENSION {extension}".encode())
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    tables.metadata().create_all(engine)
    engine.dispose()
    return url


class TestMigrations:
    def test_stand_in_one_line(self) -> None:
        assert len(ScriptDirectory(str(PROJECT / "alembic")).get_heads()) == 1

    def test_end_where_readiness_looks_for_their_end(self) -> None:
        assert bootstrap.migration_head() == ScriptDirectory(str(PROJECT / "alembic")).get_current_head()

    @pytest.mark.parametrize("question", [COLUMNS, CONSTRAINTS, INDEXES], ids=["columns", "constraints", "indexes"])
    def test_make_what_the_models_declare(self, cluster: Cluster, declared_url: str, question: str) -> None:
        with psycopg.connect(cluster.owner_url) as migrated, psycopg.connect(declared_url) as declared:
            assert migrated.execute(question.encode()).fetchall() == declared.execute(question.encode()).fetchall()

    def test_are_done_after_an_upgrade(self, cluster: Cluster) -> None:
        assert migrations.is_current(cluster.owner_url)

    def test_refuse_data_of_a_newer_release(self, cluster: Cluster, database_url: str) -> None:
        url = cluster.owner_url_to(database_url.rpartition("/")[2])
        with psycopg.connect(url) as db:
            db.execute("UPDATE alembic_version SET version_num = 'of_tomorrow'")

        with pytest.raises(CannotStart, match=r"left by a newer release \(its revision of_tomorrow is unknown here\)"):
            migrations.upgrade(url)


class TestEndedOrders:
    def test_are_held_by_nothing_that_was_left_standing(
        self, cluster: Cluster, database_url: str, real_database: Database
    ) -> None:
        with real_database.unit(system("test")) as uow:
            taxes.install_default(uow)
            fees.install_default(uow)
            vendor, buyer = make_vendor(uow).id, make_shopper(uow)
            sold = put_on_sale(uow, make_product(uow, "Kettle", owner=vendor), store=vendor, stock=10)
            ended, going = (make_order(uow, buyer, (sold, 1)) for _ in range(2))
            orders.cancel(buyer.actor, uow, number=ended.number, reason=CancelReason.OTHER)
            for order in (ended, going):
                before = uow.now - timedelta(days=1)
                hold = OrderHold(order_id=order.id, reason=HoldReason.FRAUD, placed_by="test", placed_at=before)
                uow.session.add(hold)
                uow.session.get_one(Order, order.id).is_held = True
            ended_at = uow.now
        url = cluster.owner_url_to(database_url.rpartition("/")[2])
        with psycopg.connect(url) as db:
            db.execute("UPDATE alembic_version SET version_num = 'overdue_cash'")

        config = Config(toml_file=PROJECT / "pyproject.toml")
        config.attributes["url"] = url.replace("postgresql://", "postgresql+psycopg://")
        command.upgrade(config, "ended_orders_are_not_held")

        with psycopg.connect(url) as db:
            found = db.execute(
                "SELECT order_id, is_held, lifted_by, lifted_at FROM order_holds JOIN orders ON orders.id = order_id"
            )
            held = {order_id: tuple(rest) for order_id, *rest in found}
        assert held == {ended.id: (False, "system:migration", ended_at), going.id: (True, None, None)}


class TestServingRole:
    def test_writes_rows_but_makes_no_tables(self, cluster: Cluster, database_url: str) -> None:
        owner = cluster.owner_url_to(database_url.rpartition("/")[2])
        with psycopg.connect(owner) as db:
            db.execute("CREATE TABLE notes (word text)")

        with psycopg.connect(database_url.replace("+psycopg", "")) as db:
            db.execute("INSERT INTO notes VALUES ('served')")
            assert db.execute("SELECT word FROM notes").fetchone() == ("served",)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute("CREATE TABLE more (word text)")
