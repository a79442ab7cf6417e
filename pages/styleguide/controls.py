"""Buttons, fields, choices, finding."""

import reflex as rx

from pages.components.button import button, button_link, icon_button
from pages.components.card import columns
from pages.components.choice import choice_card, choice_cards, flip_line, radio, segments, switch, tick
from pages.components.field import fieldset, number_field, text_area, text_field
from pages.components.link import link, more_link
from pages.components.navigation import chip, facet, filter_bar, search_box
from pages.components.select import select_field
from pages.components.stepper import stepper
from pages.styleguide.sample import chapter, sample
from state.words import _


def buttons() -> rx.Component:
    """What acts."""
    return chapter(
        _("Buttons"),
        sample(
            _("Primary, secondary, quiet"),
            button(_("Place order"), kind="primary"),
            button(_("Save draft")),
            button(_("Cancel"), kind="quiet"),
        ),
        sample(
            _("Danger, and its confirmation"),
            button(_("Reject the order"), kind="danger"),
            button(_("Delete 3 listings"), kind="danger-fill"),
        ),
        sample(
            _("Sizes"),
            button(_("Small"), size="small"),
            button(_("Usual")),
            button(_("Large"), size="large"),
            button(_("Under the thumb"), kind="primary", size="thumb"),
        ),
        sample(
            _("Busy, disabled, pressed"),
            button(_("Saving"), kind="primary", is_busy=True),
            button(_("Disabled"), disabled=True),
            button(_("Pressed"), aria_pressed="true"),
        ),
        sample(
            _("With icon, icon alone, link"),
            button(_("Export"), sign="download"),
            icon_button("more", _("More")),
            icon_button("trash", _("Remove")),
            button_link(_("To the home page"), "/", sign="home"),
            link(_("A link in text"), "/styleguide"),
            link(_("A quiet link"), "/styleguide", look="quiet"),
            more_link(_("All deals"), "/styleguide"),
        ),
    )


def fields() -> rx.Component:
    """What is asked."""
    return chapter(
        _("Fields"),
        columns(
            text_field("sg-store", _("Store name"), default_value="Qahwa & Co.", hint=_("As buyers see it.")),
            text_field(
                "sg-iban", "IBAN", default_value="SA03 8000", error=_("Two digits short. Copy them from your bank.")
            ),
            text_field("sg-vat", _("VAT number"), aside=_("if registered")),
            number_field("sg-price", _("Price"), unit="SAR", default_value="149.00"),
            text_field("sg-fsin", "FSIN", default_value="FX014077964964", read_only=True),
            select_field("sg-city", _("City"), (("riyadh", _("Riyadh")), ("jeddah", _("Jeddah")))),
            text_area("sg-reply", _("Reply")),
            stepper(5, on_change=rx.noop(), on_less=rx.noop(), on_more=rx.noop()),
            kind="3",
        ),
    )


def choices() -> rx.Component:
    """What is chosen."""
    periods = (("7", _("7 days")), ("30", _("30 days")), ("90", _("90 days")))
    decisions = (("accept", _("Accept")), ("reject", _("Reject")))
    return chapter(
        _("Choices"),
        columns(
            fieldset(_("Ticks"), tick(_("Cash at the door"), count="44", default_checked=True), tick(_("On deal"))),
            fieldset(_("Radios"), radio(_("Best match"), name="sg-r"), radio(_("Price, low first"), name="sg-r")),
            fieldset(_("Switches"), switch(_("Accept on its own")), flip_line(_("I have the cash"))),
            kind="3",
        ),
        sample(
            _("Segments"),
            segments(_("Period"), "sg-p", periods, chosen="30", on_change=rx.noop()),
            segments(_("Decision"), "sg-d", decisions, chosen="accept", on_change=rx.noop(), decides=True),
        ),
        choice_cards(
            _("Cards"),
            choice_card(_("Cash at the door"), _("The driver takes the exact sum."), sign="cash", name="sg-c"),
            choice_card(_("Card"), _("Charged when the shop accepts."), sign="card", name="sg-c"),
            choice_card(_("Pay in 30 days"), _("Your store has no terms yet."), name="sg-c", is_off=True),
            columns=3,
        ),
    )


def finding() -> rx.Component:
    """What narrows a list."""
    return chapter(
        _("Finding"),
        filter_bar(
            search_box("sg-q", _("Order, buyer or SKU"), on_submit=rx.noop()),
            chip(_("Oldest first"), is_on=True),
            chip(_("Cash")),
            label=_("Filters"),
        ),
        facet(_("Delivery"), tick(_("Tomorrow or sooner"), count="29"), tick(_("Fast"), count="22")),
    )
