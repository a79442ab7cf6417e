"""The first HTML of shop pages: what search engines, previews and slow phones see before the page itself has begun.

Written for nobody in particular: no name, no cookie, the same for everyone for half a minute.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final, Literal
from urllib.parse import quote

import orjson
from sqlmodel import Session

from marketplace import bootstrap, catalog, identity, media, search
from marketplace.catalog import CategoryView
from marketplace.flows import searching
from marketplace.kernel.actor import Actor, visitor
from marketplace.kernel.errors import NotFound, Unavailable
from marketplace.kernel.money import Money
from marketplace.kernel.words import Locale, _, speaking
from marketplace.rest.cookies import A_YEAR, DEVICE_COOKIE
from marketplace.search import CardView, Language, OfferView, ProductPage, Query

PATH: Final = re.compile(r"(?P<locale>/ar)?/(?P<kind>[pcv])/(?P<name>[^/\x00-\x1f\x7f]{1,100})/?")
NAME: Final = "Marketplace"
LONGEST_SUMMARY: Final = 160

STYLE: Final = (
    "<style>#first{position:absolute;inset:0 0 auto;z-index:1;padding:1.5rem;max-width:60rem;margin-inline:auto;"
    "background:var(--canvas,#fff)}#first img{max-width:20rem;height:auto}"
    'body:has([data-testid="ready"][data-hydrated="1"]) #first{display:none}</style>'
)

GONE: Final = """<script>(function () {
  var first = document.getElementById("first"), there = '[data-testid="ready"][data-hydrated="1"]';
  new MutationObserver(function (changes, observer) {
    if (document.querySelector(there)) { observer.disconnect(); first.remove(); }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-hydrated"] });
})();</script>"""
"""Takes the first HTML away once the page stands: hidden, it would still be the first thing of the page."""

NAMED: Final = f"""<script>(function () {{
  if (/(^|; ){DEVICE_COOKIE}=/.test(document.cookie)) return;
  var name = "10000000-1000-4000-8000-100000000000".replace(/[018]/g, function (digit) {{
    return (+digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> +digit / 4).toString(16);
  }});
  document.cookie = "{DEVICE_COOKIE}=" + name + "; Max-Age={A_YEAR}; Path=/; SameSite=Lax"
    + (location.protocol === "https:" ? "; Secure" : "");
}})();</script>"""
"""Gives a browser its name before the page asks for anything: this answer is everybody's and can set no cookie, and a
visitor whose first page it is has a cart too. A cookie that the server has set cannot be read here, nor overwritten."""


@dataclass(frozen=True, slots=True)
class First:
    """What goes into a page before it is sent; or where it went, or that it is not there."""

    status: int
    head: str = ""
    body: str = ""
    location: str = ""


MISSING: Final = First(404)


def first_of(path: str) -> First | None:
    """The first HTML of a path; nothing for other pages, and where products are shown to members only.

    Nothing either while the database does not answer: the page itself says so then.
    """
    found = PATH.fullmatch(path)
    if found is None or not search.can_look(visitor()):
        return None
    locale: Locale = "ar" if found["locale"] else "en"
    try:
        with speaking(locale):
            return WRITERS[found["kind"]](found["name"], locale)
    except NotFound:
        return MISSING
    except Unavailable:
        return None


def _product(fsin: str, locale: Locale) -> First:
    house = bootstrap.house()
    page = house.db.read(search.product_page, visitor(), fsin=fsin, at=house.db.now())
    if page.product.merged_into is not None:
        return First(301, location=_path("p", page.product.merged_into, locale))
    title = (page.product.title_ar if locale == "ar" else "") or page.product.title
    summary = (page.product.description_ar if locale == "ar" else "") or page.product.description or title
    image = _image(page)
    head = _head(title, summary, "p", fsin, locale, image=image, kind="product") + _data(_product_data(page, image))
    offer = page.featured
    told = [
        f'<img src="{escape(image)}" alt="{escape(title)}" width="480" height="480">',
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(_price(offer.terms.price))}</p>" if offer else "",
        f"<p>{escape(_('In stock') if offer else _('Out of stock'))}</p>",
        f'<p><a href="{_path("v", offer.store_slug, locale)}">{escape(offer.store_name)}</a></p>' if offer else "",
        f"<p>{escape(summary)}</p>",
    ]
    return First(200, head, _main(told))


def _category(slug: str, locale: Locale) -> First:
    place = bootstrap.database().read(_place, visitor(), slug=slug)
    name = place.name_ar or place.name if locale == "ar" else place.name
    return _list("c", slug, name, _("Products in {name}").format(name=name), Query(category=slug), locale)


def _shop(slug: str, locale: Locale) -> First:
    shop = bootstrap.database().read(identity.shop_front, visitor(), slug=slug)
    return _list("v", slug, shop.name, shop.description or shop.name, Query(store_id=shop.id), locale)


WRITERS: Final = {"p": _product, "c": _category, "v": _shop}


def _list(kind: Literal["c", "v"], name: str, title: str, summary: str, query: Query, locale: Locale) -> First:
    language = Language.ARABIC if locale == "ar" else Language.ENGLISH
    found = searching.find(visitor(), bootstrap.house(), query=replace(query, language=language))
    image = found.cards[0].image_url if found.cards else ""
    items = [
        {"@type": "ListItem", "position": place, "url": _absolute(_path("p", card.fsin, "en")), "name": card.title}
        for place, card in enumerate(found.cards, start=1)
    ]
    data = {"@context": "https://schema.org", "@type": "ItemList", "name": title, "itemListElement": items}
    head = _head(title, summary, kind, name, locale, image=image, kind="website") + _data(data)
    told = [f"<h1>{escape(title)}</h1>", "<ul>", *(_item(card, locale) for card in found.cards), "</ul>"]
    return First(200, head, _main(told))


def _place(_actor: Actor, session: Session, *, slug: str) -> CategoryView:
    return catalog.category(session, slug=slug)


def _item(card: CardView, locale: Locale) -> str:
    price = f" {escape(_price(card.price))}" if card.price else ""
    return f'<li><a href="{_path("p", card.fsin, locale)}">{escape(card.title)}</a>{price}</li>'


def _head(title: str, summary: str, place: str, name: str, locale: Locale, *, image: str, kind: str) -> str:
    address = _absolute(_path(place, name, locale))
    short = summary if len(summary) <= LONGEST_SUMMARY else summary[: LONGEST_SUMMARY - 1].rstrip() + "…"
    graph = {"title": title, "description": short, "type": kind, "url": address, "site_name": NAME}
    if image:
        graph["image"] = _absolute(image)
    return "".join(
        [
            f"<title>{escape(title)} · {NAME}</title>",
            f'<meta name="description" content="{escape(short)}">',
            f'<link rel="canonical" href="{escape(address)}">',
            *(
                f'<link rel="alternate" hreflang="{other}" href="{escape(_absolute(_path(place, name, other)))}">'
                for other in ("en", "ar")
            ),
            *(f'<meta property="og:{word}" content="{escape(value)}">' for word, value in graph.items()),
            STYLE,
            NAMED,
        ]
    )


def _product_data(page: ProductPage, image: str) -> dict[str, Any]:
    product = page.product
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.title,
        "sku": product.fsin,
        "description": product.description,
        "image": [_absolute(image)],
        "offers": [_offer_data(product.fsin, offer) for offer in (page.featured, *page.others) if offer],
    }
    if product.brand:
        data["brand"] = {"@type": "Brand", "name": product.brand}
    if product.upc:
        data["gtin"] = product.upc
    return data


def _offer_data(fsin: str, offer: OfferView) -> dict[str, Any]:
    stock = "InStock" if offer.can_be_bought else "OutOfStock"
    return {
        "@type": "Offer",
        "url": _absolute(_path("p", fsin, "en")),
        "price": str(offer.terms.price.decimal),
        "priceCurrency": offer.terms.price.currency,
        "availability": f"https://schema.org/{stock}",
        "seller": {"@type": "Organization", "name": offer.store_name},
    }


def _data(content: dict[str, Any]) -> str:
    """Data for machines, in which nothing can end the script that holds it."""
    written = orjson.dumps(content).decode().replace("<", "\\u003c")
    return f'<script type="application/ld+json">{written}</script>'


def _main(lines: Sequence[str]) -> str:
    return f'<main id="first">{"".join(lines)}</main>{GONE}'


def _image(page: ProductPage) -> str:
    return media.media_url(page.images[0].sha256, media.WIDTHS[1]) if page.images else page.placeholder


def _price(amount: Money) -> str:
    return f"{amount.currency} {amount.decimal:,}"


def _path(kind: str, name: str, locale: str) -> str:
    return f"{'/ar' if locale == 'ar' else ''}/{kind}/{quote(name)}"


def _absolute(path: str) -> str:
    return f"{bootstrap.house().public_url}{path}"
