"""What each role may do."""

import pytest

from marketplace.identity import StoreRole, SystemRole, roles
from marketplace.kernel.actor import Everywhere, Grant, Permission
from marketplace.kernel.ids import StoreId, new_uuid


class TestStoreRoles:
    @pytest.mark.parametrize(
        ("permission", "holders"),
        [
            (Permission.CHECKOUT_PLACE, {"owner", "manager"}),
            (Permission.ORDERS_CANCEL, {"owner", "manager"}),
            (Permission.CART_EDIT, {"owner", "manager", "ops", "staff"}),
            (Permission.STORE_EDIT, {"owner", "manager"}),
            (Permission.ORDERS_DECIDE, set()),
            (Permission.LISTINGS_EDIT, set()),
        ],
    )
    def test_of_a_buying_store_follow_the_matrix(self, permission: Permission, holders: set[str]) -> None:
        found = {role for role in StoreRole if permission in roles.in_store(role, can_buy=True, can_sell=False)}

        assert found == holders

    @pytest.mark.parametrize(
        ("permission", "holders"),
        [
            (Permission.LISTINGS_EDIT, {"owner", "manager", "ops"}),
            (Permission.LISTINGS_READ, {"owner", "manager", "ops", "staff"}),
            (Permission.ORDERS_DECIDE, {"owner", "manager", "ops"}),
            (Permission.ORDERS_FULFILL, {"owner", "manager", "ops", "staff"}),
            (Permission.PAYOUTS_READ, {"owner", "manager"}),
            (Permission.ORDERS_HOLD, set()),
            (Permission.CHECKOUT_PLACE, set()),
            (Permission.CART_EDIT, set()),
        ],
    )
    def test_of_a_selling_store_follow_the_matrix(self, permission: Permission, holders: set[str]) -> None:
        found = {role for role in StoreRole if permission in roles.in_store(role, can_buy=False, can_sell=True)}

        assert found == holders


class TestSystemRoles:
    @pytest.mark.parametrize(
        ("permission", "holders"),
        [
            (Permission.PAYOUTS_CONFIRM, {"finance"}),
            (Permission.LEDGER_READ, {"finance"}),
            (Permission.CASH_COUNT, {"cashier"}),
            (Permission.ROUND_WORK, {"agent"}),
            (Permission.DISPATCH_ASSIGN, {"dispatcher", "support", "admin"}),
            (Permission.ORDERS_HOLD, {"support", "compliance"}),
            (Permission.STORES_APPROVE, {"support", "compliance", "admin"}),
            (Permission.EVENTS_REPLAY, {"admin"}),
            (Permission.CHECKOUT_PLACE, set()),
            (Permission.ORDERS_DECIDE, set()),
            (Permission.LISTINGS_EDIT, set()),
        ],
    )
    def test_follow_the_matrix(self, permission: Permission, holders: set[str]) -> None:
        assert roles.roles_with(permission) == holders

    def test_let_whoever_sends_agents_read_the_orders_he_sends_them_with(self) -> None:
        assert roles.roles_with(Permission.DISPATCH_ASSIGN) <= roles.roles_with(Permission.ORDERS_READ)

    def test_each_have_something_to_do(self) -> None:
        assert {role for role, held in roles.OF_THE_HOUSE.items() if held} == set(SystemRole)

    def test_leave_no_permission_to_nobody(self) -> None:
        anybodys = {permission for held in roles.OF_THE_HOUSE.values() for permission in held}
        anybodys |= roles.in_store(StoreRole.OWNER, can_buy=True, can_sell=True)

        assert anybodys == set(Permission)


class TestGrants:
    def test_are_held_in_the_active_store_alone_and_everywhere_by_the_house(self) -> None:
        store_id = StoreId(new_uuid())

        held = roles.grants(
            store_id=store_id,
            role=StoreRole.STAFF,
            can_buy=True,
            can_sell=False,
            system_roles=[SystemRole.CASHIER],
        )

        assert Grant(Permission.CART_EDIT, store_id) in held
        assert Grant(Permission.CASH_COUNT, Everywhere) in held
        assert {grant.store_id for grant in held} == {store_id, Everywhere}
