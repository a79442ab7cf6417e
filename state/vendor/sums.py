"""What an order comes to, and what of a price is left: printed for the vendor."""

from dataclasses import dataclass
from typing import Self

from marketplace.kernel.money import Money
from marketplace.orders import FeeView, Outcome
from state.reader import Reader
from state.words import _


@dataclass(frozen=True, slots=True)
class FeeRow:
    """What the house takes by one rule."""

    words: str
    amount: str

    @classmethod
    def of(cls, fee: FeeView, reader: Reader) -> Self:
        """Print a fee; what it is at least and at most holds for each line."""
        return cls(fee_words(reader, bps=fee.bps, least=fee.least, most=fee.most), reader.money(-fee.amount))


@dataclass(frozen=True, slots=True)
class SumsRow:
    """What an order comes to, ready to print; what is nothing is left out."""

    goods: str = ""
    off_words: str = ""
    off: str = ""
    shipping: str = ""
    tax: str = ""
    total: str = ""
    was: str = ""
    fees: tuple[FeeRow, ...] = ()
    vat_words: str = ""
    vat: str = ""
    payable: str = ""

    @classmethod
    def of(cls, outcome: Outcome, reader: Reader) -> Self:
        """Print an outcome."""
        return cls(
            goods=reader.money(outcome.goods),
            off_words=_off_words(outcome, reader),
            off=reader.money(-outcome.taken_off) if outcome.lines_off else "",
            shipping=reader.money(outcome.shipping),
            tax=reader.money(outcome.tax_on_top) if outcome.tax_on_top else "",
            total=reader.money(outcome.total),
            was=reader.money(outcome.agreed) if outcome.agreed != outcome.total else "",
            fees=tuple(FeeRow.of(fee, reader) for fee in outcome.fees),
            vat_words=vat_words(reader, bps=max((fee.vat_bps for fee in outcome.fees), default=0)),
            vat=reader.money(-outcome.fee_vat) if outcome.fee_vat else "",
            payable=reader.money(outcome.payable),
        )


def fee_words(reader: Reader, *, bps: int, least: Money | None, most: Money | None) -> str:
    """Name the house's fee with all that decides it: its rate, and its bounds where it has some."""
    said = [_("Our fee {percent}").format(percent=reader.percent(bps))]
    if least:
        said.append(_("at least {least} a line").format(least=reader.money(least)))
    if most:
        said.append(_("at most {most} a line").format(most=reader.money(most)))
    return reader.series(said)


def vat_words(reader: Reader, *, bps: int) -> str:
    """Name the VAT that comes on top of the fee."""
    return _("and VAT {percent} on it").format(percent=reader.percent(bps))


def _off_words(outcome: Outcome, reader: Reader) -> str:
    if outcome.is_rejected:
        return reader.count("Rejected, {count} line", "Rejected, {count} lines", outcome.lines_off)
    return reader.count("Left out, {count} line", "Left out, {count} lines", outcome.lines_off)
