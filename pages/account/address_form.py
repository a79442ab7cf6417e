"""The form for an address: the same at checkout and in the book."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import reflex as rx

from pages.components.field import must_note, text_field
from pages.components.kinds import Text
from state.account.address_form import AddressRow
from state.installation import profile
from state.words import _

NOTHING: Final = AddressRow()

Mended = Callable[[str], Any]
"""What hears the name of a field that is changed while something is wrong with it."""


def address_fields(errors: Mapping[str, str], written: AddressRow = NOTHING, *, mended: Mended) -> rx.Component:
    """Ask for the parts that an address has in the country of this marketplace.

    `errors` are by the names of the fields, `written` is what is there already.
    """
    is_american = profile().country == "US"
    region = _("State (such as OK)") if is_american else _("Region")
    postal_code = _("ZIP code") if is_american else _("Postal code")

    def ask(name: str, label: Text, **attributes: Any) -> rx.Component:  # noqa: ANN401 (they go to the input)
        error = errors[name]
        return text_field(
            name,
            label,
            error=error,
            default_value=getattr(written, name),
            on_change=lambda _typed: rx.cond(error, mended(name), rx.noop()),
            **attributes,
        )

    return rx.fragment(
        must_note(),
        ask("recipient", _("Who receives it"), auto_complete="name", is_must=True),
        ask("phone", _("Phone"), auto_complete="tel", type="tel", is_must=True, dir="ltr"),
        ask("line1", _("Street and number"), auto_complete="address-line1", is_must=True),
        rx.fragment() if is_american else ask("district", _("District")),
        ask("city", _("City"), auto_complete="address-level2", is_must=True),
        ask("region", region, auto_complete="address-level1"),
        ask("postal_code", postal_code, auto_complete="postal-code", dir="ltr"),
        ask("label", _("Call it"), hint=_("Home, work, a friend's.")),
    )
