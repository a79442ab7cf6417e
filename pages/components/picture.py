"""Pictures: squares that keep their place while they load, and the gallery of a product."""

from typing import Any, Literal

import reflex as rx

from pages.components.kinds import Flag, Text, classes, text

Size = Literal["", "xs", "s", "m"]
WIDTHS = (160, 480, 1200)
MEDIA = "/media/"


def picture(
    source: Text, words: Text = "", *, size: Size = "", is_first: bool = False, is_gone: bool = False
) -> rx.Component:
    """Show a product's picture: `source` is its address without the width, or a drawing's; `words` what is on it.

    The first large one of a page is fetched at once; all others when they come near. Without a source its place stays.
    """
    look = classes("pic", f"pic--{size}" if size else "", "pic--gone" if is_gone else "")
    image = _image(source, words, size=size, is_first=is_first)
    return rx.el.div(rx.cond(text(source) != "", image), class_name=look)


def _image(source: Text, words: Text, *, size: Size, is_first: bool) -> rx.Component:
    if isinstance(source, rx.Var):
        kept = _kept(source, words, size=size, is_first=is_first)
        return rx.cond(source.to(str).startswith(MEDIA), kept, _drawn(source, words))
    return _kept(source, words, size=size, is_first=is_first) if source.startswith(MEDIA) else _drawn(source, words)


def _drawn(source: Text, words: Text) -> rx.Component:
    """A drawing of our own: the same at every width."""
    lazily = {"loading": "lazy"}
    return rx.el.img(src=source, alt=words, width="480", height="480", decoding="async", custom_attrs=lazily)


def _kept(source: Text, words: Text, *, size: Size, is_first: bool) -> rx.Component:
    """A picture that somebody sent, kept in three widths."""
    at = text(source)
    if size:
        sources: dict[str, Any] = {"src": at + f"/{WIDTHS[0]}.webp"}
    else:
        sources = {
            "src": at + f"/{WIDTHS[1]}.webp",
            "src_set": at + f"/{WIDTHS[1]}.webp {WIDTHS[1]}w, " + at + f"/{WIDTHS[2]}.webp {WIDTHS[2]}w",
            "sizes": "(width < 40rem) 50vw, 30vw" if not is_first else "(width < 48rem) 100vw, 40vw",
        }
    loading = {"fetch_priority": "high"} if is_first else {"loading": "lazy"}
    return rx.el.img(**sources, alt=words, width="480", height="480", decoding="async", custom_attrs=loading)


def gallery(main: rx.Component, thumbs: rx.Component) -> rx.Component:
    """Show one picture large and the others under it; `thumbs` is a row or a `foreach` of `thumb`s."""
    return rx.el.div(
        rx.el.div(main, class_name="gallery__main"),
        rx.el.div(thumbs, class_name="gallery__thumbs"),
        class_name="gallery",
    )


def thumb(source: Text, words: Text, *, is_current: Flag, **attributes: Any) -> rx.Component:
    """Bring one picture forward."""
    current = {"aria-current": rx.cond(is_current, "true", "false")}
    return rx.el.button(picture(source, size="s"), type="button", aria_label=words, custom_attrs=current, **attributes)
