"""Map links: an address leads to the map that the reader's device knows."""

import reflex as rx

from pages.components.icon import icon
from pages.components.kinds import Content, Text, joined
from pages.components.link import outside_link


def map_link(words: Content, place: Text) -> rx.Component:
    """Show an address, and find it on a map; `place` is what to look for, already fit for an address bar."""
    href = joined("https://www.google.com/maps/search/?api=1&query=", place)
    return outside_link(
        rx.fragment(icon("pin"), words), href, target="_blank", rel="noreferrer", class_name="link row row--2"
    )
