"""The posts that sign in and out."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from marketplace import bootstrap
from marketplace.kernel.actor import Permission
from marketplace.rest.caller import actor_of_cookie
from marketplace.rest.flash import Flash, read_flash

PASSWORD = "correct horse battery"
HERE = {"origin": "http://localhost:8000"}

Post = Callable[..., Response]


@pytest.fixture
def pages(served: Starlette) -> Iterator[TestClient]:
    """A browser that goes nowhere by itself."""
    with TestClient(served, base_url="http://localhost:8000", follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def post(pages: TestClient) -> Post:
    def posted(path: str, headers: dict[str, str] | None = None, **form: str) -> Response:
        sent = {"content-type": "application/x-www-form-urlencoded", **(HERE if headers is None else headers)}
        answer: Response = pages.post(path, content=urlencode(form), headers=sent)
        return answer

    return posted


def join(post: Post, headers: dict[str, str] | None = None, **more: str) -> Response:
    form = {"email": "noura@example.com", "password": PASSWORD, "full_name": "Noura Alharbi", **more}
    return post("/account", headers, **form)


def flash_of(answer: Response) -> Flash:
    flash = read_flash(dict(answer.cookies), secret=bootstrap.house().secret)
    assert flash is not None
    return flash


class TestAccount:
    def test_signs_in_who_has_joined(self, pages: TestClient, post: Post) -> None:
        answer = join(post, line1="12 Olaya Street", city="Riyadh")

        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("sid=")
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        me = pages.get("/api/v1/me").json()
        assert (me["user"]["full_name"], me["store"]["name"], me["store"]["kind"]) == (
            "Noura Alharbi",
            "Noura Alharbi",
            "buyer",
        )

    def test_takes_a_vendor_to_his_desk(self, post: Post) -> None:
        answer = join(post, kind="vendor", store_name="Noura Sells", back="/ar/register")

        assert answer.headers["location"] == "/ar/vendor"

    def test_says_what_is_missing_and_keeps_the_rest(self, post: Post) -> None:
        answer = join(post, full_name=" ", email="noura@example.com")

        assert (answer.status_code, answer.headers["location"]) == (303, "/register")
        flash = flash_of(answer)
        assert flash.code == "request.invalid"
        assert set(flash.fields) == {"full_name", "store_name"}
        assert flash.values["email"] == "noura@example.com"
        assert "password" not in flash.values

    def test_says_what_is_wrong_in_the_pages_language(self, post: Post) -> None:
        answer = join(post, email="noura", back="/ar/register")

        assert answer.headers["location"] == "/ar/register"
        assert flash_of(answer).fields == {"email": "أدخل بريدًا إلكترونيًا مثل name@example.com."}

    @pytest.mark.parametrize("kind", [{}, {"kind": ""}])
    def test_takes_a_vendor_whose_form_was_sent_before_its_page_was_alive(
        self, pages: TestClient, post: Post, kind: dict[str, str]
    ) -> None:
        headers = {**HERE, "referer": "http://localhost:8000/ar/register?as=vendor&next=%2Far%2Fvendor%2Fimport"}

        answer = join(post, headers, store_name="Noura Sells", back="", **kind)

        assert answer.headers["location"] == "/ar/vendor/import"
        me = pages.get("/api/v1/me").json()
        assert (me["store"]["kind"], me["store"]["name"], me["user"]["locale"]) == ("vendor", "Noura Sells", "ar")

    def test_asks_a_vendor_for_the_shop_that_his_form_had_no_field_for_yet(self, post: Post) -> None:
        headers = {**HERE, "referer": "http://localhost:8000/register?as=vendor"}

        answer = join(post, headers, kind="", back="")

        assert answer.headers["location"] == "/register?as=vendor"
        assert set(flash_of(answer).fields) == {"store_name"}

    @pytest.mark.parametrize(
        ("address", "kind"), [("/register?as=vendor", "buyer"), ("/register?as=owner", ""), ("/register", "")]
    )
    def test_takes_a_buyer_where_the_form_or_nothing_says_otherwise(
        self, pages: TestClient, post: Post, address: str, kind: str
    ) -> None:
        join(post, {**HERE, "referer": f"http://localhost:8000{address}"}, kind=kind, back="")

        assert pages.get("/api/v1/me").json()["store"]["kind"] == "buyer"


class TestSession:
    def test_goes_on_to_the_page_that_asked(self, pages: TestClient, post: Post) -> None:
        join(post)
        pages.cookies.clear()

        answer = post("/session", email="noura@example.com", password=PASSWORD, next="/orders/25-1201-6X2D-1?tab=all")

        assert (answer.status_code, answer.headers["location"]) == (303, "/orders/25-1201-6X2D-1?tab=all")
        assert pages.get("/api/v1/me").status_code == 200

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/\r\nSet-Cookie: x=1"]
    )
    def test_goes_nowhere_else(self, post: Post, elsewhere: str) -> None:
        join(post)

        answer = post("/session", email="noura@example.com", password=PASSWORD, next=elsewhere)

        assert answer.headers["location"] == "/"

    @pytest.mark.parametrize("page", ["/sign-in", "/ar/sign-in"])
    def test_goes_on_to_the_page_that_asked_though_the_form_was_sent_before_it_was_alive(
        self, post: Post, page: str
    ) -> None:
        join(post)
        headers = {**HERE, "referer": f"http://localhost:8000{page}?next=%2Fvendor%2Fstock%3Fq%3Da%2Bb&out=1"}

        answer = post("/session", headers, email="noura@example.com", password=PASSWORD, next="", back="")

        assert answer.headers["location"] == "/vendor/stock?q=a+b"

    def test_goes_back_to_a_page_that_was_not_alive_with_the_way_on(self, post: Post) -> None:
        headers = {**HERE, "referer": "http://localhost:8000/ar/sign-in?next=%2Far%2Forders"}

        answer = post("/session", headers, email="noura@example.com", password="a wrong guess", next="", back="")

        assert answer.headers["location"] == "/ar/sign-in?next=%2Far%2Forders"
        assert flash_of(answer).message.startswith("البريد")

    @pytest.mark.parametrize(
        "referer",
        [
            "http://localhost:8000/sign-in?next=https%3A%2F%2Fevil.example",
            "http://localhost:8000/sign-in?next=%2F%2Fevil.example",
            "http://localhost:8000/sign-in?next=%2F%5Cevil.example",
            "http://localhost:8000/sign-in?next=%2F%09%2Fevil.example",
            "http://localhost:8000//evil.example?next=%2Forders",
            "http://localhost:8000/\\evil.example?next=%2Forders",
            "https://evil.example/sign-in?next=%2Forders",
            "http://localhost:8000@evil.example/sign-in?next=%2Forders",
            "http://localhost:8000.evil.example/sign-in?next=%2Forders",
            "http://localhost:8000",
            "//evil.example/sign-in",
            "http://[",
            "",
        ],
    )
    def test_takes_no_way_on_from_a_page_that_is_not_ours_nor_to_one(self, post: Post, referer: str) -> None:
        join(post)
        headers = {**HERE, "referer": referer}

        right = post("/session", headers, email="noura@example.com", password=PASSWORD)
        wrong = post("/session", headers, email="noura@example.com", password="a wrong guess")

        assert right.headers["location"] == "/"
        assert wrong.headers["location"].startswith("/sign-in")

    def test_goes_back_with_a_flash_when_it_is_refused(self, post: Post) -> None:
        answer = post("/session", email="noura@example.com", password="a wrong guess")

        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert flash_of(answer) == Flash(
            code="identity.wrong_password",
            message="Email address or password is wrong: check both and try again.",
            fields={},
            values={"email": "noura@example.com"},
        )

    @pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}, {"origin": "null"}])
    def test_hears_no_page_but_ours(self, post: Post, headers: dict[str, str]) -> None:
        answer = post("/session", headers=headers, email="noura@example.com", password=PASSWORD)

        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers

    def test_takes_no_endless_form(self, post: Post) -> None:
        assert post("/session", email="x" * 30_000).status_code == 413


class TestSwitch:
    def test_goes_on_in_the_other_store(self, pages: TestClient, post: Post) -> None:
        join(post)
        buying = pages.get("/api/v1/store").json()
        old = pages.cookies["sid"]
        join(post, kind="vendor", store_name="Noura Sells")

        answer = post("/session/store", store_id=buying["id"])

        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert pages.get("/api/v1/store").json() == buying
        assert pages.cookies["sid"] != old

    def test_goes_back_when_the_store_is_not_ones_own(self, pages: TestClient, post: Post) -> None:
        join(post)
        before = pages.get("/api/v1/store").json()

        answer = post("/session/store", store_id="none", back="/vendor")

        assert answer.headers["location"] == "/vendor"
        assert flash_of(answer).code == "identity.store_not_found"
        assert pages.get("/api/v1/store").json() == before


class TestEnd:
    def test_signs_out_and_forgets_the_cookie(self, pages: TestClient, post: Post) -> None:
        join(post)
        cookie = pages.cookies["sid"]

        answer = post("/session/end")

        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert "sid" not in pages.cookies
        assert not actor_of_cookie(cookie, None).is_signed_in

    def test_is_harmless_for_nobody(self, post: Post) -> None:
        assert post("/session/end").status_code == 303


class TestCookie:
    def test_speaks_for_our_own_pages_alone(self, pages: TestClient, post: Post) -> None:
        join(post)

        stolen = pages.patch("/api/v1/store", json={"name": "Stolen"}, headers={"origin": "https://evil.example"})
        own = pages.patch("/api/v1/store", json={"name": "Mine"}, headers=HERE)

        assert (stolen.status_code, own.status_code) == (403, 200)

    def test_holds_the_grants_of_this_moment(self, post: Post, pages: TestClient) -> None:
        join(post)

        actor = actor_of_cookie(pages.cookies["sid"], None)

        assert actor.has(Permission.CHECKOUT_PLACE)
        assert not actor.has(Permission.ORDERS_DECIDE)


class TestFlash:
    def test_is_no_word_when_it_is_torn(self) -> None:
        for text in ("", "x", "x.y", "eyJ9.é", "." * 50):
            assert read_flash({"flash": text}, secret="a secret") is None
