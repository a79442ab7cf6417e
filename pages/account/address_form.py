"""The form for an address: the same at checkout and in the book."""

from collections.abc import Mapping
from typing import Final

import reflex as rx

from pages.components.field import text_field
from state.account.address_form import AddressRow
from state.words import _

NOTHING: Final = AddressRow()


def address_fields(errors: Mapping[str, str], written: AddressRow = NOTHING) -> rx.Component:
    """Ask for the parts of an address; `errors` are by the names of the fields, `written` is what is there already."""
    return rx.fragment(*_person(errors, written), *_place(errors, written))


def _person(errors: Mapping[str, str], written: AddressRow) -> tuple[rx.Component, ...]:
    return (
        text_field(
            "recipient",
            _("Who receives it"),
            error=errors["recipient"],
            default_value=written.recipient,
            auto_complete="name",
            required=True,
        ),
        text_field(
            "phone",
            _("Phone"),
            error=errors["phone"],
            default_value=written.phone,
            auto_complete="tel",
            type="tel",
            required=True,
            dir="ltr",
        ),
    )


def _place(errors: Mapping[str, str], written: AddressRow) -> tuple[rx.Component, ...]:
    return (
        text_field(
            "line1",
            _("Street and number"),
            error=errors["line1"],
            default_value=written.line1,
            auto_complete="address-line1",
            required=True,
        ),
        text_field("district", _("District"), error=errors["district"], default_value=written.district),
        text_field(
            "city",
            _("City"),
            error=errors["city"],
            default_value=written.city,
            auto_complete="address-level2",
            required=True,
        ),
        text_field(
            "region",
            _("Region"),
            error=errors["region"],
            default_value=written.region,
            auto_complete="address-level1",
        ),
        text_field(
            "postal_code",
            _("Postal code"),
            error=errors["postal_code"],
            default_value=written.postal_code,
            auto_complete="postal-code",
            dir="ltr",
        ),
        text_field(
            "label", _("Call it"), hint=_("Home, work, a friend's."), error=errors["label"], default_value=written.label
        ),
    )
