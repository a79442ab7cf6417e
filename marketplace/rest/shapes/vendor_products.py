"""Products, as a vendor who made or sells them sees them."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from marketplace import catalog
from marketplace.catalog import ChangeView, ProductView, ProductWords
from marketplace.flows.compositions.listing import Proposed
from marketplace.kernel.ids import AssetId
from marketplace.rest.shapes.base import FullLine, Line, Moment, Prose, Shape, Wished
from marketplace.rest.shapes.products import Attribute, Place
from marketplace.rest.shapes.vendor_listings import VendorListing, WishedOffering
from marketplace.rest.shapes.vendor_stock import Version

Slug = Annotated[Line, Field(min_length=1, max_length=80)]
Brand = Annotated[Line, Field(max_length=120)]
Barcode = Annotated[Line, Field(max_length=20)]


class WishedAttribute(Wished):
    """A property to describe."""

    name: Annotated[FullLine, Field(max_length=60)]
    value: Annotated[FullLine, Field(max_length=400)]
    name_ar: Annotated[Line | None, Field(max_length=60)] = None
    value_ar: Annotated[Line | None, Field(max_length=400)] = None


Attributes = Annotated[tuple[WishedAttribute, ...], Field(max_length=40)]
Images = Annotated[tuple[UUID, ...], Field(max_length=10, description="Assets of kind `product_image`, cover first.")]


class WishedProduct(Wished):
    """A product to be made; with `listing` it is sold at once, and one whose barcode is known is joined."""

    title: FullLine
    category: Slug
    title_ar: Line = ""
    brand: Brand | None = None
    description: Prose = ""
    description_ar: Prose = ""
    upc: Barcode | None = None
    attributes: Attributes = ()
    images: Images = ()
    listing: WishedOffering | None = None

    def words(self) -> ProductWords:
        """Read it."""
        return ProductWords(
            title=self.title,
            category=self.category,
            title_ar=self.title_ar,
            brand=self.brand,
            description=self.description,
            description_ar=self.description_ar,
            upc=self.upc,
            attributes=_attributes(self.attributes),
            images=tuple(AssetId(image) for image in self.images),
        )


class ProductChange(Wished):
    """What shall be said differently of a product; what is left out stays."""

    title: FullLine | None = None
    category: Slug | None = None
    title_ar: Line | None = None
    brand: Brand | None = None
    description: Prose | None = None
    description_ar: Prose | None = None
    upc: Barcode | None = None
    attributes: Attributes | None = None
    images: Images | None = None
    base_revision: Version | None = None

    def words(self, now: ProductView) -> ProductWords:
        """Read it over what is said now: `null` takes away what may be missing."""
        said = {name: getattr(self, name) for name in self.model_fields_set - {"base_revision"}}
        emptied = {"title": now.title, "category": now.category.slug, "attributes": (), "images": ()}
        written = {name: emptied.get(name, "") if value is None else value for name, value in said.items()}
        if self.attributes:
            written["attributes"] = _attributes(self.attributes)
        return ProductWords(**{**_words_of(now), **written})


class VendorProduct(Shape):
    """A product, as a vendor who made or sells it sees it."""

    fsin: str
    title: str
    title_ar: str
    brand: str | None
    description: str
    description_ar: str
    category: Place
    upc: str | None
    attributes: tuple[Attribute, ...]
    images: tuple[UUID, ...]
    state: str
    is_shared: bool
    revision: int
    created_at: Moment
    changed_at: Moment

    @classmethod
    def of(cls, product: ProductView) -> "VendorProduct":
        """Print a product."""
        return cls(
            fsin=product.fsin,
            title=product.title,
            title_ar=product.title_ar,
            brand=product.brand,
            description=product.description,
            description_ar=product.description_ar,
            category=Place(slug=product.category.slug, path=product.category.path),
            upc=product.upc,
            attributes=tuple(Attribute.of(one) for one in product.attributes),
            images=product.images,
            state=product.state,
            is_shared=product.is_shared,
            revision=product.revision,
            created_at=product.created_at,
            changed_at=product.changed_at,
        )


class ProposedProduct(Shape):
    """A product that was made, or found by its barcode, and the listing of it where one was asked for."""

    product: VendorProduct
    listing: VendorListing | None

    @classmethod
    def of(cls, proposed: Proposed) -> "ProposedProduct":
        """Print what came of a proposal."""
        return cls(
            product=VendorProduct.of(proposed.product),
            listing=None if proposed.listing is None else VendorListing.of(proposed.listing),
        )


class ChangeRequest(Shape):
    """A wish to change a product that others sell too, and what came of it."""

    id: UUID
    fsin: str
    state: str
    base_revision: int
    before: dict[str, Any]
    after: dict[str, Any]
    requested_at: Moment
    decided_at: Moment | None
    product: VendorProduct

    @classmethod
    def of(cls, change: ChangeView, product: ProductView) -> "ChangeRequest":
        """Print a change request with the product as it is now."""
        return cls(
            id=change.id,
            fsin=change.fsin,
            state=change.state,
            base_revision=change.base_revision,
            before=change.before,
            after=change.after,
            requested_at=change.requested_at,
            decided_at=change.decided_at,
            product=VendorProduct.of(product),
        )


def _attributes(wished: tuple[WishedAttribute, ...]) -> tuple[catalog.Attribute, ...]:
    return tuple(catalog.Attribute(one.name, one.value, one.name_ar, one.value_ar) for one in wished)


def _words_of(product: ProductView) -> dict[str, Any]:
    return {
        "title": product.title,
        "category": product.category.slug,
        "title_ar": product.title_ar,
        "brand": product.brand,
        "description": product.description,
        "description_ar": product.description_ar,
        "upc": product.upc,
        "attributes": product.attributes,
        "images": product.images,
    }
