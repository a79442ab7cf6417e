"""What lies on the shelf."""

import reflex as rx

from pages.components.banner import empty
from pages.components.button import button_link, submit
from pages.components.card import row, stack
from pages.components.door import for_those_who_may, is_open
from pages.components.frame import frame
from pages.components.icon import icon
from pages.components.kinds import joined
from pages.components.line import freshness
from pages.components.link import link
from pages.components.loading import when_loaded
from pages.components.navigation import filter_bar, pager, search_box, tab, tabs
from pages.components.picture import picture
from pages.components.skeleton import skeleton_rows
from pages.components.status import code
from pages.components.table import Heading, acts, cell, cell_input, row_head, table
from pages.vendor.listings import unfound
from state.vendor.editing import EditingState
from state.vendor.importing import ImportState
from state.vendor.listings import ListingRow
from state.vendor.stock import StockState
from state.words import _


def stock_page() -> rx.Component:
    """How many are there, how many are promised, and counting them."""
    return frame(
        _("Stock"),
        tabs(
            _("Stock by need"),
            tab(_("All"), "/vendor/stock", is_current=StockState.tab != "low"),
            tab(
                _("Nearly sold out"),
                "/vendor/stock?show=low",
                is_current=StockState.tab == "low",
                number=StockState.low,
            ),
        ),
        filter_bar(
            search_box("q", _("Title or SKU"), value=StockState.query, on_submit=StockState.find),
            label=_("Find a listing"),
        ),
        when_loaded(StockState, listed(), skeleton_rows(10, 5)),
        acts=[
            for_those_who_may(ImportState.load, button_link(_("Import a file"), "/vendor/import", sign="upload")),
        ],
        aside=freshness(),
    )


def listed() -> rx.Component:
    """The table, or why it is empty."""
    nothing = rx.cond(
        StockState.tab == "low",
        empty(_("Nothing is nearly sold out."), _("You are warned from the number that a listing names.")),
        rx.cond(StockState.query != "", unfound("/vendor/stock"), none_yet()),
    )
    pages = pager("", before=StockState.first, after=StockState.after)
    some = stack(stock_table(), rx.cond(StockState.first + StockState.after, pages), gap="3")
    return rx.cond(StockState.rows, some, nothing)


def none_yet() -> rx.Component:
    """What stock begins with."""
    return empty(
        _("No stock yet."),
        _("It begins with a listing."),
        act=for_those_who_may(EditingState.save, button_link(_("New listing"), "/vendor/listings/new", kind="primary")),
    )


def stock_table() -> rx.Component:
    """Stock as rows."""
    headings = (
        _("Product"),
        _("SKU"),
        Heading(_("Available"), is_number=True),
        Heading(_("Promised to orders"), is_number=True),
        Heading(_("Warn at"), is_number=True),
        Heading(_("On hand"), is_number=True),
    )
    return table(headings, rx.foreach(StockState.rows, stock_row), label=_("Stock"))


def stock_row(kept: ListingRow) -> rx.Component:
    """One listing on the shelf."""
    available = rx.el.span(kept.available, class_name=rx.cond(kept.is_low, "bad medium", ""))
    return rx.el.tr(
        row_head(
            row(
                picture(kept.picture, size="xs"),
                link(rx.el.span(kept.title, class_name="clip2"), kept.href, look="plain"),
                look="2",
            )
        ),
        cell(code(kept.sku), rx.el.p(_("Available"), " ", available, class_name="only-phone"), place="3"),
        cell(available, is_number=True),
        cell(kept.promised, is_number=True),
        cell(kept.warn_at, is_number=True),
        acts(rx.cond(is_open(StockState.count) & (kept.version != ""), counting(kept), kept.on_hand)),
        key=kept.id,
        data_testid="stock",
    )


def counting(kept: ListingRow) -> rx.Component:
    """Put in what was counted; what is wrong with it stands under what was typed."""
    is_wrong = (StockState.wrong_row == kept.id) & (StockState.problem != "")
    box = cell_input(
        "on_hand",
        joined(_("On hand"), ": ", kept.title),
        default_value=kept.on_hand,
        data_testid="on-hand",
        key=kept.version,
        aria_invalid=rx.cond(is_wrong, "true", "false"),
        aria_describedby="count-error",
    )
    why = rx.el.p(icon("warning"), StockState.problem, id="count-error", class_name="field__error narrow", role="alert")
    form = rx.el.form(
        rx.el.input(type="hidden", name="listing_id", value=kept.id),
        rx.el.input(type="hidden", name="version", value=kept.version),
        box,
        submit(_("Set"), kind="secondary", size="small", data_testid="set-stock"),
        on_submit=StockState.count,
        class_name="row row--2",
    )
    return rx.el.div(form, rx.cond(is_wrong, why), class_name="stack stack--1")
