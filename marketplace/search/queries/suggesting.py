"""How a half-typed question may go on."""

from typing import Final

from sqlmodel import Session

from marketplace.kernel.actor import Actor
from marketplace.search import policy
from marketplace.search.rules import asked_words, stemmer
from marketplace.search.states import Language
from marketplace.search.views import SuggestionView

MOST_QUESTIONS: Final = 5
MOST_CATEGORIES: Final = 3
MOST_PRODUCTS: Final = 5
SHORTEST_FOR_PRODUCTS: Final = 3

_ENDINGS: Final = """
SELECT word FROM search_words WHERE word LIKE %(beginning)s AND products > 0 ORDER BY products DESC, word LIMIT %(most)s
"""

_CATEGORIES: Final = """
SELECT slug, CASE WHEN %(is_arabic)s AND name_ar <> '' THEN name_ar ELSE name END AS name
FROM categories
WHERE lower(name) LIKE %(beginning)s OR lower(name) LIKE %(inside)s OR name_ar LIKE %(beginning)s
ORDER BY depth, position, slug LIMIT %(most)s
"""

_PRODUCTS: Final = """
SELECT documents.card::json->>'fsin' AS fsin,
       CASE WHEN %(is_arabic)s THEN COALESCE(documents.card_ar, documents.card) ELSE documents.card END::json->>'title'
FROM (SELECT product_id FROM search_texts WHERE words @@ %(words)s::tsquery LIMIT 200) AS hits
JOIN search_documents AS documents USING (product_id)
WHERE documents.offers > 0
ORDER BY documents.score DESC, documents.product_id DESC LIMIT %(most)s
"""


def suggest(
    actor: Actor, session: Session, *, text: str, language: Language = Language.ENGLISH
) -> tuple[SuggestionView, ...]:
    """Whole questions, categories and products that begin as typed; nothing for nothing."""
    policy.ask_to_look(actor)
    words = asked_words(text)
    if not words:
        return ()
    found = [*_questions(session, words), *_categories(session, words, language)]
    if len(words[-1]) >= SHORTEST_FOR_PRODUCTS:
        found += _products(session, words, language)
    return tuple(found)


def _questions(session: Session, words: list[str]) -> list[SuggestionView]:
    given = {"beginning": f"{words[-1]}%", "most": MOST_QUESTIONS}
    endings = session.connection().exec_driver_sql(_ENDINGS, given).scalars()
    return [SuggestionView("query", " ".join([*words[:-1], ending])) for ending in endings]


def _categories(session: Session, words: list[str], language: Language) -> list[SuggestionView]:
    asked = " ".join(words)
    given = {
        "beginning": f"{asked}%",
        "inside": f"% {asked}%",
        "is_arabic": language is Language.ARABIC,
        "most": MOST_CATEGORIES,
    }
    rows = session.connection().exec_driver_sql(_CATEGORIES, given)
    return [SuggestionView("category", name, slug=slug) for slug, name in rows]


def _products(session: Session, words: list[str], language: Language) -> list[SuggestionView]:
    configured = [f"plainto_tsquery('{stemmer(word)}', %(word_{place})s)" for place, word in enumerate(words[:-1])]
    asked = " && ".join([*configured, "to_tsquery('simple', %(last)s)"])
    given = {f"word_{place}": word for place, word in enumerate(words[:-1])} | {"last": f"{words[-1]}:*"}
    statement = _PRODUCTS.replace("%(words)s::tsquery", f"({asked})")
    more = {"is_arabic": language is Language.ARABIC, "most": MOST_PRODUCTS}
    rows = session.connection().exec_driver_sql(statement, given | more)
    return [SuggestionView("product", title, fsin=fsin) for fsin, title in rows]
