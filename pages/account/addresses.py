"""The book of addresses."""

import reflex as rx

from pages.account.address_form import address_fields
from pages.components.banner import empty, problem
from pages.components.button import button, submit
from pages.components.card import card, columns, row, stack
from pages.components.dialog import closes, confirmation, dialog
from pages.components.door import for_those_who_may
from pages.components.frame import frame
from pages.components.loading import when_loaded
from pages.components.skeleton import skeleton_rows
from pages.components.status import badge
from state.account.address_form import AddressRow
from state.account.addresses import FORM, REMOVING, AddressesState
from state.words import _


def addresses_page() -> rx.Component:
    """Where things are sent."""
    return frame(
        _("Addresses"),
        when_loaded(AddressesState, content(), skeleton_rows(4, 3)),
        ask_for_address(),
        ask_to_remove(),
        acts=[
            for_those_who_may(
                AddressesState.write,
                button(
                    _("New address"),
                    kind="primary",
                    sign="plus",
                    on_click=AddressesState.write(""),
                    data_testid="new-address",
                ),
            )
        ],
    )


def content() -> rx.Component:
    """The addresses, or that there is none yet."""
    nothing = empty(_("No address yet."), _("Write one down, and checking out takes one press."))
    return rx.cond(AddressesState.rows, columns(rx.foreach(AddressesState.rows, address_card), kind="2"), nothing)


def address_card(address: AddressRow) -> rx.Component:
    """One address, and what can be done with it."""
    prefer = button(_("Send here by default"), size="small", on_click=AddressesState.prefer(address.id))
    acts = row(
        button(_("Change"), sign="edit", size="small", on_click=AddressesState.write(address.id)),
        rx.cond(address.is_default, rx.fragment(), prefer),
        button(
            _("Remove"), kind="quiet", size="small", sign="trash", on_click=AddressesState.ask_to_remove(address.id)
        ),
        look="wrap 2",
    )
    return card(
        stack(
            rx.el.p(address.words),
            rx.el.p(rx.el.span(address.phone, dir="ltr"), class_name="muted"),
            for_those_who_may(AddressesState.write, acts),
            gap="3",
        ),
        title=address.title,
        end=rx.cond(address.is_default, badge(_("Default"), tone="good")),
        key=address.id,
        data_testid="address",
    )


def ask_for_address() -> rx.Component:
    """Write an address down, or change it."""
    chosen = AddressesState.chosen
    form = rx.el.form(
        stack(
            problem(AddressesState.problem),
            address_fields(AddressesState.errors, chosen, mended=AddressesState.mended),
            row(
                button(_("Not now"), on_click=closes(FORM), type="button"),
                submit(_("Save address"), data_testid="save-address"),
            ),
            gap="3",
        ),
        on_submit=AddressesState.save,
        key=AddressesState.form_key,
    )
    return dialog(FORM, rx.cond(chosen.id, _("Change the address"), _("New address")), form)


def ask_to_remove() -> rx.Component:
    """Ask before an address goes, naming it."""
    return confirmation(
        REMOVING,
        rx.fragment(_("Remove"), " ", AddressesState.chosen.title),
        _("Orders on their way still go there."),
        act=_("Remove"),
        on_confirm=AddressesState.remove,
    )
