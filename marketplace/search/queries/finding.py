"""Finding products: what words mean, which products match, and one page of them.

The hottest reads of the house: plain SQL in few shapes, cards passed on as PostgreSQL keeps them.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session

from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Invalid
from marketplace.kernel.pages import DEFAULT_LIMIT, Cursor, JsonRows
from marketplace.search import policy
from marketplace.search.queries import conditions
from marketplace.search.queries.facets import counts
from marketplace.search.rules import Query, stemmer
from marketplace.search.states import Language, Sort
from marketplace.search.views import Facets, Found, Shown, Understood

MOST_CANDIDATES: Final = 500
"""How many products the words of a question may find: facets and filters look at no more."""

ENOUGH: Final = 12
"""When fewer products hold all the words, those that hold some are shown after them."""

MOST_WEIGHED: Final = 2_500
"""About how many products are weighed against each other; words that stand in more find the most popular of them."""

WHOLE: Final = 10_000_000
"""What holding all the words is worth, over any rank."""

_MEANINGS: Final = """
WITH known AS MATERIALIZED (SELECT word, products FROM search_words WHERE word = ANY(%(words)s))
SELECT asked.word, asked.lexemes::text AS lexemes, COALESCE(known.products, 0) AS products,
       numnode(asked.lexemes) = 0 OR COALESCE(known.products, 0) > 0
       OR EXISTS (SELECT FROM search_texts AS texts WHERE texts.words @@ asked.lexemes) AS is_known
FROM (SELECT word, place, plainto_tsquery(stemmer::regconfig, word) AS lexemes
      FROM unnest(%(words)s::text[], %(stemmers)s::text[]) WITH ORDINALITY AS given(word, stemmer, place)) AS asked
LEFT JOIN known ON known.word = asked.word
ORDER BY asked.place
"""
"""Words are looked up together: one by one they would be found in the index by likeness, which is slow at it."""

_CORRECTION: Final = """
SELECT near.word
FROM (SELECT word, products, word <-> %(word)s AS distance FROM search_words
      WHERE products > 0 ORDER BY word <-> %(word)s LIMIT 12) AS near
WHERE near.distance < 0.75
ORDER BY near.distance - ln(near.products) * 0.02
LIMIT 1
"""

_CANDIDATES: Final = """
WITH hits AS MATERIALIZED (
  SELECT texts.product_id, ts_rank(texts.words, %(ranked)s::tsquery, 1) AS likeness,
         texts.words @@ %(whole)s::tsquery AS is_whole
  FROM search_texts AS texts WHERE texts.words @@ %(matched)s::tsquery
), best AS (
  SELECT hits.product_id, count(*) OVER () AS total,
         (hits.likeness * 1000000 * (1 + documents.score::float8 / 4000))::int
         + CASE WHEN hits.is_whole THEN %(bonus)s ELSE 0 END AS rank
  FROM hits JOIN search_documents AS documents USING (product_id)
  WHERE documents.offers > 0
  ORDER BY rank DESC, hits.product_id DESC LIMIT %(most)s
)
SELECT COALESCE(array_agg(product_id ORDER BY rank DESC, product_id DESC)::text, '{}') AS product_ids,
       COALESCE(array_agg(rank ORDER BY rank DESC, product_id DESC)::text, '{}') AS ranks,
       COALESCE(max(total), 0) AS total
FROM best
"""

_POPULAR: Final = """
WITH best AS (
  SELECT documents.product_id,
         (ts_rank(texts.words, %(ranked)s::tsquery, 1) * 1000000 * (1 + documents.score::float8 / 4000))::int AS rank
  FROM (SELECT product_id, score FROM search_documents WHERE offers > 0 ORDER BY score DESC, product_id DESC)
       AS documents
  JOIN search_texts AS texts ON texts.product_id = documents.product_id
  WHERE texts.words @@ %(matched)s::tsquery LIMIT %(most)s
)
SELECT COALESCE(array_agg(product_id ORDER BY rank DESC, product_id DESC)::text, '{}') AS product_ids,
       COALESCE(array_agg(rank ORDER BY rank DESC, product_id DESC)::text, '{}') AS ranks
