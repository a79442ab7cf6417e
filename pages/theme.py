"""What every page wears: the style sheets, and the few words in the head that must run before paint."""

from typing import Final

import reflex as rx
from reflex_components_core.base.error_boundary import error_boundary

STYLESHEETS: Final = ["/tokens.css", "/parts.css"]

BEFORE_PAINT: Final = """
(function () {
  var root = document.documentElement, arabic = /^\\/ar(\\/|$)/.test(location.pathname);
  root.lang = arabic ? "ar" : "en";
  root.dir = arabic ? "rtl" : "ltr";
})();
"""

HEAD: Final = [
    rx.el.script(BEFORE_PAINT),
    rx.el.meta(name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
    rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
    rx.el.link(
        rel="preload",
        href="/fonts/plex-sans.woff2",
        custom_attrs={"as": "font", "type": "font/woff2", "crossOrigin": "anonymous"},
    ),
]


def guarded(stateful: bool) -> rx.Component:  # noqa: FBT001 (Reflex calls it so)
    """Wrap the whole app: an error in drawing shows a calm sentence in both languages instead of an empty page."""
    reload = rx.el.a("Load the page again · حمّل الصفحة من جديد", href="", class_name="btn")
    words = rx.el.div(
        rx.el.p("This page broke while it was drawn.", class_name="empty__title"),
        rx.el.p("تعذّر عرض هذه الصفحة.", class_name="empty__title", lang="ar", dir="rtl"),
        reload,
        class_name="empty",
        role="alert",
    )
    return error_boundary(fallback_render=words, **({} if stateful else {"on_error": rx.noop()}))
