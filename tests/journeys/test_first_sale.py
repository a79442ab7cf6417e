"""The first sale, in real browsers: everybody at his own screen, and every screen follows the others by itself."""

import re
import uuid
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import books
from tests.journeys.conftest import A_SECOND_OR_SO, Opened, settled, signed_in
from tests.journeys.people import Json, Person, Trade
from tests.journeys.waiting import wait_until

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]

NUMBER = re.compile(r"\d\d-\d{4}-\w{4}-\w")


class Story:
    """What everybody does, each in his own browser."""

    def __init__(self, trade: Trade, visit: Opened) -> None:
        self.trade, self.visit = trade, visit
        self.stack = trade.running
        self.word = f"zephyrine{uuid.uuid4().hex[:4]}"
        self.shelves()

    def shelves(self) -> None:
        """Two vendors put three things on their shelves."""
        self.vendor, self.vendor2 = self.trade.person("vendor"), self.trade.person("vendor2")
        tiers = [{"min_quantity": 5, "discount_percent": "5"}]
        self.kettle = self._offer(self.vendor, f"{self.word} kettle", 4_900, tiers)
        self.beans = self._offer(self.vendor2, f"{self.word} beans", 2_200, [])
        self.agent = self.trade.free_agent()
        self.mugs = self._offer(self.vendor2, f"{self.word} mugs", 3_600, [])

    def _offer(self, vendor: Person, title: str, price: int, tiers: list[Json]) -> Json:
        return self.trade.listing(vendor, title=title, price=price, tiers=tiers, on_hand=40)

    def signed_in(self, login: str, path: str, *, phone: bool = False) -> Page:
        """Open a page as somebody of the demo."""
        return signed_in(self.visit, self.stack, login, path, phone=phone)

    def gather(self, page: Page) -> None:
        """Find the first thing by a word with a typo in it, take five, and put two more into the cart."""
        page.goto(f"/search?q={self.word.replace('phyr', 'phry')}")
        settled(page)
        self._narrow(page)
        page.get_by_role("link", name=re.compile("kettle")).first.click()
        page.wait_for_url(re.compile(r"/p/FX\d+"))
        settled(page)
        page.get_by_test_id("quantity").fill("5")
        page.get_by_test_id("add-to-cart").click()
        expect(page.get_by_text("In your cart")).to_be_visible()
        for listing in (self.beans, self.mugs):
            page.goto(f"/p/{listing['fsin']}")
            settled(page)
            page.get_by_test_id("add-to-cart").click()
            expect(page.get_by_text("In your cart")).to_be_visible()

    def _narrow(self, page: Page) -> None:
        """Filter by a volume price: of the three things that the search found, one has it."""
        cards = page.get_by_role("main").get_by_role("link", name=re.compile(self.word))
        expect(cards).to_have_count(3)
        page.get_by_role("checkbox", name=re.compile("Price falls with quantity")).first.click()
        expect(cards).to_have_count(1)

    def join(self, page: Page) -> None:
        """Go to pay, and open an account on the way: the cart comes along."""
        page.goto("/register?next=/cart")
        settled(page)
        page.get_by_label("Your name").fill("Nora Al Harbi")
        page.get_by_label("Email").fill(f"nora-{uuid.uuid4().hex[:8]}@example.test")
        page.get_by_label("Password").fill("a long enough password 9")
        if page.get_by_label(re.compile("Name of your")).count():
            page.get_by_label(re.compile("Name of your")).fill("Nora's kitchen")
        page.get_by_test_id("register").click()
        page.wait_for_url(lambda url: urlsplit(url).path == "/cart")
        settled(page)

    def order(self, page: Page) -> list[str]:
        """Say where to, and press twice: there is one checkout, with one order for each shop."""
        page.get_by_test_id("checkout").click()
        page.wait_for_url(lambda url: urlsplit(url).path == "/checkout")
        settled(page)
        page.get_by_test_id("new-address").click()
        city = "Riyadh" if self.trade.currency == "SAR" else "Tulsa"
        phone = "+966550184412" if self.trade.currency == "SAR" else "+19185550123"
        place = {"Region": "Riyadh", "Postal code": "12271"}
        if self.trade.currency == "USD":
            place = {"State (such as OK)": "OK", "ZIP code": "74103"}
        for label, text in (
            ("Who receives it", "Nora Al Harbi"),
            ("Phone", phone),
            ("Street and number", "7421 Anas Ibn Malik Road"),
            ("City", city),
            *place.items(),
        ):
            page.get_by_label(label, exact=True).fill(text)
        page.get_by_test_id("save-address").click()
        expect(page.get_by_test_id("save-address")).not_to_be_visible()
        page.get_by_test_id("place-order").dblclick()
        page.wait_for_url(lambda url: urlsplit(url).path == "/orders")
        settled(page)
        page.go_back()
        page.wait_for_url(lambda url: urlsplit(url).path == "/cart")
        page.go_forward()
        page.wait_for_url(lambda url: urlsplit(url).path == "/orders")
        settled(page)
        parcels = page.get_by_test_id("parcel").filter(has_text=NUMBER)
        expect(parcels).to_have_count(2)
        expect(page.get_by_test_id("placed").get_by_role("link")).to_have_count(2)
        numbers = parcels.all_inner_texts()
        found = sorted({match.group() for text in numbers for match in [NUMBER.search(text)] if match})
        assert len(found) == 2
        return found

    def follow(self, buyer: Page, number: str) -> Page:
        """Let the buyer leave the page of an order open: it is never loaded again."""
        page = buyer.context.new_page()
        page.goto(f"/orders/{number}")
        settled(page)
        self.sees(page, "placed")
        return page

    def sees(self, page: Page, state: str) -> None:
        """See by itself where an order stands."""
        expect(page.get_by_test_id("order-state")).to_have_attribute("data-code", state, timeout=A_SECOND_OR_SO)

    def decide(self, board: Page, number: str, *, rejecting: str | None) -> None:
        """See the order appear, open it, accept it or part of it, and pack it."""
        row = board.get_by_test_id("board-order").filter(has_text=number)
        expect(row).to_be_visible(timeout=A_SECOND_OR_SO)
        row.get_by_role("link").click()
        panel = board.get_by_test_id("order-panel")
        expect(panel).to_contain_text(number)
        if rejecting:
            line = panel.get_by_test_id("order-line").filter(has_text=rejecting)
            line.get_by_text("Reject", exact=True).click()
            expect(line.get_by_label("Why")).to_be_visible()
        panel.get_by_test_id("decide").click()
        expect(panel.get_by_test_id("ready")).to_be_visible()
        panel.get_by_test_id("ready").click()
        expect(panel.get_by_test_id("ready")).not_to_be_visible()

    def deliver(self, phone: Page, tab: Page, number: str) -> None:
        """Pick up, hand over by the buyer's code, and take the exact cash."""
        phone.goto("/agent")
        settled(phone)
        phone.get_by_test_id("stop").filter(has_text=number).first.click()
        phone.get_by_test_id("pick-up").click()
        self.sees(tab, "in_transit")
        code = tab.get_by_test_id("delivery-code").inner_text().replace(" ", "").strip()
        phone.goto("/agent")
        settled(phone)
        phone.get_by_test_id("stop").filter(has_text=number).first.click()
        phone.get_by_test_id("collect-cash").click()
        expect(phone.get_by_test_id("collect-cash")).not_to_be_visible()
        self._type_code(phone, code)
        phone.get_by_test_id("deliver").click()
        self.sees(tab, "delivered")

    def _type_code(self, phone: Page, code: str) -> None:
        field = phone.get_by_test_id("delivery-code")
        (field if field.get_attribute("maxlength") != "1" else field.first).press_sequentially(code)