FROM best
"""

_PAGE: Final = """
SELECT COALESCE(string_agg(card, ',' ORDER BY place) FILTER (WHERE place <= %(limit)s), '') AS cards,
       COALESCE(string_agg(product_id::text, ' ' ORDER BY place) FILTER (WHERE place <= %(limit)s), '') AS product_ids,
       max(sorted_by) FILTER (WHERE place = %(limit)s) AS last_key,
       count(*) > %(limit)s AS has_more
FROM (SELECT row_number() OVER () AS place, card, sorted_by::text AS sorted_by, product_id
      FROM (SELECT {card} AS card, {key} AS sorted_by, documents.product_id
            FROM {source} WHERE {conditions}
            ORDER BY {key} {direction}, documents.product_id {direction}
            LIMIT %(limit)s + 1) AS found) AS placed
"""


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by, which way, and how its key is written in a query."""

    key: str
    direction: str
    kind: str = "bigint"


ORDERS: Final[dict[Sort, Order]] = {
    Sort.RELEVANCE: Order("candidates.rank", "DESC"),
    Sort.POPULAR: Order("documents.score", "DESC"),
    Sort.NEWEST: Order("documents.listed_at", "DESC", "timestamptz"),
    Sort.PRICE_UP: Order("documents.price_minor", "ASC"),
    Sort.PRICE_DOWN: Order("documents.price_minor", "DESC"),
}

CARDS: Final = {Language.ENGLISH: "documents.card", Language.ARABIC: "COALESCE(documents.card_ar, documents.card)"}


def understand(actor: Actor, session: Session, *, words: tuple[str, ...]) -> Understood:
    """The products that words find: all of the words where that is enough, some of them after those where it is not.

    A word that stands nowhere is corrected to the likeliest one that does.
    """
    policy.ask_to_look(actor)
    asked, meant = words, _meanings(session, words)
    if not all(meaning.is_known for meaning in meant):
        words = tuple(word.word if word.is_known else _corrected(session, word.word) for word in meant)
        meant = _meanings(session, words)
    corrected = " ".join(words) if words != asked else None
    lexemes = [meaning.lexemes for meaning in meant if meaning.lexemes] or [f"'{word}'" for word in words]
    at_most = min(meaning.products for meaning in meant)
    if at_most > MOST_WEIGHED:
        product_ids, ranks = _popular(session, matched=_joined("&", lexemes))
        return Understood(words=words, corrected=corrected, product_ids=product_ids, ranks=ranks, total=at_most)
    product_ids, ranks, total = _candidates(session, whole=_joined("&", lexemes), matched=_joined("&", lexemes))
    if total < ENOUGH and len(lexemes) > 1:
        some = _joined("|", _rarest(meant))
        product_ids, ranks, total = _candidates(session, whole=_joined("&", lexemes), matched=some)
    return Understood(words=words, corrected=corrected, product_ids=product_ids, ranks=ranks, total=total)


