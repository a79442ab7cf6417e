"""One stop of the agent's round."""

from typing import Any

import reflex as rx

from pages.components.agent_frame import agent_frame
from pages.components.banner import banner, note, problem
from pages.components.button import button, button_link, submit
from pages.components.card import card, row, row_line, rows, stack
from pages.components.choice import radio
from pages.components.dialog import closes, dialog, opens
from pages.components.field import text_field
from pages.components.kinds import joined
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.road import camera_button, cash_card, cash_sum, code_field, drive_way, way, ways
from pages.components.skeleton import skeleton_rows
from pages.components.status import badge, code, status
from state.delivery.stop import DoorState
from state.words import _, mark

FAILED = "not-delivered"
OTHER_SUM = "other-sum"
FORM = "door"
REASONS = (
    ("not_home", mark("Nobody was there")),
    ("wrong_address", mark("The address is wrong")),
    ("no_access", mark("I could not get in")),
    ("refused", mark("The buyer did not want it")),
    ("no_cash", mark("The buyer had no cash")),
    ("damaged", mark("The parcel is damaged")),
)

door = DoorState.door


def stop_page() -> rx.Component:
    """Where to, what to do there, and the one act at the bottom."""
    is_there = DoorState.trouble == ""
    return agent_frame(
        rx.cond(is_there & (door.title != ""), door.title, _("Stop")),
        when_loaded(DoorState, stack(who(), parcel(), doing()), skeleton_rows(6, 2), title=_("Stop")),
        not_delivered(),
        other_sum(),
        text=rx.cond(is_there, code(door.number)),
        back="/agent",
        act=act(),
    )


def who() -> rx.Component:
    """Whom to ask for, where, and the ways there."""
    return stack(
        stack(
            rx.el.h1(door.name, class_name="t5"),
            rx.el.p(door.street, rx.el.br(), door.town, class_name="t3"),
            gap="1",
        ),
        ways(
            drive_way(door.map),
            way(_("Call"), joined("tel:", door.phone), "phone"),
            way(_("Write"), joined("sms:", door.phone), "message"),
        ),
    )


def parcel() -> rx.Component:
    """The parcel, and where it stands."""
    words = (
        rx.el.p(door.doing, class_name="t3 medium"),
        rx.el.p(code(door.number), class_name="muted"),
        rx.cond(door.failure, rx.el.p(door.failure, class_name="bad")),
    )
    return card(rows(row_line(*words, end=status(door.state, door.state_words))), pads=False)


def doing() -> rx.Component:
    """What is left to do here."""
    back = note(_("Bring the parcel back to the shop. It confirms that it has it."), sign="return", tone="warn")
    waits = note(_("Pick the parcel up at the shop first."), sign="clock")
    at_door = stack(cash(), rx.cond(door.can_deliver, proof()), rx.cond(door.can_fail, could_not()))
    idle = ~door.can_deliver & ~door.can_try_again & ~door.is_done & ~door.is_returning
    return stack(
        problem(DoorState.problem),
        rx.cond(door.is_pickup, rx.fragment(), rx.cond(door.is_returning, back, rx.cond(idle, waits, at_door))),
    )


def cash() -> rx.Component:
    """The sum to take, or that it was taken, or that dispatch was asked."""
    taken = banner(_("Cash taken"), money(door.cash_taken), tone="good")
    asked = banner(_("Dispatch was asked about another sum"), money(door.cash_asked), tone="warn")
    return rx.cond(door.cash_taken, taken, rx.cond(door.cash_asked, asked, rx.cond(door.cash_due, due())))


