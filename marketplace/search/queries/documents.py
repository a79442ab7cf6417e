"""What a product's document should say now, asked of the slices that own it, and which documents a change concerns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace import media, rates
from marketplace.catalog.models import Listing
from marketplace.kernel import profile
from marketplace.kernel.ids import ListingId, ProductId, StoreId
from marketplace.kernel.rows import among, padded
from marketplace.search.rules import CARD_WIDTH, FAST_WITHIN_DAYS, LOW_STOCK, PLACEHOLDER

FRESH: Final = """
WITH offered AS (
  SELECT listing.product_id, listing.id, listing.store_id, listing.condition,
         price.price_minor, price.list_price_minor, price.currency,
         stock.on_hand - stock.reserved - stock.allocated AS available, price.min_quantity,
         price.price_minor + CASE
           WHEN terms.store_id IS NULL THEN
             CASE WHEN price.price_minor >= %(house_free_over)s THEN 0 ELSE %(house_flat)s END
           WHEN price.price_minor >= terms.free_over_minor THEN 0
           ELSE terms.flat_minor END AS landed_minor,
         COALESCE(terms.handling_days + terms.transit_days, %(house_days)s) <= %(fast_within)s AS is_fast,
         EXISTS (SELECT FROM tiers WHERE tiers.listing_id = listing.id) AS has_tiers
  FROM listings AS listing
  JOIN store_standings AS standing ON standing.store_id = listing.store_id AND standing.is_live
  JOIN prices AS price ON price.listing_id = listing.id
  JOIN stock ON stock.listing_id = listing.id
  LEFT JOIN shipping_profiles AS terms ON terms.store_id = listing.store_id
  WHERE listing.product_id = ANY(%(product_ids)s) AND listing.is_live
), featured AS (
  SELECT DISTINCT ON (product_id) *,
         CASE WHEN available < min_quantity THEN 'out_of_stock'
              WHEN available <= %(low_stock)s THEN 'low_stock' ELSE 'in_stock' END AS availability,
         array_remove(ARRAY[
           CASE WHEN is_fast THEN 'fast' END,
           CASE WHEN list_price_minor > price_minor THEN 'reduced' END,
           CASE WHEN has_tiers THEN 'volume_price' END], NULL) AS badges
  FROM offered
  ORDER BY product_id, available < min_quantity, condition <> 'new', landed_minor, id
), counted AS (
  SELECT product_id, count(*) AS offers, array_agg(DISTINCT store_id) AS store_ids FROM offered GROUP BY product_id
), places AS (
  SELECT category.id, category.slug, array_agg(above.slug::text ORDER BY above.depth) AS slugs
  FROM categories AS category
  CROSS JOIN LATERAL generate_series(1, category.depth + 1) AS level
  JOIN categories AS above
    ON above.path = array_to_string((string_to_array(category.path, '/'))[1:level], '/')
  WHERE category.id IN (SELECT category_id FROM products WHERE id = ANY(%(product_ids)s))
  GROUP BY category.id
), described AS (
  SELECT product.id AS product_id, product.brand, texts.brand_key, product.created_at AS listed_at, product.title_ar,
         category.slugs AS category_slugs,
         COALESCE(counted.store_ids, '{}') AS store_ids,
         CASE WHEN product.state = 'published' THEN COALESCE(counted.offers, 0) ELSE 0 END AS offers,
         featured.price_minor, featured.currency, COALESCE(featured.badges, '{}') AS badges,
         CASE featured.availability WHEN 'in_stock' THEN 600 WHEN 'low_stock' THEN 400 ELSE 0 END
         + 50 * LEAST(COALESCE(counted.offers, 0), 4)
         + CASE WHEN product.images <> '[]' THEN 200 ELSE 0 END AS score,
         jsonb_build_object(
           'fsin', product.fsin, 'title', product.title, 'brand', product.brand, 'category', category.slug,
           'image_url', COALESCE(replace(%(picture)s, '{}', picture.sha256),
                                 replace(%(placeholder)s, '{}', category.slug)),
           'price', CASE WHEN featured.price_minor IS NOT NULL THEN
             jsonb_build_object('minor', featured.price_minor, 'currency', featured.currency) END,
           'list_price', CASE WHEN featured.list_price_minor IS NOT NULL THEN
             jsonb_build_object('minor', featured.list_price_minor, 'currency', featured.currency) END,
           'listing_id', featured.id,
           'store', CASE WHEN store.id IS NOT NULL THEN
             jsonb_build_object('id', store.id, 'name', store.name, 'slug', store.slug) END,
           'offer_count', COALESCE(counted.offers, 0), 'rating', NULL, 'review_count', 0,
           'badges', COALESCE(featured.badges, '{}'),
           'availability', COALESCE(featured.availability, 'out_of_stock')) AS said
  FROM products AS product
  JOIN places AS category ON category.id = product.category_id
  LEFT JOIN featured ON featured.product_id = product.id
  LEFT JOIN counted ON counted.product_id = product.id
  LEFT JOIN search_texts AS texts ON texts.product_id = product.id
  LEFT JOIN stores AS store ON store.id = featured.store_id
  LEFT JOIN assets AS picture ON picture.id = (product.images->>0)::uuid AND picture.state = 'ready'
  WHERE product.id = ANY(%(product_ids)s)
), fresh AS (
  SELECT described.*, said::text AS card,
         CASE WHEN title_ar <> '' THEN (said || jsonb_build_object('title', title_ar))::text END AS card_ar
  FROM described
)
"""

_STALE_TEXTS: Final = """
WITH places AS (
  SELECT category.id, string_agg(above.name || ' ' || above.name_ar, ' ' ORDER BY above.depth) AS names
  FROM categories AS category
  CROSS JOIN LATERAL generate_series(1, category.depth + 1) AS level
  JOIN categories AS above
    ON above.path = array_to_string((string_to_array(category.path, '/'))[1:level], '/')
  WHERE category.id IN (SELECT category_id FROM products WHERE id = ANY(%(product_ids)s))
  GROUP BY category.id
)
SELECT product.id, product.revision, product.title, product.title_ar, COALESCE(product.brand, '') AS brand,
       product.description, product.description_ar,
       (SELECT string_agg(one->>'value', ' ') FROM jsonb_array_elements(product.attributes) AS one) AS details,
       places.names
