"""Commands on what search knows: all of them copy, none decides."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

import orjson

from marketplace.kernel.ids import ListingId, ProductId, StoreId
from marketplace.kernel.text import fold
from marketplace.kernel.work import UnitOfWork
from marketplace.search.queries import documents
from marketplace.search.queries.documents import FRESH, TextSource
from marketplace.search.rules import by_script, words_of

BATCH: Final = 500

_PLACES: Final = """
INSERT INTO search_documents (product_id, category_slugs, store_ids, badges, offers, score, listed_at, card, changed_in)
SELECT id, '{}', '{}', '{}', 0, 0, created_at, '{}', 0 FROM products WHERE id = ANY(%(product_ids)s) ORDER BY id
ON CONFLICT (product_id) DO NOTHING
"""

_LOCK: Final = """
SELECT product_id FROM search_documents WHERE product_id = ANY(%(product_ids)s) ORDER BY product_id FOR UPDATE
"""

_REFRESH: Final = (
    FRESH
    + """
UPDATE search_documents AS kept
SET category_slugs = fresh.category_slugs, store_ids = fresh.store_ids,
    brand = fresh.brand, brand_key = fresh.brand_key, price_minor = fresh.price_minor, currency = fresh.currency,
    badges = fresh.badges, offers = fresh.offers, score = fresh.score, listed_at = fresh.listed_at,
    card = fresh.card, card_ar = fresh.card_ar, changed_in = pg_current_xact_id()::text::bigint
FROM fresh
WHERE kept.product_id = fresh.product_id
  AND (kept.product_id = ANY(%(rewritten)s)
       OR (kept.card, kept.card_ar, kept.offers, kept.score, kept.store_ids, kept.category_slugs)
          IS DISTINCT FROM
          (fresh.card, fresh.card_ar, fresh.offers, fresh.score, fresh.store_ids, fresh.category_slugs))
"""
)

_REWRITE: Final = """
INSERT INTO search_texts (product_id, words, name, brand_key, revision)
SELECT product_id,
       setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('arabic', title_ar), 'A')
       || setweight(to_tsvector('simple', brand), 'B') || setweight(to_tsvector('english', brand), 'B')
       || setweight(to_tsvector('english', place), 'C') || setweight(to_tsvector('arabic', place_ar), 'C')
       || setweight(to_tsvector('english', prose), 'D') || setweight(to_tsvector('arabic', prose_ar), 'D'),
       name, brand_key, revision
FROM json_to_recordset(%(texts)s::json)
     AS given (product_id uuid, title text, title_ar text, brand text, place text, place_ar text,
               prose text, prose_ar text, name text, brand_key text, revision int)
ON CONFLICT (product_id) DO UPDATE
SET words = excluded.words, name = excluded.name, brand_key = excluded.brand_key, revision = excluded.revision
"""

_NAMES: Final = "SELECT name FROM search_texts WHERE product_id = ANY(%(product_ids)s)"

_COUNT_WORDS: Final = """
INSERT INTO search_words AS known (word, products)
SELECT word, GREATEST(more, 0) FROM unnest(%(words)s::text[], %(more)s::int[]) AS given (word, more) ORDER BY word
ON CONFLICT (word) DO UPDATE SET products = known.products + excluded.products
"""
"""Takes the locks on all the words in their order, on those too that only lose."""

_DISCOUNT_WORDS: Final = """
UPDATE search_words AS known SET products = GREATEST(known.products + given.more, 0)
FROM unnest(%(words)s::text[], %(more)s::int[]) AS given (word, more)
WHERE known.word = given.word AND given.more < 0
"""


def index(uow: UnitOfWork, *, product_ids: Collection[ProductId]) -> None:
    """Take products in as they are now: their words, where those changed, and their documents."""
    for batch in _batches(product_ids):
        _lock(uow, batch)
        _refresh(uow, batch, rewritten=_rewrite(uow, batch))


def refresh(uow: UnitOfWork, *, product_ids: Collection[ProductId]) -> None:
    """Take in what products cost now and how many there are. Writes nothing where no card would say otherwise."""
    for batch in _batches(product_ids):
        _lock(uow, batch)
        _refresh(uow, batch, rewritten=[])


def refresh_listings(uow: UnitOfWork, *, listing_ids: Collection[ListingId]) -> None:
    """Take in the prices and the stock of listings."""
    refresh(uow, product_ids=documents.products_of_listings(uow.session, listing_ids=listing_ids))


def refresh_store(uow: UnitOfWork, *, store_id: StoreId) -> None:
    """Take in that a store may sell again, or no longer. Lists ask for that themselves; this mends the prices."""
    refresh(uow, product_ids=documents.products_of_store(uow.session, store_id=store_id))


def _batches(product_ids: Collection[ProductId]) -> Iterator[list[ProductId]]:
    """Ids in their order, each once: whoever locks documents locks them so."""
    ordered = sorted(set(product_ids))
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def _lock(uow: UnitOfWork, product_ids: Sequence[ProductId]) -> None:
    """Hold the documents before reading what they should say: of two writers the later one sees more."""
    connection = uow.session.connection()
    given = {"product_ids": product_ids}
    if len(connection.exec_driver_sql(_LOCK, given).all()) < len(product_ids):
        connection.exec_driver_sql(_PLACES, given)
        connection.exec_driver_sql(_LOCK, given)


def _refresh(uow: UnitOfWork, product_ids: Sequence[ProductId], *, rewritten: Sequence[ProductId]) -> None:
    given = documents.fresh_values(product_ids) | {"rewritten": list(rewritten)}
    uow.session.connection().exec_driver_sql(_REFRESH, given)


def _rewrite(uow: UnitOfWork, product_ids: Sequence[ProductId]) -> list[ProductId]:
    sources = documents.stale_texts(uow.session, product_ids=product_ids)
    if not sources:
        return []
    stale = [source.product_id for source in sources]
    connection = uow.session.connection()
    before = Counter(_each_once(connection.exec_driver_sql(_NAMES, {"product_ids": stale}).scalars()))
    written = [_written(source) for source in sources]
    connection.exec_driver_sql(_REWRITE, {"texts": orjson.dumps(written).decode()})
    after = Counter(_each_once(text["name"] for text in written))
    after.subtract(before)
    _count_words(uow, {word: more for word, more in after.items() if more})
    return stale


def _count_words(uow: UnitOfWork, changed: dict[str, int]) -> None:
    given = {"words": list(changed), "more": list(changed.values())}
    uow.session.connection().exec_driver_sql(_COUNT_WORDS, given)
    if min(changed.values(), default=0) < 0:
        uow.session.connection().exec_driver_sql(_DISCOUNT_WORDS, given)


def _written(source: TextSource) -> dict[str, Any]:
    title, title_ar = by_script(words_of(f"{source.title} {source.title_ar}"))
    place, place_ar = by_script(words_of(source.categories))
    prose, prose_ar = by_script(words_of(f"{source.description} {source.description_ar} {source.details or ''}"))
    brand = " ".join(words_of(source.brand))
    return {
        "product_id": source.product_id,
        "title": title,
        "title_ar": title_ar,
        "brand": brand,
        "place": place,
        "place_ar": place_ar,
        "prose": prose,
        "prose_ar": prose_ar,
        "name": " ".join(filter(None, (title, title_ar, brand, place, place_ar))),
        "brand_key": fold(source.brand) or None,
        "revision": source.revision,
    }


def _each_once(names: Iterable[str]) -> Iterator[str]:
    """The words of each name, once a name."""
    for name in names:
        yield from set(name.split())
