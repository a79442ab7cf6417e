"""What the store sells."""

import reflex as rx

from pages.components.banner import empty
from pages.components.button import button, button_link
from pages.components.card import row, stack
from pages.components.door import for_those_who_may, is_open
from pages.components.frame import frame
from pages.components.link import link
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.navigation import filter_bar, pager, search_box, tab, tabs
from pages.components.picture import picture
from pages.components.skeleton import skeleton_rows
from pages.components.status import code, status
from pages.components.table import Heading, acts, cell, row_head, table
from state.vendor.editing import EditingState
from state.vendor.importing import ImportState
from state.vendor.listings import ListingRow, ListingsState
from state.words import _


def listings_page() -> rx.Component:
    """Every listing, its price and its stock."""
    return frame(
        _("Listings"),
        choices(),
        filter_bar(
            search_box(
                "q", _("Title or SKU"), value=ListingsState.query, on_submit=ListingsState.find, data_testid="find"
            ),
            label=_("Find a listing"),
        ),
        when_loaded(ListingsState, listed(), skeleton_rows(10, 5)),
        acts=[
            for_those_who_may(ImportState.load, button_link(_("Import a file"), "/vendor/import", sign="upload")),
            for_those_who_may(
                EditingState.save,
                button_link(
                    _("New listing"), "/vendor/listings/new", kind="primary", sign="plus", data_testid="new-listing"
                ),
            ),
        ],
    )


def choices() -> rx.Component:
    """All, and by state."""
    known = (
        ("", _("All")),
        ("active", _("Active")),
        ("paused", _("Paused")),
        ("draft", _("Draft")),
        ("closed", _("Closed")),
    )
    return tabs(
        _("Listings by state"),
        *(
            tab(words, f"/vendor/listings?state={state}", is_current=ListingsState.tab == state)
            for state, words in known
        ),
    )


def listed() -> rx.Component:
    """The table, or the next step."""
    nothing = empty(
        _("No listings here."),
        _("Write one, or bring in a file with many."),
        act=for_those_who_may(EditingState.save, button_link(_("New listing"), "/vendor/listings/new")),
    )
    pages = pager("", before=ListingsState.first, after=ListingsState.after)
    some = stack(listing_table(), rx.cond(ListingsState.first + ListingsState.after, pages), gap="3")
    none = rx.cond(ListingsState.query != "", unfound("/vendor/listings"), nothing)
    return rx.cond(ListingsState.rows, some, none)


def unfound(whole: str) -> rx.Component:
    """Say that the words were not found, and lead back to the whole list."""
    return empty(
        _("Nothing has these words in its title, nor begins its SKU with them."),
        _("Try part of the title, or the first signs of the SKU."),
        act=button_link(_("Show all"), whole),
    )


def listing_table() -> rx.Component:
    """Listings as rows."""
    headings = (
        _("Product"),
        _("SKU"),
        _("State"),
        Heading(_("Price"), is_number=True),
        Heading(_("Available"), is_number=True),
        Heading(_("What can be done"), is_hidden=True),
    )
    return table(headings, rx.foreach(ListingsState.rows, listing_row), label=_("Listings"))


def listing_row(kept: ListingRow) -> rx.Component:
    """One listing."""
    pause = button(_("Pause"), kind="quiet", size="small", on_click=ListingsState.turn(kept.id, True))  # noqa: FBT003 (positional for the browser)
    resume = button(_("Sell again"), kind="quiet", size="small", on_click=ListingsState.turn(kept.id, False))  # noqa: FBT003 (likewise)
    stands = rx.el.span(" ", status(kept.state, kept.state_words), class_name="only-phone")
    return rx.el.tr(
        row_head(
            row(
                picture(kept.picture, size="xs"),
                link(rx.el.span(kept.title, class_name="clip2"), kept.href, look="plain"),
                look="2",
            )
        ),
        cell(code(kept.sku), rx.cond(kept.state != "active", stands), place="3"),
        cell(status(kept.state, kept.state_words), rx.cond(kept.why_not, rx.el.p(kept.why_not, class_name="muted t1"))),
        cell(money(kept.price), place="2", is_number=True),
        cell(
            rx.el.span(_("Available"), " ", class_name="only-phone"),
            rx.el.span(kept.available, class_name=rx.cond(kept.is_low, "bad medium", "")),
            place="4",
            is_number=True,
        ),
        acts(rx.cond(is_open(ListingsState.turn) & kept.can_turn, rx.cond(kept.is_paused, resume, pause)), place=None),
        key=kept.id,
        data_testid="listing",
    )
