"""A listing being written: a new one, or one that is there."""

import reflex as rx

from pages.components.banner import note, problem
from pages.components.button import button, icon_button, submit
from pages.components.card import card, columns, row, stack
from pages.components.dialog import confirmation, opens
from pages.components.door import for_those_who_may, writable
from pages.components.field import number_field, text_area, text_field
from pages.components.file_drop import picture_drop, picture_tile, pictures
from pages.components.frame import frame
from pages.components.link import link
from pages.components.loading import when_loaded
from pages.components.navigation import crumbs
from pages.components.select import option, select_field
from pages.components.skeleton import skeleton_rows
from pages.components.status import status
from pages.vendor.pricing import left_of_it, price, wrong
from state.vendor.editing import Choice, EditingState, PairRow, PictureRow
from state.vendor.listings import ListingRow
from state.words import _, mark

FORM = "listing-form"
CLOSE = "close-listing"
CONDITIONS = (
    ("new", mark("New")),
    ("refurbished", mark("Refurbished")),
    ("used_like_new", mark("Used, like new")),
    ("used_very_good", mark("Used, very good")),
    ("used_good", mark("Used, good")),
    ("used_acceptable", mark("Used, acceptable")),
)

draft = EditingState.draft
errors = EditingState.errors


def new_page() -> rx.Component:
    """Write a listing."""
    return frame(
        _("New listing"),
        when_loaded(EditingState, form(is_new=True), skeleton_rows(10, 3)),
        acts=[
            for_those_who_may(
                EditingState.save, submit(_("Put it up for sale"), form=FORM, data_testid="save-listing")
            ),
        ],
        way=crumbs((_("Listings"), "/vendor/listings"), here=_("New listing")),
    )


def listing_page() -> rx.Component:
    """Change a listing."""
    return frame(
        _("Listing"),
        when_loaded(EditingState, stack(named(), form(is_new=False)), skeleton_rows(10, 3)),
        confirmation(
            CLOSE,
            rx.fragment(_("Close"), " ", draft.title),
            _("It leaves the shop for good. Its orders and its past stay."),
            act=_("Close the listing"),
            keep=_("Keep it"),
            on_confirm=EditingState.close,
        ),
        acts=[
            for_those_who_may(EditingState.close, button(_("Close the listing"), kind="quiet", on_click=opens(CLOSE))),
            for_those_who_may(EditingState.save, submit(_("Save changes"), form=FORM, data_testid="save-listing")),
        ],
        way=crumbs((_("Listings"), "/vendor/listings"), here=rx.cond(EditingState.trouble, _("Listing"), draft.sku)),
    )


def named() -> rx.Component:
    """What it is, and how it stands."""

    def line(kept: ListingRow) -> rx.Component:
        return row(
            status(kept.state, kept.state_words),
            rx.el.h2(kept.title, class_name="t4"),
            link(_("See in the shop"), rx.Var.create("/p/").to(str) + draft.fsin),
            look="wrap 2",
            key=kept.id,
        )

    return rx.fragment(rx.foreach(EditingState.shown, line))


def form(*, is_new: bool) -> rx.Component:
    """Words, pictures, price and stock on one side; what is left of the price on the other."""
    left = stack(problem(EditingState.problem), words(is_new=is_new), shots(), price(), stock(is_new=is_new))
    return rx.el.form(
        writable(EditingState.save, columns(left, rx.el.aside(left_of_it(), class_name="stack"), kind="side")),
        on_submit=EditingState.save,
        id=FORM,
        key=draft.key,
        custom_attrs={"noValidate": True},
    )


def words(*, is_new: bool) -> rx.Component:
    """What is said of the product."""
    shared = note(_("Other shops sell this product too: what you change is looked at before it shows."))
    return card(
        stack(
            *(() if is_new else (rx.cond(draft.is_looked_at, shared),)),
            *titles(),
            category(),
            *descriptions(),
            maker_and_barcode(),
            details(),
        ),
        title=_("Words"),
    )


def titles() -> tuple[rx.Component, ...]:
    """What it is called, in both languages."""
    return (
        text_field(
            "title",
            _("Title"),
            hint=_("Brand, thing, size, color: buyers search in that order."),
            error=errors["title"],
            aside=_("needed"),
            default_value=draft.title,
            max_length=200,
            required=True,
        ),
        text_field(
            "title_ar",
            _("Title in Arabic"),
            error=errors["title_ar"],
            default_value=draft.title_ar,
            max_length=200,
            dir="rtl",
            lang="ar",
        ),
    )


