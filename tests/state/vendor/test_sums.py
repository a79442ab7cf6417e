"""What an order comes to, as its vendor reads it."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from marketplace.kernel.money import Money
from marketplace.kernel.words import speaking
from marketplace.orders import FeeView, Outcome
from state.reader import Reader
from state.vendor.sums import FeeRow, SumsRow, fee_words, vat_words

ENGLISH = Reader("en", ZoneInfo("Asia/Riyadh"))
ARABIC = Reader("ar", ZoneInfo("Asia/Riyadh"))


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


FEE = FeeView(bps=1500, least=sar(1_00), most=None, vat_bps=1500, amount=sar(97_54))
WHOLE = Outcome(
    goods=sar(747_75),
    taken_off=sar(0),
    lines_off=0,
    is_rejected=True,
    shipping=sar(0),
    tax_on_top=sar(0),
    total=sar(747_75),
    agreed=sar(747_75),
    fees=(FEE,),
    fee_vat=sar(14_63),
    payable=sar(635_58),
)


class TestFeeWords:
    def test_say_the_rate_and_the_least(self) -> None:
        said = fee_words(ENGLISH, bps=1500, least=sar(1_00), most=None)

        assert said == "Our fee 15\u00a0%, at least SAR\u00a01.00 a line"

    def test_say_only_the_rate_where_the_rule_has_no_bounds(self) -> None:
        assert fee_words(ENGLISH, bps=500, least=None, most=None) == "Our fee 5\u00a0%"

    def test_say_the_most_too(self) -> None:
        said = fee_words(ENGLISH, bps=300, least=None, most=sar(25_00))

        assert said == "Our fee 3\u00a0%, at most SAR\u00a025.00 a line"

    def test_are_said_in_arabic(self) -> None:
        with speaking("ar"):
            said = fee_words(ARABIC, bps=1500, least=sar(1_00), most=None)

        assert said == "رسومنا \u206815\u00a0%\u2069، وأقلها \u20681.00\u00a0ر.س\u2069 لكل بند"

    def test_name_the_vat_on_it(self) -> None:
        assert vat_words(ENGLISH, bps=1500) == "and VAT 15\u00a0% on it"


class TestSumsRow:
    def test_leaves_out_what_is_nothing(self) -> None:
        shown = SumsRow.of(WHOLE, ENGLISH)

        assert (shown.off, shown.was, shown.tax) == ("", "", "")
        assert shown.fees == (FeeRow("Our fee 15\u00a0%, at least SAR\u00a01.00 a line", "−SAR\u00a097.54"),)
        assert (shown.total, shown.vat, shown.payable) == ("SAR\u00a0747.75", "−SAR\u00a014.63", "SAR\u00a0635.58")

    def test_says_what_was_agreed_once_less_is_paid(self) -> None:
        partly = replace(WHOLE, taken_off=sar(40_00), lines_off=1, total=sar(707_75))

        shown = SumsRow.of(partly, ENGLISH)

        assert (shown.off_words, shown.off) == ("Rejected, 1 line", "−SAR\u00a040.00")
        assert (shown.total, shown.was) == ("SAR\u00a0707.75", "SAR\u00a0747.75")

    def test_does_not_call_rejected_what_was_canceled(self) -> None:
        shown = SumsRow.of(replace(WHOLE, lines_off=2, is_rejected=False), ENGLISH)

        assert shown.off_words == "Left out, 2 lines"

    def test_names_no_vat_where_none_is_on_the_fee(self) -> None:
        bare = replace(WHOLE, fees=(replace(FEE, vat_bps=0),), fee_vat=sar(0))

        assert SumsRow.of(bare, ENGLISH).vat == ""
