"""The page of one product."""

from typing import Any, Final

import reflex as rx

from pages.components.banner import banner, note
from pages.components.button import button, button_link
from pages.components.card import card, columns, row, section, stack
from pages.components.frame import frame
from pages.components.given import given
from pages.components.kinds import length
from pages.components.link import link, outside_link
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.navigation import crumb_list
from pages.components.picture import gallery, picture, thumb
from pages.components.price import delivery_cost, price, tier_row, tier_table
from pages.components.skeleton import skeleton
from pages.components.status import avatar, badge, code
from pages.components.stepper import stepper
from pages.components.table import Heading, acts, cell, row_head, table
from state.installation import profile
from state.shop.facets import WayRow
from state.shop.offers import OfferRow, TierRow
from state.shop.product import FactRow, PictureRow, ProductState
from state.words import _

OWN: Final = "take-here"
REACH: Final = "take-in-reach"
GIVE_WAY: Final = f"""
(function () {{
  const own = document.getElementById("{OWN}"), bar = document.getElementById("{REACH}");
  if (!own || !bar) return;
  const look = ([seen]) => bar.toggleAttribute("data-away", seen.isIntersecting);
  new IntersectionObserver(look, {{ rootMargin: "-148px 0px -80px", threshold: 0.5 }}).observe(own);
}})();
"""
"""Take the bar away while the page's own button is in sight: between the head of the shop and where the bar stands."""


def product_page() -> rx.Component:
    """What a product is, and who sells it."""
    return frame(_("Product"), when_loaded(ProductState, content(), meanwhile(), title=_("Product")), heads=False)


def content() -> rx.Component:
    """The product, then everybody who offers it."""
    home = rx.el.li(link(_("Home"), "/", look="plain"))
    way = crumb_list(home, rx.foreach(ProductState.way, way_step))
    shown = columns(pictures(), words(), rx.el.div(buying("wide"), class_name="not-phone buycol"), kind="product")
    return stack(stack(way, shown), rx.cond(length(ProductState.offers) > 1, offers()), within_reach(), gap="7")


def meanwhile() -> rx.Component:
    """Hold the place of all this."""
    square = rx.el.span(class_name="pic skel", style={"blockSize": "auto"})
    lines = stack(
        skeleton("40%"), skeleton("90%", "2rem"), *(skeleton(width) for width in ("80%", "70%", "85%", "60%"))
    )
    box = card(stack(skeleton("50%", "2rem"), skeleton(), skeleton("70%"), skeleton("100%", "3rem")))
    return stack(skeleton("14rem"), columns(square, lines, box, kind="product", aria_busy="true"))


def way_step(step: WayRow) -> rx.Component:
    """One step of the way here."""
    return rx.el.li(link(step.words, step.href, look="plain"))


def pictures() -> rx.Component:
    """One picture large, the others under it."""
    now = ProductState.pictures[ProductState.shown]
    small = rx.cond(length(ProductState.pictures) > 1, rx.fragment(rx.foreach(ProductState.pictures, small_picture)))
    return gallery(picture(now.source, now.words, is_first=True), small)


def small_picture(shown: PictureRow) -> rx.Component:
    """One of the others."""
    is_current = ProductState.shown == shown.place
    return thumb(shown.source, shown.label, is_current=is_current, on_click=ProductState.show(shown.place))


def words() -> rx.Component:
    """What is said of it."""
    brand = rx.cond(ProductState.brand, link(given(ProductState.brand), ProductState.brand_href, look="tap"))
    title = stack(brand, rx.el.h1(given(ProductState.title), class_name="t5", data_testid="title"), gap="2")
    told = rx.cond(
        length(ProductState.points) > 1,
        rx.el.ul(rx.foreach(ProductState.points, point), class_name="stack stack--2 dots t3"),
        rx.foreach(ProductState.points, paragraph),
    )
    number = (rx.el.dt(_("FSIN")), rx.el.dd(code(ProductState.fsin)))
    facts = rx.el.dl(rx.foreach(ProductState.facts, fact), *number, class_name="facts")
    details = stack(rx.el.h2(_("Details"), class_name="strong t3"), facts, gap="3")
    return stack(title, told, rx.el.div(buying("phone"), class_name="only-phone"), details, gap="5")


def point(line: rx.Var[str]) -> rx.Component:
    """One line of what its vendor says."""
    return rx.el.li(given(line))


def paragraph(line: rx.Var[str]) -> rx.Component:
    """The same, where it is one paragraph."""
    return rx.el.p(given(line), class_name="t3 read")


def fact(shown: FactRow) -> rx.Component:
    """One property."""
    return rx.fragment(rx.el.dt(given(shown.name)), rx.el.dd(given(shown.value)))


def buying(where: str) -> rx.Component:
    """What it costs, when it comes, and the way to have it; `where` tells the two places of the page apart."""
    label = _("Buy on the phone") if where == "phone" else _("Buy")
    box = rx.el.aside(
        rx.el.div(rx.cond(ProductState.has_offer, offer(where), sold_out()), class_name="card__body stack"),
        class_name="card buybox",
        aria_label=label,
    )
    others = rx.el.p(
        outside_link(_("See all offers"), "#offers"), class_name="t1 muted", style={"padding": "var(--s3) var(--s1)"}
    )
    return rx.fragment(box, rx.cond(length(ProductState.offers) > 1, others) if where == "wide" else rx.fragment())


def sold_out() -> rx.Component:
    """Say why it cannot be bought, and what to do."""
    return rx.fragment(
        banner(_("Not to be had just now"), ProductState.why, tone="warn"),
        button_link(_("See what is like it"), ProductState.category_href, is_wide=True, size="large"),
    )


