"""What goes another way than planned: holds, cancels, wrong codes, another sum, a failed try, a miscounted bag."""

import re
import uuid
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import A_SECOND_OR_SO, Opened, settled, signed_in
from tests.journeys.people import Json, Person, Trade

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]

ONLY_SAUDI = pytest.mark.parametrize("marketplace", ["saudi"], indirect=True)
KETTLE = 4_900


def bought(trade: Trade, buyer: Person, vendor: Person) -> Json:
    """Let somebody buy a kettle; gives the order."""
    title = f"Detour kettle {uuid.uuid4().hex[:6]}"
    kettle = trade.listing(vendor, title=title, price=KETTLE, tiers=[], on_hand=10)
    lines = [{"listing_id": kettle["id"], "quantity": 1}]
    quote = buyer.put("/cart", {"lines": lines, "coupon_codes": []})
    wish = {
        "quote_version": quote["quote_version"],
        "shipping_address": trade.address("Riyadh"),
        "payment_method": "cash",
    }
    order: Json = buyer.post("/checkouts", wish, expect=201)["orders"][0]
    return order


def accepted(vendor: Person, order: Json) -> None:
    """Let the vendor accept and pack it."""
    lines = vendor.get(f"/vendor/orders/{order['number']}")["lines"]
    decisions = [{"line_id": line["id"], "decision": "accept"} for line in lines]
    vendor.post(f"/vendor/orders/{order['number']}/decision", {"lines": decisions})
    vendor.post(f"/vendor/orders/{order['number']}/ready")


def photo() -> bytes:
    """A picture of a parcel before a door."""
    made = BytesIO()
    Image.new("RGB", (640, 480), (180, 140, 90)).save(made, "JPEG")
    return made.getvalue()


@ONLY_SAUDI
class TestHolds:
    def test_stops_an_order_until_it_is_let_go_on_and_everybody_sees_it(self, trade: Trade, visit: Opened) -> None:
        buyer, vendor = trade.new_buyer(), trade.person("vendor")
        order = bought(trade, buyer, vendor)
        board = signed_in(visit, trade.running, "vendor", "/vendor/orders")
        desk = signed_in(visit, trade.running, "admin", f"/admin/orders/{order['number']}")
        row = board.get_by_test_id("board-order").filter(has_text=order["number"])

        desk.get_by_test_id("hold").click()
        desk.get_by_label("Reason").select_option("address")
        desk.get_by_label("Note").fill("The street has no such number.")
        desk.get_by_test_id("confirm-hold").click()

        expect(row).to_contain_text("On hold", timeout=A_SECOND_OR_SO)
        expect(desk.get_by_text("The street has no such number.")).to_be_visible()
        desk.get_by_test_id("resume").click()
        expect(row).not_to_contain_text("On hold", timeout=A_SECOND_OR_SO)

    def test_lets_a_buyer_cancel_before_the_shop_has_answered(self, trade: Trade, visit: Opened) -> None:
        vendor, buyer = trade.person("vendor"), trade.person("buyer2")
        order = bought(trade, buyer, vendor)
        board = signed_in(visit, trade.running, "vendor", "/vendor/orders")
        row = board.get_by_test_id("board-order").filter(has_text=order["number"])
        expect(row).to_be_visible()
        page = signed_in(visit, trade.running, "buyer2", f"/orders/{order['number']}", phone=True)

        page.get_by_test_id("cancel").click()
        page.get_by_role("button", name="Cancel the order").click()

        expect(page.get_by_test_id("order-state")).to_have_attribute("data-code", "canceled")
        expect(row).not_to_be_visible(timeout=A_SECOND_OR_SO)


