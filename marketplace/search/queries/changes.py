"""What was written since a reader last looked: so that copies of lists can be thrown away at the right moment."""

from typing import Final

from sqlmodel import Session

from marketplace.kernel.actor import Actor
from marketplace.search.views import Changes

MOST_CHANGES: Final = 2_000
"""More changes than these are not looked at one by one: then everything has changed."""

_CHANGES: Final = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS seen_to,
       COALESCE(array_agg(DISTINCT names.name), '{}') AS names, count(DISTINCT written.product_id) AS products
FROM (SELECT documents.product_id, documents.category_slugs, documents.brand_key, documents.store_ids, texts.name
      FROM search_documents AS documents LEFT JOIN search_texts AS texts ON texts.product_id = documents.product_id
      WHERE documents.changed_in >= %(since)s ORDER BY documents.changed_in LIMIT %(most)s) AS written,
     LATERAL (SELECT 'product:' || written.product_id AS name
              UNION ALL SELECT 'category:' || unnest(written.category_slugs)
              UNION ALL SELECT 'store:' || unnest(written.store_ids)
              UNION ALL SELECT 'brand:' || written.brand_key
              UNION ALL SELECT 'word:' || unnest(string_to_array(written.name, ' '))) AS names
"""


def changes(_actor: Actor, session: Session, *, since: int) -> Changes:
    """The names under which lists hold the products that were written since a mark, and the next mark.

    The mark is the oldest transaction that was still open when we looked: whatever it writes later, the next look sees.
    """
    row = session.connection().exec_driver_sql(_CHANGES, {"since": since, "most": MOST_CHANGES}).one()
    names = frozenset(name for name in row.names if name is not None)
    return Changes(names=names, seen_to=row.seen_to, is_all=row.products >= MOST_CHANGES)
