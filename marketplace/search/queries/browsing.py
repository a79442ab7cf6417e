"""Looking around: the tree of categories, and the shops."""

from typing import Final

from sqlmodel import Session

from marketplace import catalog
from marketplace.catalog import CategoryView
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import StoreId
from marketplace.search import policy
from marketplace.search.states import Language
from marketplace.search.views import CardView, ShopView, card_in

MOST_SHOPS: Final = 60
BEST: Final = 3
TOP: Final = 48
"""Each shop shows three of its best products, first those that it is shown first for: not every shop the same three."""

_SHOPS: Final = """
SELECT store.id, store.name, store.slug, store.city, counted.products, best.cards
FROM stores AS store
JOIN store_standings AS standing ON standing.store_id = store.id AND standing.is_live
CROSS JOIN LATERAL (
  SELECT count(*) AS products FROM search_documents AS documents
  WHERE documents.store_ids @> ARRAY[store.id] AND documents.offers > 0
) AS counted
CROSS JOIN LATERAL (
  SELECT array_agg(found.card) AS cards FROM (
    SELECT top.card FROM (
      SELECT {card} AS card, documents.product_id FROM search_documents AS documents
      WHERE documents.store_ids @> ARRAY[store.id] AND documents.offers > 0
      ORDER BY documents.score DESC, documents.product_id DESC LIMIT %(top)s
    ) AS top
    ORDER BY top.card::jsonb #>> '{{store,id}}' <> store.id::text, hashtext(store.id::text || top.product_id)
    LIMIT %(best)s
  ) AS found
) AS best
WHERE store.can_sell AND counted.products > 0
ORDER BY counted.products DESC, store.id LIMIT %(most)s
"""


def categories(actor: Actor, session: Session) -> tuple[CategoryView, ...]:
    """The whole tree for whoever may see products: parents before children, in the order they are shown."""
    policy.ask_to_look(actor)
    return catalog.categories(session)


def shops(
    actor: Actor, session: Session, *, limit: int = MOST_SHOPS, language: Language = Language.ENGLISH
) -> tuple[ShopView, ...]:
    """The shops that sell something now, the one with the most products first, each with its best products."""
    policy.ask_to_look(actor)
    card = "COALESCE(documents.card_ar, documents.card)" if language is Language.ARABIC else "documents.card"
    statement = _SHOPS.format(card=card)
    rows = session.connection().exec_driver_sql(statement, {"best": BEST, "top": TOP, "most": min(limit, MOST_SHOPS)})
    return tuple(
        ShopView(
            store_id=StoreId(row.id),
            name=row.name,
            slug=row.slug,
            city=row.city or "",
            product_count=row.products,
            best=tuple(CardView.of(card_in(card)) for card in row.cards),
        )
        for row in rows
    )