@ONLY_SAUDI
class TestRoad:
    def test_goes_on_after_a_failed_try_a_wrong_code_and_another_sum(self, trade: Trade, visit: Opened) -> None:
        buyer, vendor, dispatcher = trade.new_buyer(), trade.person("vendor"), trade.person("dispatch")
        order, login = bought(trade, buyer, vendor), trade.free_agent()
        agent = trade.person(login)
        accepted(vendor, order)
        given = {"order_number": order["number"], "agent_id": agent.me["user"]["id"]}
        dispatcher.post("/dispatch/assignments", given, expect=201)
        desk = signed_in(visit, trade.running, "dispatch", "/admin/dispatch")
        phone = signed_in(visit, trade.running, login, "/agent", phone=True)

        self.open_stop(phone, order)
        phone.get_by_test_id("pick-up").click()
        self.fail_once(phone, order)
        self.try_a_wrong_code(phone, order)
        self.ask_for_another_sum(phone, desk, order)
        phone.locator("#photo").set_input_files({"name": "door.jpg", "mimeType": "image/jpeg", "buffer": photo()})

        done = phone.get_by_test_id("stop").filter(has_text=order["number"]).filter(has_text="Done")
        expect(done).to_have_count(2)
        assert buyer.get(f"/orders/{order['number']}")["state"] == "delivered"
        self.hand_over_too_little(trade, visit, phone, agent)
        assert trade.person("finance").get("/admin/ledger/agreement")["disagreements"] == []

    def open_stop(self, phone: Page, order: Json) -> None:
        """Open the stop of an order that is to be done now."""
        phone.goto("/agent")
        settled(phone)
        phone.get_by_test_id("stop").filter(has_text=order["number"]).first.click()
        phone.wait_for_url(re.compile("/agent/stops/"))
        settled(phone)

    def fail_once(self, phone: Page, order: Json) -> None:
        """Find nobody at home, and start over."""
        self.open_stop(phone, order)
        phone.get_by_test_id("could-not-deliver").click()
        phone.get_by_label("Nobody was there").check()
        phone.get_by_test_id("fail").click()
        expect(phone.get_by_test_id("stop").filter(has_text="Nobody was there")).to_be_visible()
        self.open_stop(phone, order)
        phone.get_by_test_id("try-again").click()
        expect(phone.get_by_test_id("deliver")).to_be_visible()

    def try_a_wrong_code(self, phone: Page, order: Json) -> None:
        """Type a code that is not the buyer's: it says so, and how many tries are left."""
        phone.get_by_test_id("delivery-code").fill("000000")
        phone.get_by_test_id("deliver").click()
        expect(phone.get_by_role("alert").first).to_be_visible()
        expect(phone.get_by_test_id("deliver")).to_be_visible()
        expect(phone.get_by_text(order["number"]).first).to_be_visible()

    def ask_for_another_sum(self, phone: Page, desk: Page, order: Json) -> None:
        """Ask dispatch about a riyal less; it appears there by itself, and the answer here."""
        due = order["totals"]["total"]["minor"]
        phone.get_by_test_id("other-sum").click()
        phone.get_by_label("What the buyer gives").fill(f"{due / 100 - 1:.2f}")
        phone.get_by_role("button", name="Ask dispatch").click()
        question = desk.get_by_text(order["number"]).locator("xpath=ancestor::*[.//button][1]")
        expect(question).to_be_visible(timeout=A_SECOND_OR_SO)
        question.get_by_test_id("accept-sum").click()
        expect(phone.get_by_text("Cash taken")).to_be_visible(timeout=A_SECOND_OR_SO)

    def hand_over_too_little(self, trade: Trade, visit: Opened, phone: Page, agent: Person) -> None:
        """Bring the bag in; the cashier counts less, then somebody else counts it again and says what was found."""
        held = agent.get("/agent/cash")["total"]["minor"]
        phone.goto("/agent/cash")
        settled(phone)
        phone.get_by_test_id("hand-over").click()
        phone.get_by_label("What you counted").fill(f"{held / 100:.2f}")
        phone.get_by_test_id("confirm-hand-over").click()
        name = agent.me["user"]["full_name"]
        desk = signed_in(visit, trade.running, "cashier", "/admin/hand-overs")
        brought = desk.get_by_test_id("hand-over").filter(has_text=name).first
        brought.get_by_test_id("count").click()
        expect(desk.get_by_role("dialog")).to_contain_text(name)
        desk.get_by_label("What you counted").fill(f"{held / 100 - 40:.2f}")
        desk.get_by_test_id("confirm-count").click()
        expect(brought).to_contain_text("Looked into")
        other = signed_in(visit, trade.running, "admin", "/admin/hand-overs")
        again = other.get_by_test_id("hand-over").filter(has_text=name).first
        again.get_by_test_id("count").click()
        expect(other.get_by_role("dialog")).to_contain_text(name)
        other.get_by_label("What you counted").fill(f"{held / 100:.2f}")
        other.get_by_label("What was found out").fill("Two notes of twenty stuck to the bag.")
        other.get_by_test_id("confirm-count").click()
        expect(other.get_by_test_id("confirm-count")).not_to_be_visible()
        assert agent.get("/agent/cash")["total"]["minor"] == 0
