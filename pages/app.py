"""The application: its pages, and the one ASGI application that serves them.

`app` is a factory: `granian --interface asgi --factory pages.app:app` calls it for each worker.
"""

from pathlib import Path
from typing import Final
from uuid import uuid4

import reflex as rx
from anyio.to_thread import current_default_thread_limiter
from reflex.utils.prerequisites import get_web_dir
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from marketplace import bootstrap
from marketplace.kernel import logs
from marketplace.rest.app import make_app
from marketplace.rest.cookies import DEVICE_COOKIE
from marketplace.rest.first import first_of
from marketplace.rest.outer import ROUTES
from marketplace.settings import installation
from pages import aside, styleguide
from pages.areas import ROUTES as ROUTES_OF_PAGES
from pages.site import Site
from pages.theme import HEAD, STYLESHEETS, guarded, toasts
from state import live
from state.binding import Bound
from state.edge import explain
from state.installation import is_production

EVENTS: Final = ("/_event", "/ping")
DRAIN_SECONDS: Final = 8
DEVICE_LASTS_SECONDS: Final = 400 * 24 * 60 * 60


def name_the_device(request: Request, response: Response) -> None:
    """Give a browser its name with its first page, so that a visitor's cart is found again."""
    if DEVICE_COOKIE in request.cookies:
        return
    is_encrypted = installation().public_url.startswith("https://")
    response.set_cookie(
        DEVICE_COOKIE, str(uuid4()), max_age=DEVICE_LASTS_SECONDS, httponly=True, samesite="lax", secure=is_encrypted
    )


def composed(reflex: ASGIApp) -> ASGIApp:
    """Put everything on one port: Reflex keeps its events, REST and the outer routes theirs, the site the rest."""
    logs.configure(installation().log_level)
    bootstrap.house()
    folder = installation().frontend_dir or Path(get_web_dir()) / "build" / "client"
    site = Site(folder, is_page=lambda path: app.router(path) is not None, greet=name_the_device, first=first_of)
    outer = Starlette(routes=[Mount("/api/v1", make_app()), *ROUTES, Mount("/", site)])

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        inner: ASGIApp = reflex if scope["path"].startswith(EVENTS) else outer
        await inner(scope, receive, send)

    return serve


app = rx.App(
    stylesheets=STYLESHEETS,
    head_components=HEAD,
    reset_style=False,
    html_lang="en",
    toaster=toasts(),
    app_wraps={(55, "ErrorBoundary"): guarded},
    backend_exception_handler=explain,
    api_transformer=composed,
)
app.add_middleware(Bound())

for route in (*ROUTES_OF_PAGES, *([] if is_production() else styleguide.ROUTES)):
    route.add(app)
aside.add(app)


@app.register_lifespan_task
async def live_pages() -> None:
    """Keep this worker's live pages fresh, and let running handlers finish when it stops. All is loaded by now."""
    app.event_processor.graceful_shutdown_timeout = DRAIN_SECONDS
    current_default_thread_limiter().total_tokens = installation().threads
    bootstrap.settle()
    await live.run(app)