class TestFirstSale:
    def test_is_made_delivered_and_paid_out(self, trade: Trade, visit: Opened) -> None:
        story = Story(trade, visit)
        desk = story.signed_in("dispatch", "/admin/dispatch")
        phone = story.signed_in(story.agent, "/agent", phone=True)
        boards = {
            "vendor": story.signed_in("vendor", "/vendor/orders"),
            "vendor2": story.signed_in("vendor2", "/vendor/orders"),
        }
        buyer = story.visit(story.stack, "/")
        if trade.currency == "USD":
            story.join(buyer)
            story.gather(buyer)
        else:
            story.gather(buyer)
            story.join(buyer)
        buyer.goto("/cart")
        settled(buyer)
        expect(buyer.get_by_test_id("cart-line")).to_have_count(3)
        numbers = story.order(buyer)
        by_store = {
            name: number
            for number in numbers
            for name, person in (("vendor", story.vendor), ("vendor2", story.vendor2))
            if any(order["number"] == number for order in person.get("/vendor/orders", limit=20)["items"])
        }
        tabs = {number: story.follow(buyer, number) for number in numbers}
        story.decide(boards["vendor"], by_store["vendor"], rejecting=None)
        story.decide(boards["vendor2"], by_store["vendor2"], rejecting="mugs")
        story.sees(tabs[by_store["vendor"]], "ready")
        self.assign(story, desk, phone, numbers)
        for number in numbers:
            story.deliver(phone, tabs[number], number)
        self.hand_over(story, phone)
        self.pay_out(story, numbers)
        for tab in tabs.values():
            story.sees(tab, "closed")
        finance = trade.person("finance")
        assert finance.get("/admin/ledger/agreement")["disagreements"] == []
        for name, person in (("vendor", story.vendor), ("vendor2", story.vendor2)):
            sold = person.get(f"/vendor/orders/{by_store[name]}")
            assert books.postings(finance, sold["id"]) == books.expected(sold)

    def assign(self, story: Story, desk: Page, phone: Page, numbers: list[str]) -> None:
        """Give both parcels to the agent, on a desk and a phone that were open all the while."""
        mine = story.trade.person(story.agent).me["user"]["full_name"]
        for number in numbers:
            waiting = desk.get_by_test_id("waiting-order").filter(has_text=number)
            expect(waiting).to_be_visible(timeout=A_SECOND_OR_SO)
            waiting.get_by_test_id("choose").click()
            desk.get_by_test_id("agent").filter(has_text=mine).get_by_test_id("assign").click()
            expect(waiting).to_contain_text(mine)
            expect(phone.get_by_test_id("stop").filter(has_text=number).first).to_be_visible(timeout=A_SECOND_OR_SO)

    def hand_over(self, story: Story, phone: Page) -> None:
        """Bring the cash in, and have it counted by somebody who does not know how much it should be."""
        held = story.trade.person(story.agent).get("/agent/cash")["total"]
        figure = f"{held['minor'] / 100:.2f}"
        phone.goto("/agent/cash")
        settled(phone)
        phone.get_by_test_id("hand-over").click()
        phone.get_by_label("What you counted").fill(figure)
        phone.get_by_test_id("confirm-hand-over").click()
        desk = story.signed_in("cashier", "/admin/hand-overs")
        name = story.trade.person(story.agent).me["user"]["full_name"]
        desk.get_by_test_id("hand-over").filter(has_text=name).first.get_by_test_id("count").click()
        expect(desk.get_by_role("dialog")).to_contain_text(name)
        desk.get_by_label("What you counted").fill(figure)
        desk.get_by_test_id("confirm-count").click()
        wait_until(lambda: story.trade.person(story.agent).get("/agent/cash")["total"]["minor"] == 0)

    def pay_out(self, story: Story, numbers: list[str]) -> None:
        """Let time pass, and confirm what was proposed."""
        story.stack.move_clock("8d")
        finance = story.trade.person("finance")

        def proposed() -> list[Json]:
            payouts: list[Json] = finance.get("/admin/payouts", state="proposed", limit=100)["items"]
            return [payout for payout in payouts if set(numbers) & set(payout["orders"])]

        wait_until(lambda: set(numbers) <= {number for payout in proposed() for number in payout["orders"]})
        desk = story.signed_in("finance", "/admin/payouts")
        for payout in proposed():
            amount = f"{payout['amount']['minor'] / 100:,.2f}"
            row = desk.get_by_test_id("payout").filter(has_text=payout["store"]["name"]).filter(has_text=amount)
            row.get_by_test_id("confirm-payout").click()
            expect(desk.get_by_role("dialog")).to_contain_text(payout["store"]["name"])
            desk.get_by_label("The bank's reference").fill("BANK-1")
            desk.get_by_role("button", name="The transfer is made").click()
            expect(row).not_to_be_visible()
        story.stack.move_clock("1d")
