"""Coming in and going out over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

PASSWORD = "correct horse battery"


def wish(**changes: object) -> dict[str, Any]:
    return {
        "email": "noura@example.com",
        "password": PASSWORD,
        "full_name": "Noura Alharbi",
        "store": {"name": "Noura", "kind": "buyer", "address": {"line1": "12 Olaya Street", "city": "Riyadh"}},
        **changes,
    }


def bearing(tokens: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


class TestRegister:
    def test_gives_user_store_and_tokens(self, client: TestClient) -> None:
        answer = client.post("/auth/register", json=wish())

        assert answer.status_code == 201
        given = answer.json()
        assert given["user"]["email"] == "noura@example.com"
        assert (given["store"]["name"], given["store"]["slug"], given["store"]["kind"]) == ("Noura", "noura", "buyer")
        assert (given["expires_in"], given["token_type"]) == (900, "Bearer")
        me = client.get("/me", headers=bearing(given)).json()
        assert me["user"] == given["user"]
        assert me["store"] == given["store"]
        assert me["memberships"] == [{"store": given["store"], "role": "owner"}]
        assert "checkout:place" in me["permissions"]

    def test_refuses_an_address_that_somebody_has(self, client: TestClient) -> None:
        client.post("/auth/register", json=wish())

        answer = client.post("/auth/register", json=wish(password="another password"))

        assert answer.status_code == 409
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == "identity.email_taken"

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"email": "noura"}, "email"),
            ({"password": "short"}, "password"),
            ({"full_name": " "}, "full_name"),
            ({"full_name": 5}, "full_name"),
            ({"store": {"name": "N", "kind": "wholesaler"}}, "store.kind"),
            ({"store": {"name": "N", "kind": "buyer", "address": {"line1": "", "city": "R"}}}, "store.address.line1"),
            ({"store": {"name": "N", "address": {"line1": "1", "city": "R", "phone": "no"}}}, "phone"),
            ({"nickname": "N"}, "nickname"),
        ],
    )
    def test_says_which_value_is_wrong(self, client: TestClient, changes: dict[str, object], field: str) -> None:
        answer = client.post("/auth/register", json=wish(**changes))

        assert answer.status_code == 422
        assert [problem["field"] for problem in answer.json()["errors"]] == [field]


class TestLogin:
    def test_gives_tokens_for_the_right_password(self, client: TestClient) -> None:
        joined = client.post("/auth/register", json=wish()).json()

        answer = client.post("/auth/login", json={"email": "NOURA@example.com", "password": PASSWORD})

        assert answer.status_code == 200
        assert answer.json()["user"] == joined["user"]

    def test_says_401_for_a_wrong_one_and_429_after_five(self, client: TestClient) -> None:
        client.post("/auth/register", json=wish())
        guess = {"email": "noura@example.com", "password": "a wrong guess"}

        answers = [client.post("/auth/login", json=guess) for _ in range(6)]

        assert [answer.status_code for answer in answers] == [401, 401, 401, 401, 401, 429]
        assert answers[0].json()["code"] == "identity.wrong_password"
        assert 890 <= int(answers[5].headers["retry-after"]) <= 901

    def test_speaks_the_readers_language(self, client: TestClient) -> None:
        guess = {"email": "nobody@example.com", "password": "a wrong guess"}

        answer = client.post("/auth/login", json=guess, headers={"Accept-Language": "ar-SA,ar;q=0.9"})

        assert answer.json()["detail"] == "البريد الإلكتروني أو كلمة المرور غير صحيحة: تحقق منهما وحاول مرة أخرى."

    @pytest.mark.parametrize("text", ["\x00", "a\x00@example.com", "\u202e", "' OR 1=1 --", "a" * 190])
    def test_takes_any_text_without_stumbling(self, client: TestClient, text: str) -> None:
        answer = client.post("/auth/login", json={"email": text, "password": text or "x"})

        assert answer.status_code in {401, 422}

    def test_looks_past_a_token_that_has_run_out(self, client: TestClient) -> None:
        client.post("/auth/register", json=wish())

        answer = client.post(
            "/auth/login",
            json={"email": "noura@example.com", "password": PASSWORD},
            headers={"Authorization": "Bearer old"},
        )

        assert answer.status_code == 200


class TestRefresh:
    def test_gives_the_next_pair(self, client: TestClient) -> None:
        first = client.post("/auth/register", json=wish()).json()

        answer = client.post("/auth/refresh", json={"refresh_token": first["refresh_token"]})

        assert answer.status_code == 200
        second = answer.json()
        assert second["refresh_token"] != first["refresh_token"]
        assert client.get("/me", headers=bearing(second)).status_code == 200

    def test_signs_a_family_out_when_a_token_comes_back(self, client: TestClient) -> None:
        token = client.post("/auth/register", json=wish()).json()["refresh_token"]

        answers = [client.post("/auth/refresh", json={"refresh_token": token}) for _ in range(3)]

        assert [answer.status_code for answer in answers] == [200, 200, 401]
        assert answers[2].json()["code"] == "identity.refresh_token_reused"
        newest = answers[1].json()["refresh_token"]
        assert client.post("/auth/refresh", json={"refresh_token": newest}).status_code == 401


class TestLogout:
    def test_ends_the_session_and_may_be_said_twice(self, client: TestClient) -> None:
        joined = client.post("/auth/register", json=wish()).json()

        answers = [client.post("/auth/logout", headers=bearing(joined)) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [204, 204]
        assert client.post("/auth/refresh", json={"refresh_token": joined["refresh_token"]}).status_code == 401
        assert client.post("/auth/logout").status_code == 204


class TestSwitchStore:
    def test_gives_tokens_for_the_other_store(self, client: TestClient) -> None:
        buying = client.post("/auth/register", json=wish()).json()
        selling = client.post("/auth/register", json=wish(store={"name": "Noura Sells", "kind": "vendor"})).json()

        answer = client.post("/auth/switch-store", json={"store_id": buying["store"]["id"]}, headers=bearing(selling))

        assert answer.status_code == 200
        assert answer.json()["store"] == buying["store"]
        assert client.get("/store", headers=bearing(answer.json())).json()["slug"] == "noura"

    def test_finds_no_store_of_somebody_else(self, client: TestClient) -> None:
        mine = client.post("/auth/register", json=wish()).json()
        theirs = client.post("/auth/register", json=wish(email="reem@example.com")).json()

        answer = client.post("/auth/switch-store", json={"store_id": theirs["store"]["id"]}, headers=bearing(mine))

        assert answer.status_code == 404


class TestMe:
    def test_is_nobody_without_a_token(self, client: TestClient) -> None:
        answer = client.get("/me")

        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["code"] == "auth.signed_out"
