"""The application: its pages, and the one ASGI application that serves them.

`app` is a factory: `granian --interface asgi --factory pages.app:app` calls it for each worker.
"""

from pathlib import Path
from typing import Final

import reflex as rx
from reflex.utils.prerequisites import get_web_dir
from starlette.types import ASGIApp, Receive, Scope, Send

from marketplace.settings import installation
from pages import shop
from pages.site import Site
from pages.theme import HEAD, STYLESHEETS, guarded

EVENTS: Final = ("/_event", "/ping")


def composed(reflex: ASGIApp) -> ASGIApp:
    """Put the site around Reflex: it keeps its events, and nothing else of it is reachable."""
    site = Site(
        installation().frontend_dir or Path(get_web_dir()) / "build" / "client",
        is_page=lambda path: app.router(path) is not None,
    )

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        inner: ASGIApp = reflex if scope["path"].startswith(EVENTS) else site
        await inner(scope, receive, send)

    return serve


app = rx.App(
    stylesheets=STYLESHEETS,
    head_components=HEAD,
    reset_style=False,
    html_lang="en",
    app_wraps={(55, "ErrorBoundary"): guarded},
    api_transformer=composed,
)

for route in shop.ROUTES:
    route.add(app)
