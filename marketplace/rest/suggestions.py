"""What a half-typed question may become."""

from typing import Annotated

from fastapi import Query

from marketplace import search
from marketplace.rest.access import CATALOG
from marketplace.rest.caller import Caller
from marketplace.rest.languages import language_of
from marketplace.rest.routing import Router
from marketplace.rest.shapes.base import Line
from marketplace.rest.shapes.products import Suggestions

router = Router(prefix="/search/suggestions", tags=["products"])

Typed = Annotated[Line, Query(max_length=200, description="What was typed so far.")]


@router.get("", access=CATALOG, returns=Suggestions)
def get_suggestions(caller: Caller, q: Typed = "") -> Suggestions:
    """Suggest questions, categories and products that begin as typed."""
    return Suggestions.of(caller.read(search.suggest, text=q, language=language_of(caller.locale)))