FROM products AS product
JOIN places ON places.id = product.category_id
LEFT JOIN search_texts AS known ON known.product_id = product.id
WHERE product.id = ANY(%(product_ids)s) AND known.revision IS DISTINCT FROM product.revision
ORDER BY product.id
"""


@dataclass(frozen=True, slots=True)
class TextSource:
    """What is written of a product, as its vendor wrote it."""

    product_id: ProductId
    revision: int
    title: str
    title_ar: str
    brand: str
    description: str
    description_ar: str
    details: str | None
    categories: str


def fresh_values(product_ids: Sequence[ProductId]) -> dict[str, Any]:
    """The values that FRESH asks for."""
    house = rates.house_terms(profile.chosen().currency)
    return {
        "product_ids": padded(product_ids),
        "house_flat": house.flat.minor,
        "house_free_over": house.free_over.minor if house.free_over else None,
        "house_days": house.handling_days + house.transit_days,
        "fast_within": FAST_WITHIN_DAYS,
        "low_stock": LOW_STOCK,
        "picture": media.media_url("{}", CARD_WIDTH),
        "placeholder": PLACEHOLDER,
    }


def stale_texts(session: Session, *, product_ids: Sequence[ProductId]) -> list[TextSource]:
    """What is written of those products whose text was changed since it was taken in."""
    rows = session.connection().exec_driver_sql(_STALE_TEXTS, {"product_ids": padded(product_ids)})
    return [TextSource(*row) for row in rows]


def products_of_listings(session: Session, *, listing_ids: Collection[ListingId]) -> set[ProductId]:
    """The products that listings sell."""
    found = select(col(Listing.product_id)).where(among(col(Listing.id), listing_ids))
    return set(session.execute(found).scalars())


def products_of_store(session: Session, *, store_id: StoreId) -> set[ProductId]:
    """The products that a store sells, or has sold."""
    found = select(col(Listing.product_id)).where(col(Listing.store_id) == store_id)
    return set(session.execute(found).scalars())
