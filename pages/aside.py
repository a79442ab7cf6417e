"""Pages nobody looks for: what is not there, and what a phone shows without a line."""

from typing import Final

import reflex as rx

from pages.building import Building, built
from pages.components.banner import empty
from pages.components.button import button_link
from pages.components.frame import frame
from pages.routes import NAME
from state.session import SessionState
from state.shop.frame import ShopFrameState
from state.words import Locale, _, mark, speaking

MISSING: Final = mark("Not found")
IS_ARABIC: Final = "(typeof document !== 'undefined' && document.documentElement.lang === 'ar')"


def add(app: rx.App) -> None:
    """Add them to the app."""
    frame_of_shop = [SessionState.load, ShopFrameState.load]
    app.add_page(missing_page, route="404", title=title_of_missing(), description="", on_load=frame_of_shop)


def title_of_missing() -> rx.Var[str]:
    """Name the page that is not there in the language of its address, which only the browser knows."""
    return rx.cond(rx.Var(IS_ARABIC, _var_type=bool), _title("ar"), _title("en"))


def _title(locale: Locale) -> str:
    with speaking(locale):
        return f"{_(MISSING)} · {_(NAME)}"


def missing_page() -> rx.Component:
    """Say that an address leads nowhere: under any address, so in both languages, of which the sheet shows one."""
    return rx.fragment(
        *(rx.el.div(built(Building(locale, "/404"), _missing), class_name=f"in-{locale}") for locale in ("en", "ar"))
    )


def _missing() -> rx.Component:
    words = empty(
        _("There is nothing here"),
        _("The address may be old or mistyped. What was here may be sold out, or closed to you."),
        act=button_link(_("To the home page"), "/", kind="primary"),
    )
    return frame(_(MISSING), words, heads=False)
