"""The tree of categories."""

import pytest

from marketplace import catalog
from marketplace.catalog import CategoryNotFound, CategoryView
from marketplace.kernel import profile
from marketplace.kernel.profile import OKLAHOMA, SAUDI, Profile
from marketplace.kernel.work import UnitOfWork


def by_path(uow: UnitOfWork) -> dict[tuple[str, ...], CategoryView]:
    return {category.path: category for category in catalog.categories(uow.session)}


class TestDefaultCategories:
    @pytest.mark.parametrize(("chosen", "count"), [(SAUDI, 118), (OKLAHOMA, 94)], ids=["saudi", "oklahoma"])
    def test_make_a_whole_tree_in_two_languages(self, uow: UnitOfWork, chosen: Profile, count: int) -> None:
        profile.choose(chosen)

        assert catalog.install_default_categories(uow) == count

        tree = by_path(uow)
        assert len(tree) == count
        assert all(category.name and category.name_ar for category in tree.values())
        assert all(category.path[-1] == category.slug for category in tree.values())
        parents = {path: category.id for path, category in tree.items()}
        assert all(category.parent_id == parents.get(path[:-1]) for path, category in tree.items())

    def test_are_the_same_when_put_in_again(self, uow: UnitOfWork) -> None:
        catalog.install_default_categories(uow)
        before = catalog.categories(uow.session)

        catalog.install_default_categories(uow)

        assert catalog.categories(uow.session) == before

    def test_show_parents_before_children_in_the_order_written(self, uow: UnitOfWork) -> None:
        catalog.install_default_categories(uow)

        names = [category.name for category in catalog.categories(uow.session)]

        assert names[:3] == ["Coffee & tea", "Kitchen", "Home"]
        assert names.index("Kitchen") < names.index("Kettles")


class TestEnsureCategories:
    def test_makes_what_is_missing_and_finds_what_is_there(self, uow: UnitOfWork) -> None:
        catalog.install_default_categories(uow)
        kettles = catalog.category(uow.session, slug="kettles")
        wanted = [("Kitchen", "Kettles"), ("Kitchen", "Kettles", "Travel kettles"), ("Gifts", "Kettles")]

        found = catalog.ensure_categories(uow, names=wanted)

        assert found["Kitchen", "Kettles"] == kettles.id
        tree = by_path(uow)
        travel = tree["kitchen", "kettles", "travel-kettles"]
        assert (travel.id, travel.parent_id) == (found["Kitchen", "Kettles", "Travel kettles"], kettles.id)
        assert tree["gifts", "kettles"].slug == "gifts-kettles"
        assert catalog.ensure_categories(uow, names=wanted) == found

    def test_stops_at_the_sixth_level(self, uow: UnitOfWork) -> None:
        deep = tuple(f"Level {number}" for number in range(1, 9))

        found = catalog.ensure_categories(uow, names=[deep])

        assert found[deep] == catalog.category(uow.session, slug="level-6").id

    def test_refuses_an_address_nobody_has(self, uow: UnitOfWork) -> None:
        with pytest.raises(CategoryNotFound):
            catalog.category(uow.session, slug="nowhere")