def shown(actor: Actor, session: Session, *, query: Query, understood: Understood | None) -> Shown:
    """One page of cards, by key."""
    policy.ask_to_look(actor)
    sort, limit = query.sort or Sort.POPULAR, query.limit or DEFAULT_LIMIT
    shape = _Shape(conditions.asked(query), sort, query.language, understood is not None, query.cursor is not None)
    given = conditions.values(query, understood)
    if query.cursor is not None:
        given |= _key(query.cursor, sort, ORDERS[sort])
    row = session.connection().exec_driver_sql(_statement(shape), {**given, "limit": limit}).one()
    product_ids = tuple(row.product_ids.split())
    cursor = Cursor((sort.value, row.last_key, product_ids[-1])).encode() if row.has_more else None
    return Shown(JsonRows(b"[" + row.cards.encode() + b"]"), product_ids, cursor)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What decides how a statement is written; the rest are values in it."""

    asked: tuple[str, ...]
    sort: Sort
    language: Language
    has_words: bool
    is_further: bool


@lru_cache(maxsize=1_024)
def _statement(shape: _Shape) -> str:
    order = ORDERS[shape.sort]
    where = [conditions.everything(shape.asked)]
    if shape.is_further:
        where.append(_after(order))
    if order.key == "documents.price_minor":
        where.append("documents.price_minor IS NOT NULL")
    return _PAGE.format(
        card=CARDS[shape.language],
        key=order.key,
        direction=order.direction,
        source=conditions.source(has_words=shape.has_words),
        conditions=" AND ".join(where),
    )


def find(actor: Actor, session: Session, *, query: Query) -> Found:
    """One page of an answer with its facets, asked anew: edges ask `flows.searching`, which keeps answers a while."""
    query = query.tidy()
    understood = understand(actor, session, words=tuple(query.words.split())) if query.words else None
    facets = Facets.counted(query.filters, lambda one: counts(actor, session, query=one, understood=understood))
    return Found(
        shown=shown(actor, session, query=query, understood=understood),
        facets=facets,
        corrected=understood.corrected if understood else None,
    )


@dataclass(frozen=True, slots=True)
class _Meaning:
    word: str
    lexemes: str
    products: int
    is_known: bool


def _meanings(session: Session, words: tuple[str, ...]) -> list[_Meaning]:
    given = {"words": list(words), "stemmers": [stemmer(word) for word in words]}
    return [_Meaning(*row) for row in session.connection().exec_driver_sql(_MEANINGS, given)]


def _corrected(session: Session, word: str) -> str:
    nearest = session.connection().exec_driver_sql(_CORRECTION, {"word": word}).scalar_one_or_none()
    return nearest or word


def _candidates(session: Session, *, whole: str, matched: str) -> tuple[str, str, int]:
    given = {"whole": whole, "matched": matched, "ranked": matched, "bonus": WHOLE, "most": MOST_CANDIDATES}
    row = session.connection().exec_driver_sql(_CANDIDATES, given).one()
    return row.product_ids, row.ranks, row.total


def _popular(session: Session, *, matched: str) -> tuple[str, str]:
    given = {"matched": matched, "ranked": matched, "most": MOST_CANDIDATES}
    row = session.connection().exec_driver_sql(_POPULAR, given).one()
    return row.product_ids, row.ranks


def _joined(operator: str, lexemes: list[str]) -> str:
    return f" {operator} ".join(f"({lexeme})" for lexeme in lexemes)


def _rarest(meant: list[_Meaning]) -> list[str]:
    """The words that say most, as many as may be weighed; what holds all the words holds the rarest of them."""
    chosen: list[str] = []
    weighed = 0
    for meaning in sorted((word for word in meant if word.lexemes), key=lambda word: word.products):
        weighed += meaning.products
        if chosen and weighed > MOST_WEIGHED:
            break
        chosen.append(meaning.lexemes)
    return chosen


def _after(order: Order) -> str:
    sign = ">" if order.direction == "ASC" else "<"
    return f"({order.key}, documents.product_id) {sign} (%(after_key)s::{order.kind}, %(after_id)s::uuid)"


def _key(cursor: str, sort: Sort, order: Order) -> dict[str, Any]:
    """Read a page mark; one of another order, or of nobody's making, is refused."""
    kind, key, product_id = Cursor.decode(cursor, length=3).key
    try:
        read: object = datetime.fromisoformat(str(key)) if order.kind == "timestamptz" else _bigint(key)
        values = {"after_key": read, "after_id": UUID(str(product_id))}
    except ValueError as error:
        raise _strange_mark() from error
    if kind != sort.value:
        raise _strange_mark()
    return values


def _bigint(key: str | int) -> int:
    number = int(key)
    if not -(2**63) <= number < 2**63:
        raise ValueError(key)
    return number


def _strange_mark() -> Invalid:
    return Invalid("That page mark belongs to another list: start again from the first page.", code="cursor.invalid")
