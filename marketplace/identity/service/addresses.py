"""Where a store is reached."""

from collections.abc import Mapping
from dataclasses import asdict, fields

from sqlalchemy import func, update
from sqlmodel import col, select

from marketplace import audit
from marketplace.identity import policy, rules
from marketplace.identity.errors import AddressNotFound, TooManyAddresses
from marketplace.identity.models import Address
from marketplace.identity.rules import Place
from marketplace.identity.views import AddressView
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import AddressId, StoreId
from marketplace.kernel.work import UnitOfWork

MOST_ADDRESSES = 100


def add_address(actor: Actor, uow: UnitOfWork, *, place: Place, is_default: bool = False) -> AddressView:
    """Write down another address of the active store; the first one becomes the default.

    One that stands in the book to the letter is not written down again: it was pressed twice.
    """
    permit(policy.can_edit_addresses(actor, actor.store_id), "add an address")
    store_id = _active_store(actor)
    written = _written(uow, store_id, place)
    if written is not None and not is_default:
        return AddressView.of(written)
    known = uow.session.exec(
        select(func.count()).where(col(Address.store_id) == store_id, col(Address.archived_at).is_(None))
    ).one()
    if known >= MOST_ADDRESSES:
        raise TooManyAddresses("A store keeps 100 addresses at most: remove one that you no longer use.")
    address = keep_address(uow, store_id=store_id, place=place, is_default=is_default or known == 0)
    audit.record(uow, actor, "identity.add_address", address.id, store_id=store_id)
    return AddressView.of(address)


def change_address(
    actor: Actor,
    uow: UnitOfWork,
    *,
    address_id: AddressId,
    changes: Mapping[str, str],
    is_default: bool | None = None,
) -> AddressView:
    """Change the named parts of an address. Orders keep the one they were placed with."""
    address = _locked(actor, uow, address_id)
    permit(policy.can_edit_addresses(actor, address.store_id), "change this address")
    written = {part.name: getattr(address, part.name) for part in fields(Place)}
    for name, value in asdict(rules.tidy_place(Place(**{**written, **changes}))).items():
        setattr(address, name, value)
    if is_default:
        _no_default(uow, address.store_id)
        address.is_default = True
    uow.session.flush()
    audit.record(uow, actor, "identity.change_address", address.id, store_id=address.store_id)
    return AddressView.of(address)


def archive_address(actor: Actor, uow: UnitOfWork, *, address_id: AddressId) -> None:
    """Take an address out of the book; what was sent there remembers it."""
    address = _locked(actor, uow, address_id)
    permit(policy.can_edit_addresses(actor, address.store_id), "remove this address")
    address.archived_at = uow.now
    address.is_default = False
    uow.session.flush()
    audit.record(uow, actor, "identity.archive_address", address.id, store_id=address.store_id)


def keep_address(uow: UnitOfWork, *, store_id: StoreId, place: Place, is_default: bool) -> Address:
    """Store an address in its tidy form; a new default takes the place of the old one."""
    if is_default:
        _no_default(uow, store_id)
    tidy = rules.tidy_place(place)
    address = Address(store_id=store_id, is_default=is_default, created_at=uow.now, **asdict(tidy))
    uow.session.add(address)
    uow.session.flush()
    return address


def _written(uow: UnitOfWork, store_id: StoreId, place: Place) -> Address | None:
    said = [getattr(Address, name) == value for name, value in asdict(rules.tidy_place(place)).items()]
    found = select(Address).where(col(Address.store_id) == store_id, col(Address.archived_at).is_(None), *said)
    return uow.session.exec(found.order_by(col(Address.created_at)).limit(1)).one_or_none()


def _no_default(uow: UnitOfWork, store_id: StoreId) -> None:
    uow.session.execute(
        update(Address).where(col(Address.store_id) == store_id, col(Address.is_default)).values(is_default=False)
    )


def _locked(actor: Actor, uow: UnitOfWork, address_id: AddressId) -> Address:
    found = select(Address).where(col(Address.id) == address_id, policy.visible_addresses(actor)).with_for_update()
    address = uow.session.exec(found).one_or_none()
    if address is None:
        raise AddressNotFound
    return address


def _active_store(actor: Actor) -> StoreId:
    if actor.store_id is None:
        raise AddressNotFound
    return actor.store_id