def offer(where: str) -> rx.Component:
    """The offer shown first."""
    shown = ProductState.offer
    unit = _("VAT included") if profile().prices_include_tax else _("Without tax")
    return rx.fragment(
        price(shown.price, was=shown.was, saved=shown.saved, unit=unit, is_large=True),
        rx.cond(ProductState.tiers, tier_table(rx.foreach(ProductState.tiers, tier))),
        stack(
            rx.cond(
                shown.is_low,
                note(rx.el.b(shown.stock), sign="warning", tone="warn"),
                note(rx.el.b(shown.stock), sign="check", tone="good"),
            ),
            note(rx.el.b(shown.arrives, class_name="strong"), ". ", shown.delivery, ".", sign="truck"),
            rx.cond(shown.rule, note(shown.rule)),
            gap="1",
        ),
        how_many(where),
        rx.el.hr(class_name="rule"),
        sold_by(),
    )


def tier(shown: TierRow) -> rx.Component:
    """One step of the price, marked when it is in force."""
    return tier_row(shown.quantity, shown.each, shown.saved, is_current=shown.is_current)


def how_many(where: str) -> rx.Component:
    """Choose a quantity and take it."""
    shown = ProductState.offer
    steps = stepper(
        ProductState.quantity,
        on_change=ProductState.want,
        on_less=ProductState.less,
        on_more=ProductState.more,
        least=shown.least,
        most=shown.most,
        is_large=True,
        **named("quantity", where),
    )
    own: dict[str, Any] = {"id": OWN} if where == "phone" else {}
    take = button(
        _("Add to cart"), kind="primary", size="large", class_name="grow",
        on_click=ProductState.take, **named("add-to-cart", where), **own,
    )  # fmt: skip
    buy = button(_("Buy now"), size="large", is_wide=True, on_click=ProductState.buy)
    sum_of = rx.el.p(_("Comes to"), " ", money(ProductState.comes_to), class_name="muted", role="status")
    return rx.fragment(row(steps, take, look="2"), rx.cond(ProductState.comes_to, sum_of), buy)


def named(name: str, where: str) -> dict[str, Any]:
    """Name a control for those who try the page; the phone's ones stand twice."""
    return {"data_testid": name if where == "wide" else f"{name}-phone"}


def sold_by() -> rx.Component:
    """Who sells it, and what holds for every shop here."""
    shown = ProductState.offer
    shop = rx.el.p(_("Sold by"), " ", link(given(shown.store), shown.store_href))
    return rx.fragment(
        row(
            avatar(shown.letter, is_store=True, tint="c"),
            rx.el.div(shop, rx.el.p(shown.condition, class_name="muted t1"), class_name="grow"),
        ),
        stack(note(_("Cash at the door, the exact amount"), sign="cash"), gap="1", class_name="muted"),
    )


def offers() -> rx.Component:
    """Everybody who sells it, side by side."""
    headings = (
        _("Shop"),
        _("Condition"),
        _("Arrives"),
        Heading(_("Price"), is_number=True),
        Heading(_("Delivery"), is_number=True),
        Heading(_("Together"), is_number=True),
        Heading(_("Add"), is_hidden=True),
    )
    rows = rx.foreach(ProductState.offers, offer_row)
    return section(
        _("All offers"),
        card(table(headings, rows, label=_("All offers")), pads=False),
        text=_("Compared with delivery. New goods that are there come first, then the lowest price together."),
        id="offers",
    )


def offer_row(shown: OfferRow) -> rx.Component:
    """One offer."""
    named = row(
        link(given(shown.store), shown.store_href),
        rx.cond(shown.is_featured, badge(_("Featured"), tone="accent")),
        look="2 wrap",
    )
    words = rx.fragment(
        rx.el.span(_("Add to cart"), class_name="not-phone"),
        rx.el.span(_("Add"), class_name="only-phone"),
        rx.el.span(" ", given(shown.store), class_name="sr"),
    )
    take = button(words, size="small", on_click=ProductState.add(shown.listing_id, shown.least))
    return rx.el.tr(
        row_head(named),
        cell(shown.condition),
        cell(shown.arrives, place="3"),
        cell(money(shown.price), is_number=True),
        cell(delivery_cost(shown.delivery), place="4", is_number=True),
        cell(rx.el.span(money(shown.together), class_name="strong"), place="2", is_number=True),
        acts(rx.cond(shown.can_be_bought, take, rx.el.span(_("Sold out"), class_name="muted"))),
        key=shown.listing_id,
    )


def within_reach() -> rx.Component:
    """On a phone: what so many come to and the button, under the thumb while the page's own one is out of sight."""
    take = button(
        _("Add to cart"), kind="primary", size="large", class_name="grow",
        on_click=ProductState.take,
    )  # fmt: skip
    so_many = rx.fragment(
        rx.el.p(ProductState.quantity, " × ", money(ProductState.each), class_name="muted t1 nowrap"),
        rx.el.p(money(ProductState.comes_to), class_name="t4"),
    )
    sum_of = rx.cond(ProductState.comes_to, so_many, rx.el.p(money(ProductState.each), class_name="t4"))
    bar = rx.el.div(
        rx.el.div(sum_of, data_testid="sum-in-reach"),
        take,
        id=REACH,
        class_name="actbar actbar--shop only-phone",
        on_mount=rx.call_script(GIVE_WAY),
    )
    return rx.cond(ProductState.has_offer, bar)
