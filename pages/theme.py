"""What every page wears: style sheets, the few words that run before paint, toasts, and the calm after a fall."""

from typing import Final

import reflex as rx
from reflex_components_core.base.error_boundary import error_boundary

from pages.components.finder import KEYS
from pages.components.link import outside_link
from pages.components.navigation import IN_SIGHT
from pages.components.whole import IN_TOASTS

STYLESHEETS: Final = ["/tokens.css", "/parts.css"]

BEFORE_PAINT: Final = """
(function () {
  var root = document.documentElement, arabic = /^\\/ar(\\/|$)/.test(location.pathname);
  root.lang = arabic ? "ar" : "en";
  root.dir = arabic ? "rtl" : "ltr";
})();
"""
"""Pages that have no file of their own (a product, an order) come in one shell for both languages."""

FONT: Final = {"as": "font", "type": "font/woff2", "crossOrigin": "anonymous"}

HEAD: Final = [
    rx.el.script(BEFORE_PAINT),
    rx.el.script(KEYS),
    rx.el.script(IN_TOASTS),
    rx.el.script(IN_SIGHT),
    rx.el.meta(name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
    rx.el.meta(name="color-scheme", content="light dark"),
    rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
    rx.el.link(rel="preload", href="/fonts/plex-sans.woff2", custom_attrs=FONT),
]


def toasts() -> rx.Component:
    """Say what happened, for a few seconds: at the top, for at the bottom is what a thumb is about to press."""
    return rx.toast.provider(
        position="top-center",
        offset="5rem",
        rich_colors=False,
        expand=False,
        visible_toasts=3,
        custom_attrs={"containerAriaLabel": "Notifications · الإشعارات"},
    )


def guarded(stateful: bool) -> rx.Component:  # noqa: FBT001 (Reflex calls it so)
    """Wrap the whole app: an error in drawing shows a calm sentence in both languages instead of an empty page."""
    reload = outside_link("Load the page again · حمّل الصفحة من جديد", "", class_name="btn")
    words = rx.el.div(
        rx.el.p("This page broke while it was drawn.", class_name="empty__title"),
        rx.el.p("تعذّر عرض هذه الصفحة.", class_name="empty__title", lang="ar", dir="rtl"),
        reload,
        class_name="empty",
        role="alert",
    )
    return error_boundary(fallback_render=words, **({} if stateful else {"on_error": rx.noop()}))
