"""Bringing in files of products."""

import reflex as rx

from pages.components.banner import banner, empty, note, problem
from pages.components.button import button
from pages.components.card import card, columns, row, stack
from pages.components.column_map import rows_drop, sends_rows
from pages.components.date import date
from pages.components.door import for_those_inside
from pages.components.field import field
from pages.components.frame import frame
from pages.components.loading import when_loaded
from pages.components.navigation import pager
from pages.components.progress import bar
from pages.components.select import option, select
from pages.components.sheet import sheet_link
from pages.components.skeleton import skeleton_rows
from pages.components.status import status
from pages.components.table import Heading, acts, cell, row_head, table
from state.vendor.importing import FieldRow, ImportRow, ImportState
from state.words import _

FILE = "rows-file"


def import_page() -> rx.Component:
    """A file at the door, and those that came before."""
    return frame(
        _("Import"),
        stack(for_those_inside(door()), when_loaded(ImportState, history(), skeleton_rows(6, 4)), gap="5"),
    )


def door() -> rx.Component:
    """Choose a file, say which column is what, try it, bring it in."""
    return card(
        stack(
            rows_drop(
                FILE,
                _("Choose a file"),
                _("CSV, TSV or JSON lines in UTF-8, up to 100 MB"),
                on_read=ImportState.open_file,
            ),
            problem(ImportState.trouble_with_file),
            rx.cond(ImportState.columns, matching()),
        ),
        title=_("Bring in products"),
    )


def matching() -> rx.Component:
    """Our fields beside the columns of the file, then what would become of it."""
    found = stack(
        banner(ImportState.rehearsed, tone="info"),
        rx.cond(ImportState.problems, wrong()),
    )
    return stack(
        rx.el.h3(ImportState.file, class_name="medium"),
        columns(rx.foreach(ImportState.fields, a_field), kind="3"),
        note(_("Title, category, price and stock are needed. Trying it changes nothing.")),
        row(
            button(
                _("Try it"),
                on_click=sends_rows(FILE, rehearses=True, on_answer=ImportState.rehearse),
                data_testid="try-import",
            ),
            button(
                _("Bring it in"),
                kind="primary",
                on_click=sends_rows(FILE, rehearses=False, on_answer=ImportState.begun),
                data_testid="import",
            ),
        ),
        rx.cond(ImportState.rehearsed, found),
    )


def a_field(one: FieldRow) -> rx.Component:
    """One field, and the column it is read from."""
    chosen = select(
        rx.fragment(option("", _("Not in the file")), rx.foreach(ImportState.columns, lambda name: option(name, name))),
        id=f"column-{one.name}",
        default_value=one.column,
        custom_attrs={"data-field": one.name},
        key=ImportState.file + one.name,
    )
    return field(f"column-{one.name}", one.words, chosen, aside=rx.cond(one.is_needed, _("needed"), ""))


def wrong() -> rx.Component:
    """What is wrong, row by row."""
    headings = (Heading(_("Row"), is_number=True), _("Field"), _("What to do"))
    return table(
        headings,
        rx.foreach(
            ImportState.problems,
            lambda one: rx.el.tr(
                row_head(rx.el.span(_("Row"), " ", class_name="only-phone"), one[0]),
                cell(one[1], place="2"),
                cell(one[2], place="3", fills=True),
            ),
        ),
        label=_("What is wrong"),
        is_dense=True,
    )


def history() -> rx.Component:
    """The files that came before, newest first."""
    headings = (
        _("File"),
        _("State"),
        Heading(_("New"), is_number=True),
        Heading(_("Joined"), is_number=True),
        Heading(_("Unchanged"), is_number=True),
        Heading(_("Refused"), is_number=True),
        _("Begun"),
        Heading(_("What can be done"), is_hidden=True),
    )
    listed = stack(
        table(headings, rx.foreach(ImportState.rows, import_row), label=_("Files brought in")),
        rx.cond(ImportState.first + ImportState.after, pager("", before=ImportState.first, after=ImportState.after)),
        gap="3",
    )
    nothing = empty(_("No files yet."), _("The first line names the columns; the rest is matched above."))
    return rx.cond(ImportState.rows, listed, nothing)


def import_row(begun: ImportRow) -> rx.Component:
    """One file, and how far it is."""
    how_far = rx.cond(
        begun.is_finished,
        rx.el.span(begun.how_far, class_name="muted t1"),
        stack(bar(begun.percent, begun.name, runs=True), rx.el.span(begun.how_far, class_name="muted t1"), gap="1"),
    )
    return rx.el.tr(
        row_head(rx.el.span(begun.name, class_name="clip")),
        cell(status(begun.state, begun.state_words), how_far, place="2"),
        cell(begun.created, is_number=True),
        cell(begun.merged, is_number=True),
        cell(begun.unchanged, is_number=True),
        cell(begun.refused, is_number=True),
        cell(date(begun.begun, begun.begun_exact), place="3"),
        acts(rx.cond(begun.is_finished, sheet_link(begun.results, words=_("Results")))),
        key=begun.id,
        data_testid="brought-in",
    )