def category() -> rx.Component:
    """Where it belongs."""
    return select_field(
        "category",
        _("Category"),
        rx.fragment(
            rx.el.option(_("Choose one"), value="", disabled=True), rx.foreach(EditingState.categories, a_category)
        ),
        error=errors["category"],
        hint=_("It decides the fee."),
        aside=_("needed"),
        default_value=draft.category,
        required=True,
        on_change=EditingState.say_category,
    )


def descriptions() -> tuple[rx.Component, ...]:
    """What there is to say of it, in both languages."""
    return (
        text_area(
            "description",
            _("Description"),
            error=errors["description"],
            default_value=draft.description,
            rows=4,
        ),
        text_area(
            "description_ar",
            _("Description in Arabic"),
            error=errors["description_ar"],
            default_value=draft.description_ar,
            rows=3,
            dir="rtl",
            lang="ar",
        ),
    )


def maker_and_barcode() -> rx.Component:
    """Who makes it, and the number under its stripes."""
    return columns(
        text_field("brand", _("Brand"), error=errors["brand"], default_value=draft.brand, max_length=120),
        text_field(
            "upc",
            _("Barcode"),
            hint=_("The number under the stripes, if there is one."),
            error=errors["upc"],
            default_value=draft.upc,
            max_length=20,
            input_mode="numeric",
        ),
        kind="2",
    )


def a_category(choice: Choice) -> rx.Component:
    """Offer a category by the way to it."""
    return option(choice.slug, choice.words)


def details() -> rx.Component:
    """Names and values: color, size, what it is made of."""

    def line(detail: PairRow) -> rx.Component:
        return row(
            rx.el.input(
                name=f"detail_name_{detail.id}",
                default_value=detail.first,
                placeholder=_("Color"),
                aria_label=_("Name of the detail"),
                class_name="input",
            ),
            rx.el.input(
                name=f"detail_value_{detail.id}",
                default_value=detail.second,
                placeholder=_("Black"),
                aria_label=_("What it is"),
                class_name="input",
            ),
            icon_button("trash", _("Take the detail away"), on_click=EditingState.drop_detail(detail.id)),
            look="2",
            key=detail.id,
        )

    return stack(
        row(
            rx.el.h3(_("Details"), class_name="medium"),
            button(_("Add a detail"), size="small", on_click=EditingState.add_detail),
            look="apart",
        ),
        rx.foreach(EditingState.details, line),
        wrong(EditingState.wrong_attributes),
        gap="2",
    )


def shots() -> rx.Component:
    """The pictures, the cover first, and the way to send more."""

    def tile(shot: PictureRow, place: rx.Var[int]) -> rx.Component:
        return picture_tile(
            shot.source,
            rx.cond(
                place != 0,
                button(_("Cover"), size="small", kind="quiet", on_click=EditingState.make_cover(shot.id)),
            ),
            icon_button("trash", _("Take the picture away"), size="small", on_click=EditingState.drop_picture(shot.id)),
            badge=rx.cond(place == 0, _("Cover"), ""),
            key=shot.id,
        )

    more = picture_drop(
        "pictures",
        _("Add pictures"),
        _("JPEG, PNG or WebP, up to 10 MB"),
        kind="product_image",
        on_sent=EditingState.add_pictures,
        data_testid="add-pictures",
    )
    return card(
        stack(
            pictures(rx.foreach(EditingState.pictures, tile), for_those_who_may(EditingState.add_pictures, more)),
            wrong(EditingState.wrong_images),
        ),
        title=_("Pictures"),
    )


def stock(*, is_new: bool) -> rx.Component:
    """How many there are, and under which number the vendor keeps it."""
    condition = select_field("condition", _("Condition"), [(value, _(said)) for value, said in CONDITIONS])
    promised = note(
        _("Promised to orders that wait:"), " ", draft.reserved, " · ", _("accepted:"), " ", draft.allocated
    )
    return card(
        stack(
            *(() if is_new else (promised,)),
            columns(
                number_field(
                    "on_hand",
                    _("On hand"),
                    error=errors["on_hand"],
                    default_value=draft.on_hand,
                    input_mode="numeric",
                    data_testid="on-hand",
                ),
                number_field(
                    "warn_at",
                    _("Warn me at"),
                    error=errors["warn_at"],
                    default_value=draft.warn_at,
                    input_mode="numeric",
                ),
                text_field(
                    "sku",
                    _("SKU"),
                    hint=_("Your own number; empty: the product's number."),
                    error=errors["sku"],
                    default_value=draft.sku,
                    max_length=64,
                ),
                kind="3",
            ),
            *((condition,) if is_new else ()),
        ),
        title=_("Stock"),
    )
