"""What the products of a list are counted by: the values that would narrow it further.

A facet of which something was chosen is counted as if nothing were: that is another list's count, which many share.
"""

from functools import lru_cache
from typing import Final

from sqlmodel import Session

from marketplace.kernel import profile
from marketplace.kernel.actor import Actor
from marketplace.search import policy
from marketplace.search.queries import conditions
from marketplace.search.rules import Query
from marketplace.search.states import Language
from marketplace.search.views import Counts, Understood

MOST_VALUES: Final = 20

_COUNTS: Final = """
WITH shown AS MATERIALIZED (
  SELECT documents.category_slugs[COALESCE((SELECT depth FROM categories WHERE slug = %(within)s), -1) + 2] AS category,
         documents.brand, NULLIF(documents.badges, '{{}}') AS badges,
         count(*) AS products, min(documents.price_minor) AS lowest, max(documents.price_minor) AS highest
  FROM {source} WHERE {conditions} GROUP BY 1, 2, 3
), categories_found AS (
  SELECT category, sum(products)::bigint AS products FROM shown WHERE category IS NOT NULL
  GROUP BY category ORDER BY products DESC, category LIMIT %(most)s
), brands_found AS (
  SELECT brand, sum(products)::bigint AS products FROM shown WHERE brand IS NOT NULL
  GROUP BY brand ORDER BY products DESC, brand LIMIT %(most)s
), badges_found AS (
  SELECT badge, sum(products)::bigint AS products FROM shown, unnest(badges) AS badge GROUP BY badge
)
SELECT (SELECT COALESCE(json_agg(json_build_object('value', found.category, 'label', {label}, 'count', found.products)
                                 ORDER BY found.products DESC, found.category), '[]')
        FROM categories_found AS found JOIN categories AS named ON named.slug = found.category)::text AS category,
       (SELECT COALESCE(json_agg(json_build_object('value', brand, 'label', brand, 'count', products)
                                 ORDER BY products DESC, brand), '[]') FROM brands_found)::text AS brand,
       (SELECT CASE WHEN count(lowest) > 0 THEN json_build_object(
                 'min', json_build_object('minor', min(lowest), 'currency', %(currency)s::text),
                 'max', json_build_object('minor', max(highest), 'currency', %(currency)s::text)) ELSE 'null' END
        FROM shown)::text AS price,
       (SELECT COALESCE(json_agg(json_build_object('value', badge, 'label', badge, 'count', products)
                                 ORDER BY products DESC, badge), '[]') FROM badges_found)::text AS badge,
       (SELECT COALESCE(sum(products), 0) FROM shown)::bigint AS total
"""
"""Products alike in all that is counted are counted together first: there are far fewer kinds than products."""

LABELS: Final = {
    Language.ENGLISH: "named.name",
    Language.ARABIC: "COALESCE(NULLIF(named.name_ar, ''), named.name)",
}


def counts(actor: Actor, session: Session, *, query: Query, understood: Understood | None) -> Counts:
    """The products of a list, counted by what it could be narrowed by."""
    policy.ask_to_look(actor)
    statement = _statement(conditions.asked(query), query.language, has_words=understood is not None)
    given = conditions.values(query, understood)
    given |= {"within": query.category, "most": MOST_VALUES, "currency": profile.chosen().currency}
    row = session.connection().exec_driver_sql(statement, given).one()
    return Counts(row.category.encode(), row.brand.encode(), row.price.encode(), row.badge.encode(), row.total)


@lru_cache(maxsize=512)
def _statement(asked: tuple[str, ...], language: Language, *, has_words: bool) -> str:
    return _COUNTS.format(
        source=conditions.source(has_words=has_words),
        conditions=conditions.everything(asked),
        label=LABELS[language],
    )
