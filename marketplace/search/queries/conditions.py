"""Which documents a question asks for, as conditions in SQL. Nothing of the asker's stands in the text: values do."""

from typing import Any, Final

from marketplace.search.rules import Query
from marketplace.search.views import Understood

IS_SOLD: Final = "documents.offers > 0"

BY_LIVE_STORE: Final = (
    "NOT documents.store_ids <@ ("
    "SELECT COALESCE(array_agg(standing.store_id), '{}') FROM store_standings AS standing WHERE NOT standing.is_live)"
)
"""Some store that offers it is live. Asked of the standing itself, so that a store that is stopped is gone at once."""

CANDIDATES: Final = (
    "unnest(%(product_ids)s::uuid[], %(ranks)s::int[]) AS candidates (product_id, rank)"
    " JOIN search_documents AS documents ON documents.product_id = candidates.product_id"
)


def source(understood: Understood | None) -> str:
    """Where documents come from: all of them, or those that the words found."""
    return "search_documents AS documents" if understood is None else CANDIDATES


def base(query: Query, understood: Understood | None) -> tuple[list[str], dict[str, Any]]:
    """What holds for every facet too: sold by a live store, in the category, matching the words."""
    where = [IS_SOLD, BY_LIVE_STORE]
    values: dict[str, Any] = {}
    if understood is not None:
        values |= {"product_ids": understood.product_ids, "ranks": understood.ranks}
    if query.category is not None:
        where.append("documents.category_slugs @> ARRAY[%(category)s]")
        values["category"] = query.category
    if query.store_id is not None:
        where.append("documents.store_ids @> ARRAY[%(store_id)s::uuid]")
        values["store_id"] = query.store_id
    if query.min_rating is not None:
        where.append("false")  # nothing has been rated yet
    return where, values


def chosen(query: Query) -> tuple[dict[str, str], dict[str, Any]]:
    """What was chosen of each facet, by the facet's name."""
    where: dict[str, str] = {}
    values: dict[str, Any] = {}
    if query.brands:
        where["brand"] = "documents.brand_key = ANY(%(brands)s)"
        values["brands"] = list(query.brands)
    bounds = []
    if query.min_price is not None:
        bounds.append("documents.price_minor >= %(min_price)s")
        values["min_price"] = query.min_price
    if query.max_price is not None:
        bounds.append("documents.price_minor <= %(max_price)s")
        values["max_price"] = query.max_price
    if bounds:
        where["price"] = " AND ".join(bounds)
    if query.badges:
        where["badge"] = "documents.badges @> %(badges)s::text[]"
        values["badges"] = [badge.value for badge in query.badges]
    return where, values


def of(query: Query, understood: Understood | None) -> tuple[list[str], dict[str, Any]]:
    """All that a page must fulfil."""
    where, values = base(query, understood)
    facets, more = chosen(query)
    return [*where, *facets.values()], values | more
