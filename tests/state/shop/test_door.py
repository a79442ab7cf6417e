"""What the doors show."""

import pytest

from marketplace.ports import House
from marketplace.rest.cookies import SESSION_COOKIE
from marketplace.rest.flash import FLASH_COOKIE, Flash, write_flash
from state.answers import to_sign_in
from state.shop.door import RegisterState, SignInState
from tests.state.states import made


def told(house: House, **values: str) -> str:
    flash = Flash(
        code="identity.wrong_password",
        message="Email address or password is wrong: check both and try again.",
        fields={"email": "Is this yours?"},
        values=values,
    )
    return f"{FLASH_COOKIE}={write_flash(flash, secret=house.secret)}"


class TestSignIn:
    async def test_shows_what_was_wrong_and_keeps_what_was_typed(self, house: House) -> None:
        door = made(
            SignInState, address="/sign-in?next=/orders", cookie=told(house, email="nora@example.com", password="x")
        )

        await door.load()

        assert door.problem.startswith("Email address or password is wrong")
        assert (door.typed.email, door.errors) == ("nora@example.com", {"email": "Is this yours?"})
        assert (door.onward, door.back) == ("/orders", "/sign-in?next=%2Forders")

    @pytest.mark.usefixtures("house")
    async def test_leads_to_our_own_pages_only(self) -> None:
        door = made(SignInState, address="/sign-in?next=//evil.example")

        await door.load()

        assert (door.onward, door.is_sent, door.to_register) == ("", False, "/register")

    @pytest.mark.usefixtures("house")
    @pytest.mark.parametrize(("language", "onward"), [("", "/checkout"), ("/ar", "/ar/checkout")])
    async def test_takes_the_way_on_along_to_registering(self, language: str, onward: str) -> None:
        door = made(SignInState, address=f"{language}/sign-in?next={onward}&out=1")

        await door.load()

        assert door.to_register == f"/register?next={onward.replace('/', '%2F')}"

    @pytest.mark.usefixtures("house")
    async def test_tells_who_was_signed_out_from_who_never_was_in(self) -> None:
        was_in = made(SignInState, address="/orders", cookie=f"{SESSION_COOKIE}=ended")
        never = made(SignInState, address="/orders")

        assert "out=1" in str(to_sign_in(was_in, "Sign in to go on."))
        assert "out=1" not in str(to_sign_in(never, "Sign in to go on."))


class TestRegister:
    @pytest.mark.usefixtures("house")
    async def test_asks_by_what_the_account_is_for(self) -> None:
        door = made(RegisterState, address="/ar/register?as=vendor&next=/ar/cart")

        await door.load()

        assert (door.kind, door.is_vendor, door.back) == ("vendor", True, "/ar/register?as=vendor&next=%2Far%2Fcart")
        assert door.as_buyer == "/register?next=%2Far%2Fcart"

    @pytest.mark.usefixtures("house")
    @pytest.mark.parametrize(("onward", "kept"), [("/ar/checkout", "?next=%2Far%2Fcheckout"), ("//evil.example", "")])
    async def test_takes_our_own_way_on_along_to_signing_in(self, onward: str, kept: str) -> None:
        door = made(RegisterState, address=f"/ar/register?as=vendor&next={onward}")

        await door.load()

        assert door.to_sign_in == f"/sign-in{kept}"

    def test_says_nothing_of_it_before_it_is_alive(self) -> None:
        assert made(RegisterState, address="/register?as=vendor").kind == ""

    @pytest.mark.usefixtures("house")
    async def test_takes_no_other_word_for_it(self) -> None:
        door = made(RegisterState, address="/register?as=king")

        await door.load()

        assert (door.kind, door.is_buyer) == ("buyer", True)
