"""What somebody was told."""

import reflex as rx

from pages.building import building
from pages.components.banner import empty
from pages.components.button import button
from pages.components.card import card, row_line, rows, stack
from pages.components.date import date
from pages.components.frame import frame
from pages.components.icon import icon
from pages.components.kinds import length
from pages.components.loading import when_loaded
from pages.components.navigation import pager, tab, tabs
from pages.components.skeleton import skeleton_rows
from pages.components.status import badge
from pages.components.whole import whole
from state.account.notifications import NoticeRow, NotificationsState
from state.session import SessionState
from state.words import _


def notifications_page() -> rx.Component:
    """The notices, newest first, in the frame of whoever reads them."""
    path = building().path
    return frame(
        _("Notifications"),
        tabs(
            _("Notifications"),
            tab(_("All"), path, is_current=NotificationsState.view == ""),
            tab(
                _("Not read"),
                f"{path}?state=unread",
                is_current=NotificationsState.view == "unread",
                number=SessionState.unread,
            ),
        ),
        when_loaded(NotificationsState, content(), skeleton_rows(6, 2)),
        acts=[
            rx.cond(
                (length(NotificationsState.rows) > 0) & (SessionState.unread > 0),
                button(
                    _("Mark all as read"),
                    sign="check",
                    on_click=NotificationsState.read_all(NotificationsState.rows[0].id),
                    data_testid="read-all",
                ),
            )
        ],
    )


def content() -> rx.Component:
    """The list, or that there is nothing to tell."""
    nothing = empty(_("Nothing to tell."), _("You are told here when an order moves, or when somebody waits for you."))
    pages = rx.cond(
        NotificationsState.first + NotificationsState.after,
        pager("", before=NotificationsState.first, after=NotificationsState.after),
    )
    listed = stack(card(rows(rx.foreach(NotificationsState.rows, notice_line)), pads=False), pages)
    return rx.cond(NotificationsState.rows, listed, nothing)


def notice_line(notice: NoticeRow) -> rx.Component:
    """One notice; the whole line leads to where something can be done about it, and it is read by that."""
    title = rx.el.div(
        rx.el.span(whole(notice.title), class_name=rx.cond(notice.is_new, "strong", "")),
        rx.cond(notice.is_new, rx.fragment(" ", badge(_("New"), tone="accent"))),
        rx.cond(notice.asks, rx.fragment(" ", badge(_("Somebody waits"), tone="warn"))),
        rx.cond(notice.is_done, rx.fragment(" ", badge(_("Done"), tone="good", sign="check"))),
    )
    return row_line(
        stack(
            title,
            rx.el.p(whole(notice.body), class_name="muted"),
            rx.el.p(date(notice.at, notice.exact), class_name="only-phone muted t1"),
            gap="1",
        ),
        start=icon("bell"),
        end=rx.el.span(date(notice.at, notice.exact), class_name="not-phone"),
        href=notice.href,
        on_click=NotificationsState.mark_read(notice.id),
    )
