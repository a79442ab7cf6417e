"""Everything that is shown, for those who read whole shops: search engines."""

from typing import Final

from sqlmodel import Session

from marketplace.kernel.actor import Actor
from marketplace.search import policy

PRODUCTS_A_FILE: Final = 10_000

_MARKS: Final = """
SELECT product_id::text FROM (
  SELECT product_id, row_number() OVER (ORDER BY product_id) AS place FROM search_documents WHERE offers > 0
) AS shown WHERE mod(place, %(size)s) = 1 ORDER BY product_id
"""

_PRODUCTS: Final = """
SELECT product.fsin, product.changed_at::date::text AS changed_on
FROM search_documents AS documents JOIN products AS product ON product.id = documents.product_id
WHERE documents.offers > 0 AND documents.product_id >= %(mark)s::uuid ORDER BY documents.product_id LIMIT %(size)s
"""

_CATEGORIES: Final = """
SELECT DISTINCT slug FROM search_documents, unnest(category_slugs) AS slug WHERE offers > 0 ORDER BY slug
"""

_SHOPS: Final = """
SELECT store.slug FROM stores AS store
JOIN store_standings AS standing ON standing.store_id = store.id AND standing.is_live
WHERE EXISTS (SELECT FROM search_documents AS documents
              WHERE documents.store_ids @> ARRAY[store.id] AND documents.offers > 0)
ORDER BY store.slug
"""


def sitemap_marks(actor: Actor, session: Session) -> tuple[str, ...]:
    """Where each file of ten thousand products begins."""
    policy.ask_to_look(actor)
    return tuple(session.connection().exec_driver_sql(_MARKS, {"size": PRODUCTS_A_FILE}).scalars())


def sitemap_products(actor: Actor, session: Session, *, mark: str) -> tuple[tuple[str, str], ...]:
    """The products of one file: their numbers, and the days on which they were changed last."""
    policy.ask_to_look(actor)
    rows = session.connection().exec_driver_sql(_PRODUCTS, {"mark": mark, "size": PRODUCTS_A_FILE})
    return tuple((row.fsin, row.changed_on) for row in rows)


def sitemap_places(actor: Actor, session: Session) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses of the categories and of the shops that show something."""
    policy.ask_to_look(actor)
    connection = session.connection()
    categories = tuple(connection.exec_driver_sql(_CATEGORIES).scalars())
    return categories, tuple(connection.exec_driver_sql(_SHOPS).scalars())
