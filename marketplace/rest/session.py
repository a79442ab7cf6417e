"""The posts that sign in and out: plain forms of the pages, answered with a 303.

They set the HttpOnly cookie that no script can read. A refused form goes back to its page with a flash.
"""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import parse_qsl
from uuid import UUID

import structlog
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from marketplace import bootstrap, identity
from marketplace.flows import signing
from marketplace.flows.signing import Arrival, SignedIn
from marketplace.identity import SESSION_LASTS, Door, StoreKind
from marketplace.kernel.actor import Actor, Permission, visitor
from marketplace.kernel.errors import Forbidden, Invalid, Refusal, SignedOut, Unavailable
from marketplace.kernel.ids import StoreId
from marketplace.kernel.words import Locale, mark, translated
from marketplace.rest.caller import actor_of_cookie, insist_on_own_pages
from marketplace.rest.cookies import SESSION_COOKIE, device_of
from marketplace.rest.flash import FLASH_COOKIE, LASTS_SECONDS, Flash, write_flash
from marketplace.rest.network import network_of
from marketplace.rest.shapes.auth import Joining
from marketplace.settings import settings

LONGEST_FORM: Final = 20_000
LONGEST_PATH: Final = 500
AWAY: Final = mark("Something we need did not answer. Nothing was lost: try again in a moment.")
INCOMPLETE: Final = mark("Fill this in, a little shorter if it was long.")

HOMES: Final = (
    (Permission.ROUND_WORK, "/agent"),
    (Permission.LISTINGS_EDIT, "/vendor"),
    (Permission.ORDERS_FULFILL, "/vendor"),
    (Permission.DISPATCH_ASSIGN, "/admin/dispatch"),
    (Permission.CASH_COUNT, "/admin/hand-overs"),
    (Permission.PAYOUTS_CONFIRM, "/admin/payouts"),
    (Permission.STORES_READ, "/admin/stores"),
)
"""Where somebody goes on who named no page: the first place where he has work."""

PARTS_OF_STORE: Final = {"store_name": "name", "kind": "kind"}
PARTS_OF_ADDRESS: Final = ("line1", "line2", "district", "city", "region", "postal_code", "phone")

Form = Mapping[str, str]

log = structlog.get_logger()


async def sign_in(request: Request) -> Response:
    """Sign in by address and password, and go on to the page that asked for it."""

    def act(form: Form) -> SignedIn:
        house, actor = bootstrap.house(), visitor(device_of(request.cookies))
        email, password = form.get("email", ""), form.get("password", "")
        return signing.sign_in(actor, house, email=email, password=password, arrival=_arrival(request))

    return await _answered(request, act, back="/sign-in")


async def register(request: Request) -> Response:
    """Join with a first store, and go on signed in."""

    def act(form: Form) -> SignedIn:
        house, actor = bootstrap.house(), visitor(device_of(request.cookies))
        joining = Joining.model_validate(_joining(form))
        registration = joining.registration(locale=_language(form["back"]))
        return signing.register(
            actor, house, registration=registration, password=joining.password, arrival=_arrival(request)
        )

    return await _answered(request, act, back="/register")


async def switch_store(request: Request) -> Response:
    """Go on in another of one's stores."""

    def act(form: Form) -> SignedIn:
        actor = actor_of_cookie(request.cookies.get(SESSION_COOKIE, ""), None)
        if actor.session_id is None:
            raise SignedOut("You are signed out: sign in to go on.")
        return signing.switch_store(
            actor, bootstrap.house(), store_id=_store(form.get("store_id", "")), device_id=device_of(request.cookies)
        )

    return await _answered(request, act, back="/")


async def sign_out(request: Request) -> Response:
    """Sign out, and go to the front page."""

    def act(_form: Form) -> None:
        signing.sign_out(actor_of_cookie(request.cookies.get(SESSION_COOKIE, ""), None), bootstrap.house())

    return await _answered(request, act, back="/")


ROUTES: Final = [
    Route("/session", sign_in, methods=["POST"]),
    Route("/session/end", sign_out, methods=["POST"]),
    Route("/session/store", switch_store, methods=["POST"]),
    Route("/account", register, methods=["POST"]),
]


