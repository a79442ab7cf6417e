"""Frames: what stands around every page, so that each audience always finds its way in the same places."""

from collections.abc import Sequence

import reflex as rx

from pages.building import building
from pages.components import shop_frame, work_frame
from pages.components.door import for_those_inside
from pages.components.kinds import Content, Text


def frame(
    title: Text,
    *content: Content,
    acts: Sequence[Content] = (),
    aside: Content | None = None,
    way: Content | None = None,
    heads: bool = True,
) -> rx.Component:
    """Put a page into the frame of its audience: the shop's, the vendor's or the operator's.

    The title becomes the page's heading, with its acts beside it and the `way` down to it above; `heads` is off where
    the content brings its own. A page that did not load has no acts.
    Pages for the road are framed by `agent_frame`.
    """
    acts = [for_those_inside(act, needs_content=True) for act in acts]
    aside = None if aside is None else for_those_inside(aside, needs_content=True)
    if building().audience == "shop":
        return shop_frame.shop_frame(title, *content, acts=acts, aside=aside, way=way, heads=heads)
    return work_frame.work_frame(title, *content, acts=acts, aside=aside, way=way, heads=heads)
