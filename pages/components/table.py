"""Tables: one line a row, figures at the end of their column, a head that stays; two-line rows on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from pages.components.icon import icon
from pages.components.kinds import Content, Number, Text, classes, text
from pages.components.link import area_link
from pages.components.status import count

PhonePlace = Literal["1", "2", "3", "4", "act"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column; `sort` leads to the page sorted by it, `order` says how it is sorted now, if it is."""

    words: str
    is_number: bool = False
    is_hidden: bool = False
    sort: Text = ""
    order: Text = ""


def table(
    headings: Sequence[str | Heading],
    rows: Content | Sequence[Content],
    *,
    label: Text = "",
    foot: Content | None = None,
    is_dense: bool = False,
    stacks: bool = True,
) -> rx.Component:
    """Set rows out under their headings.

    `rows` are `rx.el.tr`s or a `foreach` of them. On a phone only cells made with a place stay (`cell`, `row_head`);
    a table that does not stack scrolls sideways instead.
    """
    head = rx.el.thead(rx.el.tr(*(_heading(heading) for heading in headings)))
    body = rx.el.tbody(*rows) if isinstance(rows, (list, tuple)) else rx.el.tbody(rows)
    look = classes("tbl", "tbl--lines" if stacks else "", "tbl--dense" if is_dense else "")
    return rx.el.div(
        rx.el.table(head, body, *((rx.el.tfoot(foot),) if foot is not None else ()), class_name=look),
        class_name="tblbox",
        tab_index=0,
        role="region",
        aria_label=label if isinstance(label, rx.Var) or label else next(_words(heading) for heading in headings),
    )


def row_head(*content: Content, place: PhonePlace = "1") -> rx.Component:
    """Begin a row with what names it; a link in it covers the whole row on a phone."""
    return rx.el.th(*content, scope="row", custom_attrs={"data-m": place})


def cell(
    *content: Content, place: PhonePlace | None = None, is_number: bool = False, fills: bool = False
) -> rx.Component:
    """Hold one value; `place` keeps it on a phone: 2 beside the head, 3 and 4 on the second line, `act` the button."""
    look = classes("num" if is_number else "", "fill" if fills else "")
    return rx.el.td(*content, class_name=look, custom_attrs={"data-m": place} if place else {})


def acts(*buttons: Content, place: PhonePlace | None = "act") -> rx.Component:
    """End a row with what can be done to it."""
    return cell(rx.el.span(*buttons, class_name="tbl__acts"), place=place)


def cell_input(name: Text, label: Text, **attributes: Any) -> rx.Component:
    """Ask for a figure within a row."""
    asked = {"type": "text", "input_mode": "numeric", **attributes}
    return rx.el.input(name=name, aria_label=label, **asked, class_name="input input--s input--num input--cell")


def group_row(words: Content, columns: int, *, number: Number | None = None) -> rx.Component:
    """Head a group of rows."""
    counted = (count(number),) if number is not None else ()
    heading = rx.el.th(rx.el.span(words, *counted, class_name="row row--2"), col_span=columns, scope="rowgroup")
    return rx.el.tr(heading, class_name="tbl__group")


def row_tick(label: Text, **attributes: Any) -> rx.Component:
    """Pick a row out for an act on many."""
    box = rx.el.input(**{**attributes, "type": "checkbox", "class_name": "tbl__tick", "aria_label": label})
    return rx.el.td(box, class_name="not-phone")


def bulk_bar(words: Content, *buttons: Content) -> rx.Component:
    """Stand over the table while rows are picked, and act on all of them."""
    return rx.el.div(rx.el.span(words, class_name="medium"), *buttons, class_name="bulk", role="status")


def _words(heading: str | Heading) -> str:
    return heading if isinstance(heading, str) else heading.words


def _heading(heading: str | Heading) -> rx.Component:
    if isinstance(heading, str):
        return rx.el.th(heading, scope="col") if heading else rx.el.td()
    look = "num" if heading.is_number else ""
    if heading.is_hidden:
        return rx.el.th(rx.el.span(heading.words, class_name="sr"), scope="col")
    if isinstance(heading.sort, str) and not heading.sort:
        return rx.el.th(heading.words, scope="col", class_name=look)
    sign = rx.cond(text(heading.order) == "ascending", icon("ascending"), icon("descending"))
    sorting = area_link(heading.words, sign, href=heading.sort, class_name="tbl__sort")
    return rx.el.th(
        sorting, scope="col", class_name=look, custom_attrs={"aria-sort": rx.cond(heading.order, heading.order, "none")}
    )
