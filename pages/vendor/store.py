"""The vendor's shop."""

import reflex as rx

from pages.components.banner import banner, note, problem
from pages.components.button import button_link, submit
from pages.components.card import card, columns, facts, stack
from pages.components.door import for_those_who_may, writable
from pages.components.field import number_field, text_area, text_field
from pages.components.frame import frame
from pages.components.loading import when_loaded
from pages.components.skeleton import skeleton_rows
from pages.components.status import badge
from state.vendor.store import StoreState
from state.words import _

shop = StoreState.shop
terms = StoreState.terms
errors = StoreState.errors


def store_page() -> rx.Component:
    """How the shop presents itself, how it delivers, and how it stands."""
    return frame(
        _("Your shop"),
        when_loaded(StoreState, content(), skeleton_rows(8, 2)),
        acts=[rx.cond(shop.is_live, button_link(_("See it as buyers do"), shop.href, sign="eye"))],
    )


def content() -> rx.Component:
    """The forms on one side, the standing on the other."""
    left = stack(problem(StoreState.problem), profile(), delivery(), gap="5")
    return columns(left, rx.el.aside(standing(), class_name="stack"), kind="side")


def profile() -> rx.Component:
    """Who they are."""
    form = rx.el.form(
        writable(
            StoreState.save,
            text_field("name", _("Name"), error=errors["name"], default_value=shop.name, required=True, max_length=200),
            text_area(
                "description",
                _("About the shop"),
                hint=_("Buyers read it at the head of your shop."),
                error=errors["description"],
                default_value=shop.description,
                rows=4,
            ),
            columns(
                text_field(
                    "email", _("Email for buyers"), type="email", error=errors["email"], default_value=shop.email
                ),
                text_field("phone", _("Phone"), type="tel", dir="ltr", error=errors["phone"], default_value=shop.phone),
                text_field("city", _("City"), error=errors["city"], default_value=shop.city),
                kind="3",
            ),
            for_those_who_may(StoreState.save, rx.el.div(submit(_("Save changes"), data_testid="save-store"))),
        ),
        on_submit=StoreState.save,
    )
    return card(form, title=_("How buyers see it"))


def delivery() -> rx.Component:
    """What delivery costs, and how long it takes."""
    form = rx.el.form(
        writable(
            StoreState.deliver_by,
            columns(
                number_field(
                    "flat", _("Delivery costs"), unit=terms.currency, error=errors["flat"], default_value=terms.flat
                ),
                number_field(
                    "free_over",
                    _("Free from"),
                    unit=terms.currency,
                    hint=_("Empty: never free."),
                    error=errors["free_over"],
                    default_value=terms.free_over,
                ),
                number_field(
                    "handling_days",
                    _("Working days to pack"),
                    hint=_("0: the same day, when ordered by 14:00."),
                    error=errors["handling_days"],
                    default_value=terms.handling_days,
                    input_mode="numeric",
                ),
                number_field(
                    "transit_days",
                    _("Working days on the way"),
                    error=errors["transit_days"],
                    default_value=terms.transit_days,
                    input_mode="numeric",
                ),
                kind="2",
            ),
            note(_("Promises to buyers are worked out from these days. Orders that were placed keep theirs.")),
            for_those_who_may(
                StoreState.deliver_by,
                rx.el.div(submit(_("Save changes"), kind="secondary", data_testid="save-delivery")),
            ),
        ),
        on_submit=StoreState.deliver_by,
        key=terms.currency,
    )
    return card(form, title=_("Delivery"))


def standing() -> rx.Component:
    """Whether it sells, and what to do when it does not."""
    why = rx.foreach(StoreState.reasons, lambda one: banner(one.words, one.text, tone="warn"))
    fine = note(_("Everything is in order: your listings are in the shop."), tone="good", sign="check")
    return card(
        stack(rx.cond(shop.is_live, fine, why), facts((_("Open since"), shop.opened)), gap="3"),
        title=_("Standing"),
        end=rx.cond(shop.is_live, badge(_("Selling"), tone="good"), badge(_("Not selling"), tone="warn")),
    )
