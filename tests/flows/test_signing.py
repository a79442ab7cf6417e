"""Coming in and going out."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlmodel import Session, col, func, select, update

from marketplace import flags, identity
from marketplace.cart.models import Cart
from marketplace.cart.states import CartState
from marketplace.events.models import OutboxMessage
from marketplace.flags import Limit
from marketplace.flows import signing
from marketplace.flows.signing import Arrival, SignedIn
from marketplace.identity import THIS_MACHINE, Door, EndReason, Keys, Registration, StoreKind
from marketplace.identity.models import Credential, Membership, RefreshToken, SignIn, SignInFailure, User
from marketplace.identity.rules import account_hash
from marketplace.kernel.actor import Actor, Permission, visitor
from marketplace.kernel.clock import utc_now
from marketplace.kernel.errors import Conflict, NotFound, SignedOut, TooMany
from marketplace.kernel.ids import DeviceId, StoreId, new_uuid
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.ports import House, Ports
from tests.factories.actors import officer

SECRET = "a secret of thirty-two characters"
PASSWORD = "correct horse battery"
CLIENT = Arrival(door=Door.CLIENT, network="192.0.2.1")
BROWSER = Arrival(door=Door.BROWSER, network="192.0.2.1")


@pytest.fixture
def house(database: Database, ports: Ports) -> House:
    return House(db=database, ports=ports, secret=SECRET)


def join(house: House, *, kind: StoreKind = StoreKind.BUYER, password: str = PASSWORD, name: str = "Noura") -> SignedIn:
    registration = Registration(email="noura@example.com", full_name="Noura Alharbi", store_name=name, store_kind=kind)
    return signing.register(visitor(), house, registration=registration, password=password, arrival=CLIENT)


def come_in(
    house: House, password: str = PASSWORD, *, email: str = "noura@example.com", by: Arrival = CLIENT
) -> SignedIn:
    return signing.sign_in(visitor(), house, email=email, password=password, arrival=by)


def actor_of(house: House, cookie: str) -> Actor | None:
    def ask(_actor: Actor, session: Session) -> Actor | None:
        return identity.actor_of_session(session, cookie=cookie, now=utc_now())

    return house.db.read(ask, visitor())


class TestRegister:
    def test_signs_in_who_has_joined(self, house: House) -> None:
        seen = join(house)

        assert seen.store is not None
        assert (seen.user.email, seen.store.name, seen.cookie) == ("noura@example.com", "Noura", None)
        assert seen.access_token is not None
        actor = identity.actor_of_access_token(seen.access_token, keys=Keys.of(SECRET))
        assert actor == seen.actor
        assert actor.may(Permission.CHECKOUT_PLACE, store_id=seen.store.id)

    def test_opens_another_store_for_who_gives_his_password(self, house: House, uow: UnitOfWork) -> None:
        first, second = join(house), join(house, kind=StoreKind.VENDOR, name="Noura Sells")

        assert first.user.id == second.user.id
        assert second.store is not None
        assert second.store.name == "Noura Sells"
        assert uow.session.exec(select(func.count()).select_from(Membership)).one() == 2

    def test_opens_the_same_store_once_however_often_he_asks(self, house: House, uow: UnitOfWork) -> None:
        first, second = join(house), join(house)

        assert first.store == second.store
        assert uow.session.exec(select(func.count()).select_from(Membership)).one() == 1

    def test_opens_none_for_who_guesses_it(self, house: House, uow: UnitOfWork) -> None:
        join(house)

        with pytest.raises(Conflict) as refused:
            join(house, password="a different one")

        assert refused.value.reason == "identity.email_taken"
        assert uow.session.exec(select(func.count()).select_from(Membership)).one() == 1

    def test_is_no_way_around_the_limit_of_guesses(self, house: House) -> None:
        join(house)
        for guess in range(5):
            with pytest.raises(Conflict):
                join(house, password=f"a wrong guess {guess}")

        with pytest.raises(TooMany):
            join(house)


class TestCrowds:
    def test_join_at_ten_an_hour_from_one_network(self, house: House) -> None:
        def come(number: int, network: str) -> SignedIn:
            registration = Registration(
                email=f"person{number}@example.com", full_name="P", store_name="P", store_kind=StoreKind.BUYER
            )
            arrival = Arrival(door=Door.CLIENT, network=network)
            return signing.register(visitor(), house, registration=registration, password=PASSWORD, arrival=arrival)

        for number in range(10):
            come(number, "192.0.2.1")

        with pytest.raises(TooMany) as refused:
            come(10, "192.0.2.1")
        assert refused.value.retry_after_seconds == 3600
        assert come(10, "192.0.2.2").user.email == "person10@example.com"
        for number in range(11, 22):
            come(number, THIS_MACHINE)


class TestCart:
    def test_goes_with_whoever_signs_in(self, house: House, uow: UnitOfWork) -> None:
        device = DeviceId(new_uuid())
        join(house)
        guest = Cart(device_id=device, state=CartState.ACTIVE, created_at=uow.now, touched_at=uow.now)
        uow.session.add(guest)
        uow.session.flush()

        seen = come_in(house, by=Arrival(door=Door.BROWSER, network="192.0.2.1", device_id=device))

        assert seen.store is not None
        uow.session.refresh(guest)
        assert guest.state is CartState.MERGED
        assert uow.session.exec(select(Cart.state).where(col(Cart.store_id) == seen.store.id)).one() is CartState.ACTIVE


class TestSignIn:
    def test_gives_a_browser_a_cookie_that_speaks_for_it(self, house: House) -> None:
        join(house)

        seen = come_in(house, by=BROWSER)

        assert seen.cookie is not None
        assert (seen.access_token, seen.refresh_token) == (None, None)
        assert actor_of(house, seen.cookie) == seen.actor
        assert actor_of(house, seen.cookie + "x") is None

    def test_keeps_no_secret_as_it_is(self, house: House, uow: UnitOfWork) -> None:
        join(house)
        cookie = come_in(house, by=BROWSER).cookie

        kept = uow.session.exec(select(SignIn.cookie_hash).where(col(SignIn.cookie_hash).is_not(None))).one()
        password = uow.session.exec(select(Credential.password_hash)).one()

        assert kept not in {None, cookie}
        assert password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")

    def test_takes_the_address_in_any_letters(self, house: House) -> None:
        assert join(house).user.id == come_in(house, email=" NOURA@Example.com ").user.id

    @pytest.mark.parametrize("email", ["noura@example.com", "nobody@example.com", "no address", ""])
    def test_says_the_same_whatever_is_wrong(self, house: House, email: str) -> None:
        join(house)

        with pytest.raises(SignedOut) as refused:
            come_in(house, "a wrong password", email=email)

        assert refused.value.reason == "identity.wrong_password"
        assert refused.value.message == "Email address or password is wrong: check both and try again."

    def test_hears_nobody_after_five_wrong_passwords(self, house: House, uow: UnitOfWork) -> None:
        join(house)
        for guess in range(5):
            with pytest.raises(SignedOut):
                come_in(house, f"a wrong guess {guess}")

        with pytest.raises(TooMany) as refused:
            come_in(house)

        assert 890 <= refused.value.retry_after_seconds <= 901
        assert uow.session.exec(select(func.count()).select_from(SignInFailure)).one() == 5

    def test_hears_him_again_after_a_quarter_of_an_hour(self, house: House, uow: UnitOfWork) -> None:
        join(house)
        for guess in range(5):
            with pytest.raises(SignedOut):
                come_in(house, f"a wrong guess {guess}")
        earlier = col(SignInFailure.failed_at) - timedelta(minutes=15)
        uow.session.execute(update(SignInFailure).values(failed_at=earlier))

        assert come_in(house).user.email == "noura@example.com"

    def test_forgets_the_wrong_passwords_before_a_right_one(self, house: House, uow: UnitOfWork) -> None:
        join(house)
        for guess in range(4):
            with pytest.raises(SignedOut):
                come_in(house, f"a wrong guess {guess}")

        come_in(house)

        assert uow.session.exec(select(func.count()).select_from(SignInFailure)).one() == 0

    def test_counts_a_network_over_all_its_accounts(self, house: House, uow: UnitOfWork) -> None:
        join(house)
        at = utc_now()
        for number in range(50):
            account = account_hash(f"{number}@example.com")
            uow.session.add(SignInFailure(account_hash=account, network="192.0.2.1", failed_at=at))
        uow.session.flush()

        with pytest.raises(TooMany):
            come_in(house)

        assert come_in(house, by=Arrival(door=Door.CLIENT, network="192.0.2.2")).user.email == "noura@example.com"

    def test_goes_by_the_numbers_of_the_operator(self, house: House) -> None:
        join(house)
        for limit in (Limit.ACCOUNT_WRONG_PASSWORDS, Limit.WRONG_PASSWORDS_WITHIN_MINUTES):
            house.db.transact(flags.set_limit, officer(Permission.FLAGS_EDIT), limit=limit, value=2)
        for guess in range(2):
            with pytest.raises(SignedOut):
                come_in(house, f"a wrong guess {guess}")

        with pytest.raises(TooMany) as refused:
            come_in(house)

        assert 110 <= refused.value.retry_after_seconds <= 121

    def test_makes_an_old_hash_anew(self, house: House, uow: UnitOfWork) -> None:
        join(house)
        weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        uow.session.execute(update(Credential).values(password_hash=weak))

        come_in(house)

        assert uow.session.exec(select(Credential.password_hash)).one().startswith("$argon2id$v=19$m=19456,t=2,p=1$")


class TestRefresh:
    def test_retires_a_token_by_its_use(self, house: House) -> None:
        first = join(house)
        assert first.refresh_token is not None

        second = signing.refresh(visitor(), house, refresh_token=first.refresh_token)

        assert second.refresh_token not in {None, first.refresh_token}
        assert second.access_token is not None
        assert second.actor == first.actor

    def test_forgives_one_repeat_for_an_answer_that_was_lost(self, house: House) -> None:
        first = join(house)
        assert first.refresh_token is not None

        signing.refresh(visitor(), house, refresh_token=first.refresh_token)
        again = signing.refresh(visitor(), house, refresh_token=first.refresh_token)

        assert again.refresh_token is not None

    def test_closes_the_family_at_the_second_repeat(self, house: House, uow: UnitOfWork) -> None:
        first = join(house)
        assert first.refresh_token is not None
        signing.refresh(visitor(), house, refresh_token=first.refresh_token)
        newest = signing.refresh(visitor(), house, refresh_token=first.refresh_token)

        with pytest.raises(SignedOut) as refused:
            signing.refresh(visitor(), house, refresh_token=first.refresh_token)

        assert refused.value.reason == "identity.refresh_token_reused"
        assert uow.session.exec(select(SignIn.end_reason)).one() == EndReason.TOKEN_REUSED
        assert newest.refresh_token is not None
        with pytest.raises(SignedOut):
            signing.refresh(visitor(), house, refresh_token=newest.refresh_token)
        facts = select(OutboxMessage).where(OutboxMessage.topic == "identity.refresh_token_reused.v1")
        assert uow.session.exec(facts).one().envelope["body"]["user_id"] == str(first.user.id)

    def test_closes_the_family_when_a_retired_token_comes_back_late(self, house: House, uow: UnitOfWork) -> None:
        first = join(house)
        assert first.refresh_token is not None
        signing.refresh(visitor(), house, refresh_token=first.refresh_token)
        earlier = col(RefreshToken.retired_at) - timedelta(seconds=11)
        uow.session.execute(update(RefreshToken).values(retired_at=earlier))

        with pytest.raises(SignedOut) as refused:
            signing.refresh(visitor(), house, refresh_token=first.refresh_token)

        assert refused.value.reason == "identity.refresh_token_reused"

    @pytest.mark.parametrize("token", ["", "guess", "\x00", "é"])
    def test_knows_no_token_that_was_never_given(self, house: House, token: str) -> None:
        with pytest.raises(SignedOut):
            signing.refresh(visitor(), house, refresh_token=token)

    def test_gives_what_the_user_may_do_now(self, house: House, uow: UnitOfWork) -> None:
        first = join(house)
        assert first.refresh_token is not None
        uow.session.execute(update(Membership).values(ended_at=uow.now))

        second = signing.refresh(visitor(), house, refresh_token=first.refresh_token)

        assert (second.actor.store_id, second.actor.grants, second.store) == (None, frozenset(), None)


class TestSwitchStore:
    def test_goes_on_in_the_other_store_and_ends_the_old_session(self, house: House) -> None:
        buying = join(house).store
        join(house, kind=StoreKind.VENDOR, name="Noura Sells")
        selling = come_in(house, by=BROWSER)
        assert buying is not None
        assert selling.cookie is not None
        assert selling.actor.has(Permission.ORDERS_DECIDE)

        moved = signing.switch_store(selling.actor, house, store_id=buying.id)

        assert moved.cookie is not None
        assert moved.store == buying
        assert not moved.actor.has(Permission.ORDERS_DECIDE)
        assert moved.actor.has(Permission.CHECKOUT_PLACE)
        assert actor_of(house, selling.cookie) is None
        assert actor_of(house, moved.cookie) == moved.actor

    def test_is_remembered_at_the_next_sign_in(self, house: House) -> None:
        buying = join(house).store
        selling = join(house, kind=StoreKind.VENDOR, name="Noura Sells")
        assert buying is not None
        signing.switch_store(selling.actor, house, store_id=buying.id)

        assert come_in(house).store == buying

    def test_finds_no_store_that_is_not_ones_own(self, house: House) -> None:
        seen = join(house)

        with pytest.raises(NotFound):
            signing.switch_store(seen.actor, house, store_id=StoreId(new_uuid()))

        assert seen.refresh_token is not None
        assert signing.refresh(visitor(), house, refresh_token=seen.refresh_token).user == seen.user


class TestSignOut:
    def test_ends_the_session_however_often(self, house: House) -> None:
        join(house)
        seen = come_in(house, by=BROWSER)
        assert seen.cookie is not None

        signing.sign_out(seen.actor, house)
        signing.sign_out(seen.actor, house)
        signing.sign_out(visitor(), house)

        assert actor_of(house, seen.cookie) is None

    def test_ends_this_session_alone(self, house: House) -> None:
        join(house)
        here, there = come_in(house, by=BROWSER), come_in(house, by=BROWSER)
        assert there.cookie is not None

        signing.sign_out(here.actor, house)

        assert actor_of(house, there.cookie) == there.actor


class TestForgetEnded:
    def test_keeps_what_ended_within_a_month(self, house: House, uow: UnitOfWork) -> None:
        old, new = join(house), come_in(house)
        signing.sign_out(old.actor, house)
        signing.sign_out(new.actor, house)
        long_ago = utc_now() - timedelta(days=31)
        uow.session.execute(update(SignIn).where(col(SignIn.id) == old.actor.session_id).values(ended_at=long_ago))

        assert signing.forget_ended(house) == 1
        assert uow.session.exec(select(SignIn.id)).all() == [new.actor.session_id]
        assert uow.session.exec(select(RefreshToken.session_id)).all() == [new.actor.session_id]


class TestPeopleOfTheHouse:
    def test_sign_in_without_a_store(self, house: House, uow: UnitOfWork) -> None:
        user = identity.enroll(
            uow,
            email="cashier@example.com",
            full_name="Cashier",
            password_hash=identity.hash_password(PASSWORD),
        )
        identity.grant_role(uow, user_id=user.id, role=identity.SystemRole.CASHIER)

        seen = come_in(house, email="cashier@example.com", by=BROWSER)

        assert seen.store is None
        assert seen.cookie is not None
        actor = actor_of(house, seen.cookie)
        assert actor is not None
        assert actor.may(Permission.CASH_COUNT, store_id=None)
        assert uow.session.exec(select(User.email)).one() == "cashier@example.com"
