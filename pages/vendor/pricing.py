"""The price of a listing being written: what one costs, what many cost, and what is left of it."""

import reflex as rx

from pages.components.banner import note
from pages.components.button import button, icon_button
from pages.components.card import card, columns, row, stack, sum_line, sums
from pages.components.field import number_field
from pages.components.money import money
from pages.components.status import code
from pages.components.table import Heading, acts, cell, cell_input, table
from state.vendor.editing import EditingState, PairRow
from state.words import _

draft = EditingState.draft
errors = EditingState.errors


def price() -> rx.Component:
    """What one costs, and what many cost."""
    return card(
        stack(
            columns(
                number_field(
                    "price",
                    _("Price"),
                    unit=EditingState.currency,
                    error=errors["price"],
                    default_value=draft.price,
                    aside=_("needed"),
                    required=True,
                    on_blur=EditingState.say_price,
                    data_testid="price",
                ),
                number_field(
                    "list_price",
                    _("Price before"),
                    unit=EditingState.currency,
                    hint=_("Shown struck through; leave it empty if there was none."),
                    error=errors["list_price"],
                    default_value=draft.list_price,
                ),
                kind="2",
            ),
            tiers(),
            columns(
                number_field(
                    "min_quantity", _("Least"), error=errors["min_quantity"], default_value=draft.min_quantity
                ),
                number_field(
                    "max_quantity",
                    _("Most"),
                    hint=_("Empty: as many as there are."),
                    error=errors["max_quantity"],
                    default_value=draft.max_quantity,
                ),
                number_field(
                    "quantity_step",
                    _("Sold in steps of"),
                    error=errors["quantity_step"],
                    default_value=draft.quantity_step,
                ),
                kind="3",
            ),
        ),
        title=_("Price"),
    )


def tiers() -> rx.Component:
    """How the price falls as the quantity grows."""

    def line(tier: PairRow) -> rx.Component:
        return rx.el.tr(
            cell(
                rx.el.p(_("From quantity"), class_name="only-phone muted t1"),
                cell_input(f"tier_quantity_{tier.id}", _("From quantity"), default_value=tier.first),
                place="1",
            ),
            cell(
                rx.el.p(_("Off"), class_name="only-phone muted t1"),
                rx.el.span(
                    cell_input(
                        f"tier_percent_{tier.id}",
                        _("Percent off"),
                        default_value=tier.second,
                        input_mode="decimal",
                        on_blur=lambda typed: EditingState.say_tier(tier.id, typed),
                    ),
                    " %",
                ),
                place="2",
            ),
            cell(rx.el.span(_("Each"), " ", class_name="only-phone"), money(tier.each), is_number=True, place="4"),
            acts(icon_button("trash", _("Take the step away"), size="small", on_click=EditingState.drop_tier(tier.id))),
            key=tier.id,
        )

    headings = (
        _("From quantity"),
        _("Off"),
        Heading(_("Each"), is_number=True),
        Heading(_("What can be done"), is_hidden=True),
    )
    listed = table(headings, rx.foreach(EditingState.tiers, line), label=_("Price by quantity"), is_dense=True)
    return stack(
        row(
            rx.el.h3(_("Price by quantity"), class_name="medium"),
            button(_("Add a step"), size="small", on_click=EditingState.add_tier, data_testid="add-tier"),
            look="apart",
        ),
        rx.cond(EditingState.tiers, listed),
        wrong(EditingState.wrong_tiers),
        gap="2",
    )


def wrong(sentences: rx.Var[list[str]]) -> rx.Component:
    """What is wrong with rows of fields."""
    return rx.foreach(sentences, lambda sentence: note(sentence, tone="bad", sign="warning"))


def left_of_it() -> rx.Component:
    """What the vendor gets of the price."""
    kept = EditingState.kept
    known = stack(
        sums(
            (_("The buyer pays"), money(kept.price)),
            (kept.fee_words, money(kept.fee)),
            rx.cond(kept.fee_vat, sum_line(kept.vat_words, money(kept.fee_vat))),
            total=(_("Yours"), money(kept.kept)),
        ),
        rx.cond(
            kept.tax,
            rx.el.p(_("VAT in the price that you owe the authority:"), " ", money(kept.tax), class_name="t1 muted"),
        ),
        gap="3",
    )
    unknown = rx.el.p(_("Choose a category and write a price: what you get of it stands here."), class_name="muted")
    return card(
        rx.cond(kept.kept, known, unknown),
        title=_("What you get"),
        end=rx.cond(draft.fsin, code(draft.fsin)),
        data_testid="fee-preview",
    )
