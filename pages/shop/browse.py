"""Lists of products: a search, a category, and the shop front that stands over its own."""

from typing import Final

import reflex as rx

from pages.building import to
from pages.components.banner import empty
from pages.components.button import button, button_link, submit
from pages.components.card import columns, row, stack
from pages.components.choice import tick
from pages.components.frame import frame
from pages.components.given import given
from pages.components.kinds import Text, length
from pages.components.link import link
from pages.components.loading import when_loaded
from pages.components.menu import opens_menu
from pages.components.navigation import chip_link, crumb_list, facet, pager
from pages.components.select import select
from pages.components.skeleton import skeleton, skeleton_cards
from pages.components.status import avatar, count
from pages.shop.cards import grid_of
from state.shop.browsing import BrowseState
from state.shop.facets import FacetRow, WayRow
from state.words import _, mark

SHEET: Final = "filters"
SORTS: Final = (
    ("popular", mark("Featured")),
    ("newest", mark("Newest")),
    ("price_asc", mark("Price, low first")),
    ("price_desc", mark("Price, high first")),
)


def browse_page() -> rx.Component:
    """A search or a category."""
    return frame(_("Products"), when_loaded(BrowseState, found(), meanwhile(), title=_("Products")), heads=False)


def shop_front_page() -> rx.Component:
    """A vendor's shop: who it is, and what it sells."""
    content = stack(front(), results(), gap="5")
    return frame(_("Shop"), when_loaded(BrowseState, content, meanwhile(), title=_("Shop")), heads=False)


def found() -> rx.Component:
    """What was asked for, and the list."""
    return stack(way(), head(), results())


def meanwhile() -> rx.Component:
    """Hold the place of the list."""
    title = stack(skeleton("16rem", "2rem"), skeleton("9rem"), gap="2")
    beside = stack(*(skeleton("70%") for _line in range(8)), class_name="not-phone")
    return stack(title, columns(beside, skeleton_cards(12), kind="facets"))


def way() -> rx.Component:
    """The way down to the category."""
    home = rx.el.li(link(_("Home"), "/", look="plain"))
    return crumb_list(home, rx.foreach(BrowseState.way, way_step), rx.el.li(given(BrowseState.heading)))


def way_step(step: WayRow) -> rx.Component:
    """One step of it."""
    return rx.el.li(link(step.words, step.href, look="plain"))


def head() -> rx.Component:
    """What was looked for, and how much there is."""
    instead = rx.el.span(
        " ", _("We searched for"), " ", rx.el.b(given(BrowseState.corrected), class_name="strong"), "."
    )
    summary = rx.el.p(BrowseState.summary, ".", rx.cond(BrowseState.corrected, instead), class_name="t3 muted")
    return stack(rx.el.h1(given(BrowseState.heading), class_name="t5"), summary, gap="1", role="status")


def front() -> rx.Component:
    """Who keeps the shop."""
    shop = BrowseState.front
    facts = rx.el.p(
        rx.cond(shop.place, rx.fragment(given(shop.place), " · ")),
        rx.el.span(shop.since, class_name="nowrap"),
        " · ",
        rx.el.span(BrowseState.summary, class_name="nowrap"),
        class_name="muted",
    )
    words = stack(rx.el.h1(given(shop.name), class_name="t5"), facts, gap="1")
    named = row(avatar(shop.letter, is_store=True, size="xl"), words, look="top")
    return stack(named, rx.cond(shop.description, rx.el.p(given(shop.description), class_name="t3 read pre")), gap="3")


def results() -> rx.Component:
    """What narrows the list, and the list."""
    sheet = rx.el.div(
        rx.el.h2(_("Filters"), class_name="t4"),
        facets("phone"),
        shut_sheet(),
        id=SHEET,
        class_name="sheet",
        custom_attrs={"popover": "auto"},
    )
    beside = rx.el.aside(facets("wide"), class_name="not-phone", aria_label=_("Filters"))
    heading = rx.el.h2(_("Products"), class_name="sr")
    listed = rx.cond(
        BrowseState.rows, stack(heading, grid_of(BrowseState.rows, columns=4), turning(), gap="5"), nothing()
    )
    return rx.fragment(columns(beside, stack(bar(), listed, gap="5"), kind="facets"), sheet)


def nothing() -> rx.Component:
    """Say that nothing is left, and how to get more."""
    whole = button_link(_("Take all filters off"), BrowseState.clear, kind="primary")
    everything = button_link(_("See all products"), "/search", kind="primary")
    return empty(
        _("Nothing matches"),
        _("Try fewer or other words, or take a filter off."),
        act=rx.cond(BrowseState.chips, whole, everything),
    )


