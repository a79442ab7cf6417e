"""How things are printed for readers."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from marketplace import cart
from marketplace.kernel.ids import new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.words import speaking
from state.reader import Reader

ENGLISH = Reader("en", ZoneInfo("Asia/Riyadh"))
ARABIC = Reader("ar", ZoneInfo("Asia/Riyadh"))
UNMARKED = dict.fromkeys(map(ord, "\u2068\u2069"))
AFTERNOON = datetime(2025, 12, 1, 11, 26, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Thing:
    """What a vendor called in both languages, or in one."""

    title: str
    title_ar: str


KETTLE = Thing("Kettle", "غلاية")


class TestMoney:
    def test_says_the_currency_first_in_english_and_last_in_arabic(self) -> None:
        assert ENGLISH.money(Money(102_935, "SAR")) == "SAR\u00a01,029.35"
        assert ARABIC.money(Money(102_935, "SAR")) == "1,029.35\u00a0ر.س"

    def test_puts_a_true_minus_before_everything(self) -> None:
        assert ENGLISH.money(Money(-3_725, "SAR")) == "\u2212SAR\u00a037.25"

    def test_gives_each_currency_its_places(self) -> None:
        assert ENGLISH.money(Money(62_005, "KWD")) == "KWD\u00a062.005"

    def test_shows_nothing_as_a_dash_and_zero_as_zero(self) -> None:
        assert ENGLISH.money(None) == "–"
        assert ENGLISH.money(Money.zero("USD")) == "USD\u00a00.00"


class TestTime:
    def test_reads_the_clock_on_the_readers_wall(self) -> None:
        assert ENGLISH.date(AFTERNOON) == "Mon 1 Dec, 14:26"
        assert ENGLISH.exact(AFTERNOON) == "2025-12-01 14:26:08, Riyadh time"

    def test_keeps_western_digits_in_arabic(self) -> None:
        assert ARABIC.time(AFTERNOON) == "14:26"
        assert ARABIC.number(1234) == "1,234"

    def test_says_how_long_ago(self) -> None:
        assert ENGLISH.ago(AFTERNOON, now=AFTERNOON + timedelta(seconds=20)) == "just now"
        assert ENGLISH.ago(AFTERNOON, now=AFTERNOON + timedelta(minutes=8)) == "8 min ago"
        assert ENGLISH.ago(AFTERNOON, now=AFTERNOON + timedelta(hours=5)) == "5 h ago"
        assert ENGLISH.ago(AFTERNOON, now=AFTERNOON + timedelta(days=3)) == "Mon 1 Dec, 14:26"

    def test_says_a_span_in_its_two_largest_units(self) -> None:
        assert ENGLISH.span(timedelta(days=2, hours=4, minutes=9)) == "2 d 4 h"
        assert ENGLISH.span(timedelta(minutes=41)) == "41 min"
        assert ENGLISH.span(timedelta(seconds=3)) == "0 min"

    def test_counts_the_units_of_a_span_as_arabic_does(self) -> None:
        spans = (
            timedelta(days=2, hours=4),
            timedelta(days=1, hours=11),
            timedelta(hours=1, minutes=1),
            timedelta(minutes=3),
            timedelta(seconds=3),
        )

        with speaking("ar"):
            said = [ARABIC.span(length).translate(UNMARKED) for length in spans]

        assert said == ["يومان و4 ساعات", "يوم و11 ساعة", "ساعة ودقيقة", "3 دقائق", "أقل من دقيقة"]

    def test_calls_the_place_of_the_clock_in_arabic(self) -> None:
        with speaking("ar"):
            assert "الرياض" in ARABIC.exact(AFTERNOON)


class TestWords:
    def test_says_states_as_people_do(self) -> None:
        assert ENGLISH.word("in_transit") == "On the way"
        assert ENGLISH.word("never_heard_of") == "Never heard of"

    def test_says_reasons_that_are_kept_side_by_side_one_after_another(self) -> None:
        assert ENGLISH.words("damaged, out_of_stock") == "Damaged, Not enough stock"
        assert ARABIC.words("damaged, out_of_stock") == "تالف، المخزون غير كافٍ"

    def test_calls_things_as_the_reader_does_where_their_vendor_wrote_it_down(self) -> None:
        assert ENGLISH.title(KETTLE) == "Kettle"
        assert ARABIC.title(KETTLE) == "غلاية"
        assert ARABIC.title(Thing("Kettle", "")) == "Kettle"

    def test_says_in_arabic_whatever_may_change_of_a_quote(self) -> None:
        store, changed, gone, new = (str(new_uuid()) for _ in range(4))
        before = {"lines": {changed: [1, 1, 1, 1], gone: [1, 1, 1, 1]}, "shipping": {store: 1}}
        now = {"lines": {changed: [2, 2, 2, 2], new: [1, 1, 1, 1]}, "shipping": {store: 2}}

        codes = [one.code for one in cart.differences(before, now)]

        assert len(set(codes)) == 7
        assert [code for code in codes if ARABIC.word(code).isascii()] == []

    def test_prints_rates_without_trailing_zeros(self) -> None:
        assert ENGLISH.percent(1500) == "15\u00a0%"
        assert ENGLISH.percent(1225) == "12.25\u00a0%"
