"""What the form about a listing says: words, terms and counts as they were typed."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, model_validator

from marketplace import pricing
from marketplace.catalog import Attribute, Condition, ProductWords
from marketplace.flows.compositions import listing as listings
from marketplace.kernel.errors import FieldProblem, Invalid
from marketplace.kernel.ids import AssetId
from marketplace.kernel.text import FullLine, Line, Prose, tidy_line
from marketplace.pricing import Terms, Tier
from state.typed import needed, sum_of, whole
from state.words import mark

NO_PERCENT: Final = mark("Write a percentage, such as 7.5.")
NO_UNITS: Final = mark("Write a whole number from 1 to 100,000.")
NO_COUNT: Final = mark("Write a whole number from 0 to 10,000,000.")
NO_TITLE: Final = mark("Write a title: brand, thing, size, color.")
NO_CATEGORY: Final = mark("Choose the category it belongs in.")
NO_PRICE: Final = mark("Write what one costs in figures, such as 120.50.")

Units = Annotated[int, whole(NO_UNITS, least=1, most=100_000)]
Count = Annotated[int, whole(NO_COUNT, least=0, most=10_000_000)]
SomeUnits = Annotated[Units | None, BeforeValidator(lambda typed: tidy_line(typed) or None)]


class TypedTier(BaseModel):
    """One step in the price, as it was typed."""

    quantity: Units
    percent: Annotated[FullLine, needed(NO_PERCENT)]


class TypedDetail(BaseModel):
    """One detail of the product, as it was typed."""

    name: Line
    value: Line


class TypedListing(BaseModel):
    """The whole form; rows come in fields whose names end in the row's own number."""

    title: Annotated[FullLine, needed(NO_TITLE)]
    title_ar: Line = ""
    brand: Line = ""
    upc: Line = ""
    description: Prose = ""
    description_ar: Prose = ""
    category: Annotated[FullLine, needed(NO_CATEGORY)]
    details: tuple[TypedDetail, ...] = ()
    price: Annotated[FullLine, needed(NO_PRICE)]
    list_price: Line = ""
    tiers: tuple[TypedTier, ...] = ()
    min_quantity: Units = 1
    max_quantity: SomeUnits = None
    quantity_step: Units = 1
    sku: Line = ""
    condition: Condition = Condition.NEW
    on_hand: Count = 0
    warn_at: Count = 0

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, form: Any) -> Any:  # noqa: ANN401 (what the browser sent)
        if not isinstance(form, dict):
            return form
        tiers = _rows(form, "tier_quantity_", "tier_percent_")
        details = _rows(form, "detail_name_", "detail_value_")
        return {
            **form,
            "tiers": [{"quantity": quantity, "percent": percent} for quantity, percent in tiers],
            "details": [{"name": name, "value": value} for name, value in details],
        }

    def words(self, images: Sequence[str]) -> ProductWords:
        """What it says of the product."""
        return ProductWords(
            title=self.title,
            category=self.category,
            title_ar=self.title_ar,
            brand=self.brand or None,
            description=self.description,
            description_ar=self.description_ar,
            upc=self.upc or None,
            attributes=tuple(Attribute(detail.name, detail.value) for detail in self.details),
            images=tuple(AssetId(UUID(image)) for image in images),
        )

    def terms(self) -> Terms:
        """What it says of the price."""
        return Terms(
            price=sum_of("price", self.price),
            list_price=sum_of("list_price", self.list_price) if self.list_price else None,
            tiers=tuple(Tier(tier.quantity, _percent(place, tier.percent)) for place, tier in enumerate(self.tiers)),
            min_quantity=self.min_quantity,
            max_quantity=self.max_quantity,
            quantity_step=self.quantity_step,
        )

    def offering(self) -> listings.Offering:
        """How the product is sold."""
        return listings.Offering(
            terms=self.terms(), on_hand=self.on_hand, sku=self.sku, condition=self.condition, warn_at=self.warn_at
        )


def _percent(place: int, typed: str) -> int:
    try:
        return pricing.read_percent(typed)
    except ValueError:
        where = FieldProblem(f"tiers.{place}.percent", "field.percent", NO_PERCENT)
        raise Invalid(NO_PERCENT, fields=(where,)) from None


def _rows(form: Mapping[str, Any], first: str, second: str) -> list[tuple[Any, Any]]:
    """The pairs of fields of each row, in their order; rows left empty are no rows."""
    numbers = sorted(int(name.removeprefix(first)) for name in form if _is_row(name, first))
    found = [(form[f"{first}{number}"], form.get(f"{second}{number}", "")) for number in numbers]
    return [pair for pair in found if any(tidy_line(typed) for typed in pair)]


def _is_row(name: str, prefix: str) -> bool:
    return name.startswith(prefix) and name.removeprefix(prefix).isdecimal()