async def _answered(request: Request, act: Callable[[Form], SignedIn | None], *, back: str) -> Response:
    try:
        insist_on_own_pages(request)
        form = await _form(request)
    except Refusal as refusal:
        return PlainTextResponse(refusal.message, status_code=403 if isinstance(refusal, Forbidden) else 413)
    origin = _local(form.get("back", "") or _page_of(request), otherwise=back)
    try:
        outcome = await run_in_threadpool(act, {**form, "back": origin})
    except (Refusal, ValidationError, Unavailable) as error:
        return _sent_back(origin, _flash(error, form, _language(origin)))
    if outcome is None:
        return _signed_out(_home(None, _language(origin)))
    wanted = form.get("next", "") or _asked(origin).get("next", "")
    return _let_in(outcome, _local(wanted, otherwise=_home(outcome.actor, _language(origin))))


def _asked(page: str) -> dict[str, str]:
    """What the address of a page asks for."""
    return dict(parse_qsl(page.partition("?")[2]))


def _page_of(request: Request) -> str:
    """The page of ours that a form stands on, as the browser says it; nothing where it says none.

    A form may be sent before its page is alive: what the page would fill in of its own address is empty until then.
    """
    page = request.headers.get("referer", "")
    own = (page.removeprefix(origin) for origin in settings().origins if page.startswith(f"{origin}/"))
    return next(own, "")


async def _form(request: Request) -> Form:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            raise Invalid("This form is larger than we can take.", code="request.too_large")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=50)
    except ValueError as error:
        raise Invalid("This form cannot be read.", code="request.malformed") from error
    return {name: value.replace("\x00", "") for name, value in pairs}


def _arrival(request: Request) -> Arrival:
    return Arrival(door=Door.BROWSER, network=network_of(request), device_id=device_of(request.cookies))


def _joining(form: Form) -> dict[str, object]:
    address = {part: form[part] for part in PARTS_OF_ADDRESS if form.get(part)}
    store: dict[str, object] = {name: form[part] for part, name in PARTS_OF_STORE.items() if form.get(part)}
    if _asked(form["back"]).get("as") == StoreKind.VENDOR:
        store.setdefault("kind", StoreKind.VENDOR)
    store.setdefault("name", "" if store.get("kind") == StoreKind.VENDOR else form.get("full_name", ""))
    if address:
        store["address"] = address
    return {**{part: form.get(part, "") for part in ("email", "password", "full_name")}, "store": store}


def _store(text: str) -> StoreId:
    try:
        return StoreId(UUID(text))
    except ValueError as error:
        raise identity.StoreNotFound from error


def _field(place: tuple[int | str, ...]) -> str:
    """The form's own name of what the contract calls otherwise."""
    return "store_name" if place == ("store", "name") else str(place[-1])


def _flash(error: Refusal | ValidationError | Unavailable, form: Form, locale: Locale) -> Flash:
    if isinstance(error, Refusal):
        fields = {problem.field: translated(problem.message, locale) for problem in error.fields}
        message = error.sentence(lambda text: translated(text, locale))
        return Flash(code=error.reason, message=message, fields=fields, values=form)
    if isinstance(error, ValidationError):
        wrong = {_field(problem["loc"]): translated(INCOMPLETE, locale) for problem in error.errors()}
        return Flash(code="request.invalid", message=translated(INCOMPLETE, locale), fields=wrong, values=form)
    log.warning("unavailable", code=error.code, error=str(error))
    return Flash(code=error.code, message=translated(AWAY, locale), values=form)


def _let_in(signed_in: SignedIn, onward: str) -> Response:
    answer = RedirectResponse(onward, status_code=303)
    _set(answer, SESSION_COOKIE, signed_in.cookie or "", seconds=int(SESSION_LASTS.total_seconds()))
    answer.delete_cookie(FLASH_COOKIE)
    return answer


def _signed_out(onward: str) -> Response:
    answer = RedirectResponse(onward, status_code=303)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


def _sent_back(origin: str, flash: Flash) -> Response:
    answer = RedirectResponse(origin, status_code=303)
    _set(answer, FLASH_COOKIE, write_flash(flash, secret=bootstrap.house().secret), seconds=LASTS_SECONDS)
    return answer


def _set(answer: Response, name: str, value: str, *, seconds: int) -> None:
    is_encrypted = settings().public_url.startswith("https://")
    answer.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=is_encrypted)


def _local(path: str, *, otherwise: str) -> str:
    """A path of our own site; what could lead elsewhere is not followed."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_ours and len(path) <= LONGEST_PATH else otherwise


def _language(path: str) -> Locale:
    return "ar" if path == "/ar" or path.startswith("/ar/") else "en"


def _home(actor: Actor | None, locale: Locale) -> str:
    place = next((path for permission, path in HOMES if actor is not None and actor.has(permission)), "/")
    return place if locale == "en" else f"/ar{place.rstrip('/')}"
