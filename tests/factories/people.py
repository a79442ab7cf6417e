"""People and stores for tests."""

from itertools import count

from marketplace import identity
from marketplace.identity import Place, Registration, StoreKind, StoreView, SystemRole, UserView
from marketplace.kernel.actor import visitor
from marketplace.kernel.work import UnitOfWork

NOT_A_HASH = "not-a-hash"

_numbers = count(1)


def home(**changes: str) -> Place:
    """An address in Riyadh."""
    written = {
        "recipient": "Noura Alharbi",
        "phone": "+966501234567",
        "line1": "12 Olaya Street",
        "city": "Riyadh",
        "country": "SA",
    }
    return Place(**{**written, **changes})


def make_store(
    uow: UnitOfWork, *, kind: StoreKind = StoreKind.BUYER, name: str | None = None, email: str | None = None
) -> tuple[UserView, StoreView]:
    """A person who has just joined, and the store he opened."""
    number = next(_numbers)
    registration = Registration(
        email=email or f"member{number}@example.com",
        full_name=f"Person {number}",
        store_name=name or f"Store {number}",
        store_kind=kind,
        place=home(),
    )
    return identity.register(visitor(), uow, registration=registration, password_hash=NOT_A_HASH)


def make_vendor(uow: UnitOfWork, *, name: str | None = None) -> StoreView:
    """A vendor's store, live in the saudi profile."""
    return make_store(uow, kind=StoreKind.VENDOR, name=name)[1]


def make_buyer(uow: UnitOfWork, *, name: str | None = None) -> StoreView:
    """A buyer's store."""
    return make_store(uow, kind=StoreKind.BUYER, name=name)[1]


def make_officer(uow: UnitOfWork, role: SystemRole) -> UserView:
    """A person of the house in one role."""
    number = next(_numbers)
    user = identity.enroll(uow, email=f"officer{number}@example.com", full_name="Officer", password_hash=NOT_A_HASH)
    identity.grant_role(uow, user_id=user.id, role=role)
    return user
