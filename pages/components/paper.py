"""What a page is on paper: a button that prints it, and what stays on the screen."""

import reflex as rx

from pages.components.button import button
from pages.components.kinds import Content, Text


def print_button(words: Text) -> rx.Component:
    """Print the page as the browser does."""
    return button(words, sign="print", on_click=rx.call_script("window.print()"))


def screen_only(*content: Content) -> rx.Component:
    """Hold what nobody needs on paper."""
    return rx.el.div(*content, class_name="screen-only")


def paper_only(*content: Content) -> rx.Component:
    """Hold what only paper has to say, because nothing around it does."""
    return rx.el.div(*content, class_name="paper-only")