def due() -> rx.Component:
    """What the buyer owes; that another sum was declined, or why the agent takes none just now."""
    declined = banner(
        rx.fragment(_("Dispatch declined"), " ", money(door.cash_declined)),
        _("Ask the buyer for the exact sum, shown above."),
        tone="warn",
    )
    blocked = banner(
        _("A hand-over is being looked into. You take no cash until it is cleared."),
        _("Speak to the cashier. Once it is cleared, you can take the cash here."),
        tone="warn",
    )
    return cash_card(
        _("Take the cash"),
        cash_sum(door.cash_due),
        rx.cond(door.is_cash_blocked, blocked, rx.cond(door.cash_declined, declined)),
        rx.cond(
            door.can_collect,
            stack(
                button(
                    _("I have the cash"),
                    kind="primary",
                    size="thumb",
                    is_wide=True,
                    sign="cash",
                    on_click=DoorState.collect,
                    data_testid="collect-cash",
                ),
                button(
                    _("Buyer gives another sum"),
                    is_wide=True,
                    on_click=[opens(OTHER_SUM), DoorState.begin],
                    data_testid="other-sum",
                ),
                gap="2",
            ),
        ),
        end=badge(_("Exact sum"), tone="warn"),
    )


def proof() -> rx.Component:
    """How the handing over is proven: the buyer's code, or a photo."""
    form = rx.el.form(
        code_field("code", _("The buyer's code"), error=DoorState.errors["code"], data_testid="delivery-code"),
        id=FORM,
        on_submit=DoorState.deliver,
    )
    photo = camera_button("photo", _("Photo instead"), on_sent=DoorState.prove)
    return card(
        stack(form, row(rx.el.span(door.tries, class_name="muted t1")), photo, gap="3"),
        title=_("Prove it"),
        end=rx.el.span(_("one is enough"), class_name="muted"),
    )


def could_not() -> rx.Component:
    """The way out, when nobody opens."""
    return button(
        _("Could not deliver"),
        kind="danger",
        size="large",
        is_wide=True,
        on_click=[opens(FAILED), DoorState.begin],
        data_testid="could-not-deliver",
    )


def act() -> rx.Component:
    """The one thing to do now."""
    big: dict[str, Any] = {"kind": "primary", "size": "thumb", "is_wide": True}
    pick_up = button(_("Picked up"), on_click=DoorState.pick_up, data_testid="pick-up", **big)
    again = button(_("Try again now"), on_click=DoorState.pick_up, data_testid="try-again", **big)
    handed: dict[str, Any] = {"form": FORM, "data_testid": "deliver"}
    deliver = rx.cond(
        door.can_collect,
        submit(_("Delivered"), **handed, **{**big, "kind": "secondary"}),
        submit(_("Delivered"), **handed, **big),
    )
    onward = button_link(_("To my stops"), "/agent", size="thumb", is_wide=True)
    here = rx.cond(
        door.can_pick_up,
        pick_up,
        rx.cond(door.can_try_again, again, rx.cond(door.can_deliver, deliver, onward)),
    )
    return rx.cond(DoorState.trouble, onward, here)


def not_delivered() -> rx.Component:
    """Ask why it could not be handed over."""
    choices = rx.el.fieldset(
        rx.el.legend(_("What happened?"), class_name="sr"),
        *(radio(_(words), name="reason", value=value, required=True) for value, words in REASONS),
    )
    form = rx.el.form(
        stack(
            problem(DoorState.problem),
            choices,
            row(
                button(_("Back"), on_click=closes(FAILED), size="large"),
                submit(_("Not delivered"), kind="danger-fill", size="large", data_testid="fail"),
            ),
            gap="5",
        ),
        on_submit=DoorState.fail,
    )
    return dialog(FAILED, _("Could not deliver"), form, is_sheet=True)


def other_sum() -> rx.Component:
    """Ask dispatch whether another sum will do."""
    form = rx.el.form(
        stack(
            problem(DoorState.problem),
            row(_("Due"), money(door.cash_due), look="apart"),
            text_field(
                "amount",
                _("What the buyer gives"),
                hint=_("Dispatch decides whether you take it."),
                error=DoorState.errors["amount"],
                input_mode="decimal",
                required=True,
                max_length=20,
                auto_complete="off",
            ),
            row(button(_("Back"), on_click=closes(OTHER_SUM), size="large"), submit(_("Ask dispatch"), size="large")),
            gap="5",
        ),
        on_submit=DoorState.ask,
    )
    return dialog(OTHER_SUM, _("Another sum"), form, is_sheet=True)
