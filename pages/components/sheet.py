"""Sheets: a list as a file, for those who reckon elsewhere."""

import reflex as rx

from pages.components.icon import icon
from pages.components.kinds import Text
from pages.components.link import outside_link
from state.words import _


def sheet_link(href: Text, *, words: Text = "") -> rx.Component:
    """Save a list as a CSV file; the address is the REST one, and the browser's session opens it."""
    named = rx.fragment(icon("download"), words or _("Export"))
    return outside_link(named, href, class_name="btn", custom_attrs={"download": ""})
