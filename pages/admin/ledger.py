"""The books, for finance."""

import reflex as rx

from pages.components.banner import banner, empty
from pages.components.button import button
from pages.components.card import card, columns, row, stack
from pages.components.date import date
from pages.components.frame import frame
from pages.components.kinds import Text
from pages.components.link import link
from pages.components.loading import unless_empty, when_loaded
from pages.components.money import money
from pages.components.navigation import pager
from pages.components.sheet import sheet_link
from pages.components.skeleton import skeleton_rows
from pages.components.status import badge, code
from pages.components.table import Heading, cell, row_head, table
from state.admin.ledger import AccountRow, LedgerState, PostingRow, TransactionRow
from state.words import _


def ledger_page() -> rx.Component:
    """What every account comes to, and what was posted last."""
    body = stack(verdict(), columns(balance(), journal(), kind="panel"))
    check = button(_("Check the books"), sign="shield", on_click=LedgerState.check, data_testid="check-books")
    return frame(
        _("Ledger"),
        when_loaded(LedgerState, body, skeleton_rows(10, 5)),
        acts=[check, unless_empty(LedgerState, LedgerState.rows, sheet_link(LedgerState.sheet))],
    )


def verdict() -> rx.Component:
    """Whether both sides are equal, and, once asked, whether the books agree with what happened."""
    good = banner(_("The books agree with what happened."), LedgerState.verdict, tone="good")
    wrong = stack(
        banner(_("The books differ from what happened."), LedgerState.verdict, tone="bad"),
        rx.el.ul(rx.foreach(LedgerState.differences, rx.el.li)),
        gap="2",
    )
    sides = rx.fragment(money(LedgerState.debit), " ", _("on each side"))
    balanced = rx.cond(LedgerState.debit, banner(_("Balanced: debits equal credits."), sides, tone="good"))
    unequal = banner(_("Debits and credits are not equal."), tone="bad")
    return stack(
        rx.cond(LedgerState.is_balanced, balanced, unequal),
        rx.cond(LedgerState.verdict, rx.cond(LedgerState.agrees, good, wrong)),
        gap="2",
    )


def balance() -> rx.Component:
    """Every account of the chart that was ever used."""
    nothing = empty(_("Nothing was posted yet."), _("The first delivered order opens the books."))
    headings = (
        _("Code"),
        _("Account"),
        Heading(_("Debit"), is_number=True),
        Heading(_("Credit"), is_number=True),
        Heading(_("Balance"), is_number=True),
        _("Side"),
    )
    foot = rx.el.tr(
        cell(),
        row_head(_("Sum, each side")),
        cell(amount(LedgerState.debit), is_number=True, place="2"),
        cell(amount(LedgerState.credit), is_number=True),
        cell(),
        cell(),
    )
    listed = table(
        headings, rx.foreach(LedgerState.accounts, account), label=_("Trial balance"), foot=foot, is_dense=True
    )
    return card(rx.cond(LedgerState.accounts, listed, nothing), title=_("Trial balance"), pads=False)


def account(sums: AccountRow) -> rx.Component:
    """One account."""
    return rx.el.tr(
        cell(rx.el.span(sums.code, class_name="muted"), place="3"),
        row_head(link(sums.title, sums.href, look="plain")),
        cell(amount(sums.debit), is_number=True),
        cell(amount(sums.credit), is_number=True),
        cell(amount(sums.balance), is_number=True, place="2"),
        cell(sums.side, place="4"),
        key=sums.code,
        aria_current=rx.cond(sums.code == LedgerState.account, "true", "false"),
    )


def journal() -> rx.Component:
    """What was posted, newest first; of one account where one was chosen."""
    every = link(_("All accounts"), "/admin/ledger")
    title = rx.cond(
        LedgerState.account, rx.fragment(_("Account"), " ", code(LedgerState.account)), _("Newest transactions")
    )
    head = row(
        rx.el.h2(title, class_name="t3 strong"), rx.cond(LedgerState.account, every, rx.fragment()), look="apart"
    )
    nothing = empty(_("Nothing was posted here."))
    pages = pager("", before=LedgerState.first, after=LedgerState.after)
    listed = stack(rx.foreach(LedgerState.rows, transaction), pages, gap="3")
    return stack(head, rx.cond(LedgerState.rows, listed, nothing), gap="3")


def transaction(posted: TransactionRow) -> rx.Component:
    """One transaction with its lines and its seal."""
    headings = (_("Account"), Heading(_("Debit"), is_number=True), Heading(_("Credit"), is_number=True))
    lines = table(
        headings,
        rx.foreach(posted.postings, posting),
        label=posted.kind + " · " + posted.posted + " · " + posted.hash,
        is_dense=True,
        stacks=False,
    )
    seal = rx.cond(posted.hash, rx.el.span(posted.hash, class_name="hash"), badge(_("Not sealed yet"), tone="neutral"))
    return card(
        lines,
        title=posted.kind,
        end=rx.el.span(date(posted.posted, posted.posted_exact), class_name="muted t1"),
        foot=row(
            rx.el.span(posted.by, rx.cond(posted.order, rx.fragment(" · ", code(posted.order))), class_name="muted t1"),
            seal,
            look="apart wrap",
            class_name="grow",
        ),
        pads=False,
        key=posted.id,
    )


def posting(line: PostingRow) -> rx.Component:
    """One line."""
    return rx.el.tr(
        row_head(rx.el.span(line.code, class_name="muted"), " ", line.title),
        cell(amount(line.debit), is_number=True),
        cell(amount(line.credit), is_number=True),
    )


def amount(printed: Text) -> rx.Component:
    """An amount, or a dash where there is none."""
    return rx.cond(printed, money(printed), rx.el.span("–", class_name="muted"))
