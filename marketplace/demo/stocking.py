"""The shops are stocked: products, listings, prices with tiers, and units, by the commands of the import."""

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Final

from marketplace import audit, catalog, events, inventory, media, pricing
from marketplace.catalog import Attribute, ImportRow, ProductsChanged, ProductWords
from marketplace.demo.cast import Trader
from marketplace.demo.pictures.studio import CANVAS, SHRINKS, Design, Drawing, Studio
from marketplace.demo.shelves import Ware, wares
from marketplace.demo.stage import SEED, Stage, Told
from marketplace.flows import uploading
from marketplace.inventory import Count
from marketplace.kernel import profile
from marketplace.kernel.ids import AssetId, CategoryId, ListingId, StoreId
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.media import AssetKind, Picture
from marketplace.pricing import Terms, Tier

OPENED_DAYS_AGO: Final = 91

SHARED: Final = 0.6
"""How often a shop that could sell another one's product does."""

REDUCED: Final = 0.22
"""How often a price was higher before."""

KEEPERS: Final = 6
"""How many put files away at once: each waits for the disk."""

PERCENT: Final = 10_000
"""One percent in parts per million."""

NEIGHBOURLY: Final = (92, 96, 100, 104, 109)
"""What other shops ask for the same thing, in percent of the first one's price."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one shop sells, and which of it nobody sold before."""

    shop: Trader
    goods: tuple[Ware, ...]
    own: frozenset[int]

    @property
    def scene(self) -> str:
        """What filling it is called."""
        return f"goods of {self.shop.code}"

    @property
    def designs(self) -> list[Design]:
        """The pictures that this shop needs."""
        return list(dict.fromkeys(ware.design for ware in self.goods if ware.number in self.own))


def sku(code: str, number: int) -> str:
    """What a shop calls a product."""
    return f"{code.upper()}-{number:04}"


def shelves(stage: Stage) -> list[Shelf]:
    """Who sells what: the same in every world of this profile."""
    goods = wares(profile.chosen().name, profile.chosen().currency)
    carriers = {ware.number: _carriers(ware, stage.cast.vendors) for ware in goods}
    return [
        Shelf(
            shop,
            tuple(ware for ware in goods if shop.code in carriers[ware.number]),
            frozenset(number for number, codes in carriers.items() if codes[0] == shop.code),
        )
        for shop in stage.cast.vendors
    ]


Asked = Mapping[str, Sequence[tuple[Design, Future[Drawing]]]]
"""The pictures that are being drawn, by the scene that waits for them."""


def begin(stage: Stage, filled: Sequence[Shelf], studio: Studio) -> Asked:
    """Have the pictures drawn of shelves that are still empty."""
    return {
        shelf.scene: list(zip(shelf.designs, studio.begin(shelf.designs), strict=True))
        for shelf in filled
        if not stage.was_played(shelf.scene)
    }


def stock(stage: Stage, filled: Sequence[Shelf], asked: Asked) -> Told:
    """Fill the shelves, shop by shop, while the pictures of the next are being drawn; gives listings by SKU."""
    at = stage.moment(OPENED_DAYS_AGO, 10)
    listings: Told = {}
    for shelf in filled:
        pictures = _keep(stage, asked.get(shelf.scene, []))
        listings |= stage.play(shelf.scene, _Filling(stage, shelf, pictures), at=at)
    return listings


