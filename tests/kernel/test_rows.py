"""Many rows at once."""

from sqlalchemy import inspect, select
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import col

from marketplace.catalog.models import Category
from marketplace.inventory.models import Location
from marketplace.kernel.ids import CategoryId, LocationId, OrderId, new_uuid
from marketplace.kernel.rows import DIALECT, GUESSED, MANY, among, padded, put_rows
from marketplace.kernel.work import UnitOfWork
from marketplace.orders.models import OrderHold
from marketplace.orders.states import HoldReason
from tests.factories.people import make_vendor


def category(slug: str, **changes: object) -> dict[str, object]:
    return {
        "id": CategoryId(new_uuid()),
        "slug": slug,
        "name": 'It\'s "quoted" \\ %s {} قهوة 🦄',
        "name_ar": "",
        "parent_id": None,
        "path": slug,
        "depth": 0,
        "position": 7,
        **changes,
    }


class TestPutRows:
    def test_puts_what_the_orm_would_have_put(self, uow: UnitOfWork) -> None:
        rows = [category("one"), category("two")]

        put_rows(uow.session, Category, rows)

        found = uow.session.execute(select(Category).order_by(col(Category.slug))).scalars().all()
        assert [row.model_dump() for row in found] == rows

    def test_keeps_instants(self, uow: UnitOfWork) -> None:
        row = {
            "id": LocationId(new_uuid()),
            "store_id": make_vendor(uow).id,
            "name": "Main",
            "created_at": uow.now,
        }

        put_rows(uow.session, Location, [row])

        assert uow.session.get_one(Location, row["id"]).created_at == uow.now

    def test_overwrites_where_told_to(self, uow: UnitOfWork) -> None:
        first = category("one")
        put_rows(uow.session, Category, [first])

        put_rows(uow.session, Category, [{**first, "name": "Other"}], replacing="id")

        assert [row.name for row in uow.session.execute(select(Category)).scalars()] == ["Other"]

    def test_of_nothing_asks_nothing(self, uow: UnitOfWork) -> None:
        put_rows(uow.session, Category, [])

        assert uow.session.execute(select(Category)).scalars().all() == []


class TestAmong:
    def test_finds_what_is_among_the_values(self, uow: UnitOfWork) -> None:
        rows = [category("one"), category("two"), category("three")]
        put_rows(uow.session, Category, rows)

        by_id = select(col(Category.slug)).where(among(col(Category.id), {rows[0]["id"], rows[2]["id"]}))
        by_slug = select(col(Category.slug)).where(among(col(Category.slug), ["two", "four"]))
        by_nothing = select(col(Category.slug)).where(among(col(Category.id), []))

        assert set(uow.session.execute(by_id).scalars()) == {"one", "three"}
        assert set(uow.session.execute(by_slug).scalars()) == {"two"}
        assert set(uow.session.execute(by_nothing).scalars()) == set()

    def test_finds_what_is_among_many(self, uow: UnitOfWork) -> None:
        rows = [category(f"number-{number}") for number in range(MANY + 1)]
        put_rows(uow.session, Category, rows)

        by_id = select(col(Category.slug)).where(among(col(Category.id), [row["id"] for row in rows[1:]]))
        by_slug = select(col(Category.slug)).where(among(col(Category.slug), [row["slug"] for row in rows[1:]]))

        expected = {row["slug"] for row in rows[1:]}
        assert set(uow.session.execute(by_id).scalars()) == expected
        assert set(uow.session.execute(by_slug).scalars()) == expected

    def test_compares_no_row_with_each_of_many(self, uow: UnitOfWork) -> None:
        asked = select(col(Category.slug)).where(among(col(Category.name), map(str, range(MANY))))
        compiled = asked.compile(dialect=DIALECT)

        plan = (
            uow.session.connection()
            .exec_driver_sql(f"EXPLAIN (GENERIC_PLAN) {compiled}".replace("%(param_1)s", "$1"))
            .scalars()
            .all()
        )

        assert not [line for line in plan if "Filter" in line and "ANY" in line]


class TestRow:
    def test_takes_what_is_given_and_the_defaults_of_the_rest(self, uow: UnitOfWork) -> None:
        order_id = OrderId(new_uuid())

        holds = [
            OrderHold(order_id=order_id, reason=HoldReason.FRAUD, placed_by="user:ada", placed_at=uow.now)
            for _ in range(2)
        ]

        assert {(hold.order_id, hold.reason, hold.note, hold.lifted_by) for hold in holds} == {
            (order_id, HoldReason.FRAUD, "", None)
        }
        assert holds[0].id != holds[1].id

    def test_knows_what_was_changed_of_it(self, uow: UnitOfWork) -> None:
        order_id, now = OrderId(new_uuid()), uow.now
        hold = OrderHold(order_id=order_id, reason=HoldReason.FRAUD, placed_by="user:ada", placed_at=now)
        make_transient_to_detached(hold)

        hold.note = "Looked at."

        changed = inspect(hold).attrs
        assert [one.key for one in changed if one.history.has_changes()] == ["note"]


class TestPadded:
    def test_is_as_long_as_postgresql_guesses(self) -> None:
        assert padded([1, 2]) == [1, *[2] * (GUESSED - 1)]

    def test_leaves_longer_ones_and_nothing_as_they_are(self) -> None:
        assert padded(range(GUESSED + 1)) == list(range(GUESSED + 1))
        assert padded([]) == []
