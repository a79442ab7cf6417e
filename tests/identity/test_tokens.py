"""Access tokens."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from marketplace.identity import Keys, Standing, StoreRole, SystemRole, actor_of_access_token, mint, tokens
from marketplace.kernel.actor import Permission
from marketplace.kernel.clock import utc_now
from marketplace.kernel.errors import SignedOut
from marketplace.kernel.ids import SessionId, StoreId, UserId, new_uuid

KEYS = Keys.of("a secret of thirty-two characters")
STANDING = Standing(
    user_id=UserId(new_uuid()),
    session_id=SessionId(new_uuid()),
    store_id=StoreId(new_uuid()),
    role=StoreRole.MANAGER,
    can_buy=True,
    can_sell=False,
    system_roles=(SystemRole.CASHIER,),
)


class TestAccessToken:
    def test_says_again_who_it_was_made_for(self) -> None:
        token = mint(STANDING, keys=KEYS, now=utc_now())

        actor = actor_of_access_token(token, keys=KEYS)

        assert actor == STANDING.actor
        assert actor.may(Permission.CHECKOUT_PLACE, store_id=STANDING.store_id)
        assert actor.may(Permission.CASH_COUNT, store_id=None)
        assert not actor.may(Permission.ORDERS_DECIDE, store_id=STANDING.store_id)

    def test_names_the_surfaces_that_it_opens(self) -> None:
        claims = jwt.decode(mint(STANDING, keys=KEYS, now=utc_now()), options={"verify_signature": False})

        assert claims["aud"] == ["buyer", "admin"]
        assert claims["exp"] - claims["iat"] == 900

    def test_runs_out_after_a_quarter_of_an_hour(self) -> None:
        token = mint(STANDING, keys=KEYS, now=utc_now() - timedelta(minutes=15, seconds=1))

        with pytest.raises(SignedOut):
            actor_of_access_token(token, keys=KEYS)

    def test_runs_out_though_it_was_read_before(self, monkeypatch: pytest.MonkeyPatch) -> None:
        token = mint(STANDING, keys=KEYS, now=utc_now())
        assert actor_of_access_token(token, keys=KEYS) == STANDING.actor

        monkeypatch.setattr(tokens, "utc_now", lambda: utc_now() + timedelta(minutes=15, seconds=1))

        with pytest.raises(SignedOut):
            actor_of_access_token(token, keys=KEYS)

    @pytest.mark.parametrize("token", ["", "x", "a.b.c", "é", "eyJhbGciOiJub25lIn0.e30."])
    def test_is_refused_when_it_is_none(self, token: str) -> None:
        with pytest.raises(SignedOut):
            actor_of_access_token(token, keys=KEYS)

    def test_is_refused_when_another_house_has_signed_it(self) -> None:
        token = mint(STANDING, keys=Keys.of("another secret of thirty-two chars"), now=utc_now())

        with pytest.raises(SignedOut):
            actor_of_access_token(token, keys=KEYS)

    def test_is_refused_when_it_is_unsigned(self) -> None:
        claims = jwt.decode(mint(STANDING, keys=KEYS, now=utc_now()), options={"verify_signature": False})

        with pytest.raises(SignedOut):
            actor_of_access_token(jwt.encode(claims, "", algorithm="none"), keys=KEYS)

    def test_is_refused_when_it_names_a_role_that_there_is_not(self) -> None:
        claims = jwt.decode(mint(STANDING, keys=KEYS, now=datetime.now(UTC)), options={"verify_signature": False})
        forged = jwt.encode({**claims, "roles": ["emperor"]}, KEYS.access, algorithm="HS256")

        with pytest.raises(SignedOut):
            actor_of_access_token(forged, keys=KEYS)