def turning() -> rx.Component:
    """Lead to the pages before and after."""
    return pager(BrowseState.pages, before=BrowseState.before, after=BrowseState.after)


def bar() -> rx.Component:
    """Filters in force, and the order."""
    number = rx.cond(BrowseState.chips, count(length(BrowseState.chips), is_hot=True))
    words = rx.fragment(_("Filters"), number)
    opener = button(words, sign="filter", class_name="grow only-phone", data_testid="filters", **opens_menu(SHEET))
    sorted_by = rx.el.label(rx.el.span(_("Sort"), class_name="muted not-phone"), sorting(), class_name="row row--2")
    top = row(opener, rx.el.div(chips("2 wrap"), class_name="not-phone grow"), sorted_by, look="apart")
    under = rx.cond(BrowseState.chips, rx.el.div(chips("2"), class_name="only-phone rowscroll"))
    return stack(top, under, gap="3")


def chips(look: str) -> rx.Component:
    """Every filter in force."""
    taken_off = rx.cond(BrowseState.chips, link(_("Clear all"), BrowseState.clear, look="tap"))
    return row(
        rx.foreach(BrowseState.chips, chip), taken_off, look=look, role="group", aria_label=_("Filters in force")
    )


def chip(shown: WayRow) -> rx.Component:
    """One filter in force: a press takes it off."""
    words = rx.fragment(rx.el.span(_("Take off:"), " ", class_name="sr"), given(shown.words))
    return chip_link(words, shown.href, is_on=True)


def sorting() -> rx.Component:
    """Choose the order."""
    best = rx.cond(BrowseState.has_words, rx.el.option(_("Best match"), value="relevance"))
    rest = (rx.el.option(_(words), value=value) for value, words in SORTS)
    return select(rx.fragment(best, *rest), value=BrowseState.sort, on_change=BrowseState.sort_by, aria_label=_("Sort"))


def facets(where: str) -> rx.Component:
    """What the list can be narrowed by; `where` tells the two places of the page apart."""
    return rx.fragment(
        rx.cond(
            BrowseState.categories,
            facet(_("Category"), rx.foreach(BrowseState.above, above), rx.foreach(BrowseState.categories, value)),
        ),
        rx.cond(BrowseState.highest, facet(_("Price"), prices(where))),
        rx.cond(BrowseState.badges, facet(_("Offers"), rx.foreach(BrowseState.badges, value))),
        rx.cond(BrowseState.brands, facet(_("Brand"), rx.foreach(BrowseState.brands, value))),
    )


def above(step: WayRow) -> rx.Component:
    """Lead up to a wider category."""
    return rx.el.div(link(step.words, step.href, look="quiet", class_name="link--tap"))


def value(shown: FacetRow) -> rx.Component:
    """One value, on or off."""
    return tick(given(shown.words), count=shown.count, checked=shown.is_on, on_change=rx.redirect(to(shown.href)))


def prices(where: str) -> rx.Component:
    """Narrow to prices between two figures."""
    low = price_box("low", _("Lowest price"), where, BrowseState.low, BrowseState.lowest, unit=BrowseState.currency)
    high = price_box("high", _("Highest price"), where, BrowseState.high, BrowseState.highest)
    shown = submit(_("Show"), kind="secondary", size="small")
    return rx.el.form(
        row(low, rx.el.span(_("to"), class_name="muted"), high, look="2"), shown,
        on_submit=BrowseState.price_between, class_name="stack stack--2",
    )  # fmt: skip


def price_box(name: str, label: str, where: str, typed: Text, hint: Text, *, unit: Text = "") -> rx.Component:
    """Ask for one figure."""
    box = rx.el.input(
        id=f"{name}-{where}", name=name, default_value=typed, key=typed, placeholder=hint,
        input_mode="decimal", auto_complete="off", aria_label=label, class_name="input input--num",
    )  # fmt: skip
    affix = (rx.el.span(unit, class_name="affix__text"),) if isinstance(unit, rx.Var) else ()
    return rx.el.div(*affix, box, class_name="affix", dir="ltr")


def shut_sheet() -> rx.Component:
    """Go back to the list."""
    clear = button_link(_("Clear all"), BrowseState.clear, class_name="grow")
    show = rx.fragment(_("Show"), " ", BrowseState.summary)
    shut = button(show, kind="primary", class_name="grow", custom_attrs={"popoverTarget": SHEET})
    return rx.el.div(clear, shut, class_name="actbar actbar--sheet")
