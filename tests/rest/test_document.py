"""The document that integrators read."""

from marketplace.rest.app import make_app


class TestDocument:
    def test_names_each_shape_by_its_own_word(self) -> None:
        """A shape that shares its name with another is named after modules of ours, which a contract must not know."""
        named = make_app().openapi()["components"]["schemas"]

        assert [name for name in named if not name.replace("_", "").isalnum() or "__" in name] == []
