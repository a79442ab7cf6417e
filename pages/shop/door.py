"""Coming in: sign in, join, and step in as somebody of the demo."""

from typing import Any

import reflex as rx

from pages.components.banner import banner, problem
from pages.components.button import submit
from pages.components.card import stack
from pages.components.field import text_field
from pages.components.given import given
from pages.components.icon import icon
from pages.components.kinds import Content, Text
from pages.components.link import link
from pages.components.native_form import hidden, native_form
from pages.components.navigation import tab, tabs
from pages.components.shop_frame import plain_frame
from pages.components.status import tinted_avatar
from state.installation import profile
from state.session import SessionState
from state.shop.door import PersonRow, RegisterState, SignInState
from state.words import _


def sign_in_page() -> rx.Component:
    """Come in by address and password."""
    new = rx.el.p(_("New here?"), " ", link(_("Open an account"), SignInState.to_register), class_name="t3 muted")
    head = stack(rx.el.h1(_("Sign in"), class_name="t5"), new, gap="1")
    return framed(stack(head, already_in(), why_here(), problem(SignInState.problem), sign_in_form(), demo(), gap="5"))


def register_page() -> rx.Component:
    """Join with a first store."""
    known = rx.el.p(_("Have an account?"), " ", link(_("Sign in"), RegisterState.to_sign_in), class_name="t3 muted")
    head = stack(rx.el.h1(_("Open an account"), class_name="t5"), known, gap="1")
    kinds = tabs(
        _("What for"),
        tab(_("To buy"), RegisterState.as_buyer, is_current=RegisterState.is_buyer),
        tab(_("To sell"), RegisterState.as_vendor, is_current=RegisterState.is_vendor),
    )
    return framed(stack(head, kinds, problem(RegisterState.problem), register_form(), gap="5"))


def framed(content: Content) -> rx.Component:
    """Put a door beside its picture."""
    drawn = rx.el.img(src=f"/art/window-{profile().name}.svg", alt="", width="720", height="940")
    return plain_frame(content, drawn=drawn)


def already_in() -> rx.Component:
    """Say who is in already; signing in again is signing in as somebody else."""
    words = rx.fragment(_("You are signed in as"), " ", SessionState.name, ".")
    onward = link(_("Go on"), rx.cond(SignInState.onward, SignInState.onward, "/"))
    return rx.cond(SessionState.is_signed_in, banner(words, act=onward))


def why_here() -> rx.Component:
    """Say why somebody was led here who did not ask for it."""
    ended = banner(
        _("You were signed out"),
        _("In another window, or because you were away for long. Nothing was lost: sign in and go on."),
        tone="warn",
    )
    asked = banner(_("Sign in to go on"), _("You come back to where you were."))
    quiet = SessionState.is_signed_in | (SignInState.problem != "")
    return rx.cond(quiet, rx.fragment(), rx.cond(SignInState.is_ended, ended, rx.cond(SignInState.is_sent, asked)))


def sign_in_form() -> rx.Component:
    """Ask for address and password."""
    errors, typed = SignInState.errors, SignInState.typed
    return native_form(
        hidden("back", SignInState.back),
        hidden("next", SignInState.onward),
        text_field(
            "email", _("Email"), type="email", auto_complete="username", required=True, error=errors["email"],
            **kept(typed.email),
        ),
        text_field(
            "password", _("Password"), type="password", auto_complete="current-password", required=True,
            error=errors["password"],
        ),
        submit(_("Sign in"), size="large", is_wide=True, data_testid="sign-in"),
        action="/session",
        class_name="stack",
    )  # fmt: skip


def demo() -> rx.Component:
    """Step in as somebody, where the demo world is on."""
    head = stack(
        rx.el.h2(_("Or step in as someone"), class_name="strong t3"),
        rx.el.p(_("Shown on the demo only. Everything they do is real here."), class_name="muted"),
        gap="1",
    )
    people = native_form(
        hidden("back", SignInState.back),
        hidden("next", SignInState.onward),
        hidden("password", SignInState.password),
        rx.foreach(SignInState.people, person),
        action="/session",
        class_name="card rows",
    )
    return rx.cond(SignInState.people, rx.el.section(head, people, class_name="stack stack--3"))


def person(shown: PersonRow) -> rx.Component:
    """One of them: a press signs in."""
    words = rx.el.span(
        given(shown.name, class_name="medium block"),
        given(shown.does, class_name="muted t1 block"),
        class_name="rows__main",
    )
    return rx.el.button(
        tinted_avatar(shown.letters, shown.tint), words, icon("forward"),
        type="submit", name="email", value=shown.email, data_testid=shown.email,
    )  # fmt: skip


def register_form() -> rx.Component:
    """Ask who somebody is, and what his store is called."""
    errors, typed = RegisterState.errors, RegisterState.typed
    names_every_store = profile().catalog_access == "members"
    store = store_fields()
    return native_form(
        hidden("back", RegisterState.back),
        hidden("next", RegisterState.onward),
        hidden("kind", RegisterState.kind),
        text_field(
            "full_name", _("Your name"), auto_complete="name", required=True, error=errors["full_name"],
            **kept(typed.full_name),
        ),
        text_field(
            "email", _("Email"), type="email", auto_complete="username", required=True, error=errors["email"],
            **kept(typed.email),
        ),
        text_field(
            "password", _("Password"), type="password", auto_complete="new-password", required=True, min_length=10,
            hint=_("10 characters at least; a short sentence is a good one."), error=errors["password"],
        ),
        store if names_every_store else rx.cond(RegisterState.is_vendor, store),
        agreed(),
        submit(_("Open the account"), size="large", is_wide=True, data_testid="register"),
        action="/account",
        class_name="stack",
    )  # fmt: skip


def store_fields() -> rx.Component:
    """Ask about the store."""
    errors, typed = RegisterState.errors, RegisterState.typed
    named = rx.cond(RegisterState.is_vendor, _("Name of your shop"), _("Name of your business"))
    shop = text_field(
        "store_name", named, auto_complete="organization", required=True, error=errors["store_name"],
        **kept(typed.store_name),
    )  # fmt: skip
    approval = banner(_("We look at every new vendor"), _("You can prepare everything at once, and sell once we have."))
    manual = profile().vendor_approval == "manual"
    return rx.fragment(shop, rx.cond(RegisterState.is_vendor, approval) if manual else rx.fragment())


def agreed() -> rx.Component:
    """Say what one agrees to."""
    return rx.el.p(
        _("By opening an account you agree to our rules:"),
        " ",
        link(_("Terms"), "/terms"),
        " · ",
        link(_("Privacy"), "/privacy"),
        class_name="muted t1",
    )


def kept(value: Text) -> dict[str, Any]:
    """Begin a field with what was typed before the form came back."""
    return {"default_value": value, "key": value}