@dataclass(frozen=True, slots=True)
class _Filling:
    """The scene in which one shop's shelves are filled."""

    stage: Stage
    shelf: Shelf
    pictures: Mapping[Design, Picture]

    def __call__(self, uow: UnitOfWork) -> Told:
        """Put everything there in a few statements, and say it once."""
        actor = self.stage.actor(self.shelf.shop.login)
        store_id = StoreId(actor.store_id) if actor.store_id else None
        if store_id is None:
            raise LookupError(self.shelf.shop.login)
        images = self._adopt(uow, store_id)
        rows = self._rows(uow, images)
        placed = catalog.import_batch(uow, store_id=store_id, rows=rows)
        listed = {
            ware: ListingId(row.listing_id)
            for ware, row in zip(self.shelf.goods, placed, strict=True)
            if row.listing_id
        }
        counts = [Count(listing_id, units(ware)) for ware, listing_id in listed.items()]
        inventory.import_stock(uow, store_id=store_id, counts=counts)
        terms = {listing_id: _terms(ware, self.shelf.shop.code) for ware, listing_id in listed.items()}
        pricing.import_prices(uow, terms=terms)
        audit.record(uow, actor, "catalog.import_batch", store_id, store_id=store_id, after={"rows": len(rows)})
        events.emit(uow, ProductsChanged(product_ids=tuple(row.product_id for row in placed if row.product_id)))
        return {sku(self.shelf.shop.code, ware.number): str(listing_id) for ware, listing_id in listed.items()}

    def _adopt(self, uow: UnitOfWork, store_id: StoreId) -> dict[Design, AssetId]:
        drawn = list(self.pictures.items())
        pictures = [picture for _, picture in drawn]
        adopted = media.adopt(uow, pictures=pictures, store_id=store_id, kind=AssetKind.PRODUCT_IMAGE)
        return {design: asset_id for (design, _), asset_id in zip(drawn, adopted, strict=True)}

    def _rows(self, uow: UnitOfWork, images: Mapping[Design, AssetId]) -> list[ImportRow]:
        places = {place.slug: place.id for place in catalog.categories(uow.session)}
        return [
            ImportRow(
                number=ware.number,
                words=_words(ware, images),
                category_id=CategoryId(places[ware.category]),
                sku=sku(self.shelf.shop.code, ware.number),
            )
            for ware in self.shelf.goods
        ]


def _keep(stage: Stage, asked: Sequence[tuple[Design, Future[Drawing]]]) -> dict[Design, Picture]:
    """Wait for the pictures of a shop, and put their sizes where files are kept, several at once."""
    pictures = {design: _picture(drawing.result()) for design, drawing in asked}
    with ThreadPoolExecutor(KEEPERS) as keepers:
        list(keepers.map(partial(uploading.keep_sizes, stage.house), pictures.values()))
    return pictures


def _picture(drawing: Drawing) -> Picture:
    largest = max(drawing)
    side = CANVAS // SHRINKS[largest]
    return Picture(hashlib.sha256(drawing[largest]).hexdigest(), side, side, drawing)


def _carriers(ware: Ware, shops: Sequence[Trader]) -> list[str]:
    """The shops that sell it, in the order of the cast; the first of them makes its page."""
    chance = Random(f"{SEED}:carriers:{ware.number}")  # noqa: S311 (the same world every time)
    first, others = ware.vendors[0], ware.vendors[1:]
    if not profile.chosen().shares_products:
        return [first]
    chosen = {first, *(code for code in others if chance.random() < SHARED)}
    return [shop.code for shop in shops if shop.code in chosen]


def _words(ware: Ware, images: Mapping[Design, AssetId]) -> ProductWords:
    image = images.get(ware.design)
    return ProductWords(
        title=ware.title,
        title_ar=ware.title_ar,
        category=ware.category,
        brand=ware.brand,
        description=ware.description,
        description_ar=ware.description_ar,
        upc=ware.barcode,
        attributes=tuple(Attribute(fact.name, fact.value, value_ar=fact.value_ar or None) for fact in ware.facts),
        images=() if image is None else (image,),
    )


def units(ware: Ware) -> int:
    """Most shelves are full, some nearly bare, a few empty."""
    chance = Random(f"{SEED}:units:{ware.number}")  # noqa: S311 (the same world every time)
    return chance.choice((0, 3, 4, *(chance.randrange(25, 240) for _ in range(27))))


def _terms(ware: Ware, code: str) -> Terms:
    chance = Random(f"{SEED}:terms:{ware.number}:{code}")  # noqa: S311 (the same world every time)
    percent = 100 if ware.vendors[0] == code else chance.choice(NEIGHBOURLY)
    price = Money(max(100, ware.price.minor * percent // 100 // 50 * 50), ware.price.currency)
    before = Money(price.minor * 125 // 100 // 50 * 50, price.currency)
    was = before if chance.random() < REDUCED and before > price else None
    steps = chance.choice(((), (), ((3, 5),), ((5, 5), (12, 10)), ((10, 8), (25, 15))))
    tiers = tuple(Tier(units, percent * PERCENT) for units, percent in steps)
    return Terms(price=price, list_price=was, tiers=tiers)
