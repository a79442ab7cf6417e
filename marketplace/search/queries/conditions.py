"""Which documents a question asks for, as conditions in SQL. Nothing of the asker's stands in the text: values do."""

from typing import Any, Final

from marketplace.search.rules import Query
from marketplace.search.views import Understood

IS_SOLD: Final = "documents.offers > 0"

BY_LIVE_STORE: Final = """(
  NOT EXISTS (SELECT FROM store_standings WHERE NOT is_live)
  OR NOT documents.store_ids <@ (
    SELECT COALESCE(array_agg(standing.store_id), '{}') FROM store_standings AS standing WHERE NOT standing.is_live)
)"""
"""Some store that offers it is live. Asked of the standing itself, so that a store that is stopped is gone at once."""

DOCUMENTS: Final = "search_documents AS documents"
CANDIDATES: Final = (
    "unnest(%(product_ids)s::uuid[], %(ranks)s::int[]) AS candidates (product_id, rank)"
    " JOIN search_documents AS documents ON documents.product_id = candidates.product_id"
)

BASE: Final = {
    "category": "documents.category_slugs @> ARRAY[%(category)s]",
    "store_id": "documents.store_ids @> ARRAY[%(store_id)s::uuid]",
    "min_rating": "false",  # nothing has been rated yet
}
"""What narrows the list as a whole."""

CHOSEN: Final = {
    "brands": "documents.brand_key = ANY(%(brands)s)",
    "min_price": "documents.price_minor >= %(min_price)s",
    "max_price": "documents.price_minor <= %(max_price)s",
    "badges": "documents.badges @> %(badges)s::text[]",
}
"""What was chosen of a facet."""


def asked(query: Query) -> tuple[str, ...]:
    """The names of what a question narrows by: questions that narrow by the same share one statement."""
    return tuple(name for name in (*BASE, *CHOSEN) if getattr(query, name) not in (None, ()))


def source(*, has_words: bool) -> str:
    """Where documents come from: all of them, or those that the words found."""
    return CANDIDATES if has_words else DOCUMENTS


def everything(names: tuple[str, ...]) -> str:
    """All that a page must fulfil: sold by a live store, in the category, by the store, and as was chosen."""
    narrowed = BASE | CHOSEN
    return " AND ".join([IS_SOLD, BY_LIVE_STORE, *(narrowed[name] for name in names)])


def values(query: Query, understood: Understood | None) -> dict[str, Any]:
    """The values that stand in the conditions."""
    given: dict[str, Any] = {name: getattr(query, name) for name in asked(query)}
    if query.brands:
        given["brands"] = list(query.brands)
    if query.badges:
        given["badges"] = [badge.value for badge in query.badges]
    if understood is not None:
        given |= {"product_ids": understood.product_ids, "ranks": understood.ranks}
    return given
