"""What the shop shows, figures, small parts."""

import reflex as rx

from pages.components.card import card, columns, facts, row_line, rows, sums
from pages.components.copy import copy_button
from pages.components.date import date
from pages.components.file_drop import file_drop, file_line
from pages.components.icon import ICONS, icon
from pages.components.map_link import map_link
from pages.components.money import money
from pages.components.price import price, tier_row, tier_table
from pages.components.product_card import Shown, card_grid, product_card
from pages.components.progress import bar, meter
from pages.components.rating import rating
from pages.components.skeleton import skeleton_cards
from pages.components.stat import change, chart_frame, legend, stat, stats
from pages.components.status import code
from pages.components.table import table
from pages.styleguide.sample import chapter, sample
from state.words import _

SAR_96, SAR_120, SAR_149 = "SAR\u00a096.00", "SAR\u00a0120.00", "SAR\u00a0149.00"


def shop() -> rx.Component:
    """What is browsed and bought."""
    shown = Shown(was=SAR_120, by="Dar Al Fakhar", comes=_("Tomorrow"), mark="\u221220 %", rating="4.4", ratings="203")
    return chapter(
        _("Shop"),
        card_grid(
            product_card(_("Stoneware mugs, set of 4"), "/styleguide", "/media/none", SAR_96, shown),
            product_card(_("Hand grinder, steel burr"), "/styleguide", "/media/none", SAR_149, Shown(by="Najd Home")),
            columns=4,
        ),
        skeleton_cards(4),
        columns(
            price(SAR_96, was=SAR_120, saved="SAR\u00a024.00", unit=_("VAT included"), is_large=True),
            tier_table(
                rx.fragment(
                    tier_row("1\u20134", SAR_149, "\u2013"), tier_row("5\u20139", SAR_96, "5 %", is_current=True)
                )
            ),
            sums((_("Items"), money(SAR_149)), (_("Delivery"), money(SAR_96)), total=(_("Total"), money(SAR_120))),
            kind="3",
        ),
        sample(_("Ratings"), rating("4.6", "412"), rating("3.0", "7", is_short=True)),
    )


def figures() -> rx.Component:
    """How far, how many."""
    figures_table = table((_("Week"), _("Referral")), [rx.el.tr(rx.el.th("W45", scope="row"), rx.el.td("22 k"))])
    return chapter(
        _("Progress and charts"),
        columns(
            bar(62, _("62 percent")),
            bar(100, _("100 percent"), tone="good"),
            meter(45, 50, _("Sent late"), tone="warn"),
            kind="3",
        ),
        columns(
            file_drop(
                "sg-file",
                _("Drop the file or press here"),
                _("CSV up to 50,000 rows"),
                accept=".csv",
                on_change=rx.noop(),
            ),
            file_line("stock-december.csv", _("31,204 of 50,000"), 62, on_stop=rx.noop()),
            kind="2",
        ),
        stats(
            _("Figures"),
            stat(
                _("Placed sales"),
                money("SAR\u00a03,184,209.00"),
                change=change("18.2 %", _("on October")),
                is_wide=True,
            ),
            stat(_("Late"), "1", change=change("1", _("more than yesterday"), rises=True, is_good=False)),
        ),
        chart_frame(
            _("Income by week"),
            rx.el.div(style={"blockSize": "6rem", "background": "var(--sunken)"}),
            sub=_("SAR, without VAT"),
            legend=legend((_("Referral"), "c1"), (_("Shipping"), "c3")),
            until=_("From the ledger until 14:20"),
            figures=figures_table,
        ),
    )


def small() -> rx.Component:
    """Small parts."""
    return chapter(
        _("Small parts"),
        sample(_("Money"), money("SAR\u00a01,029.35"), money("\u2212SAR\u00a037.25"), money("\u2013")),
        sample(
            _("Date, codes, places"),
            date(_("8 min ago"), "2025-12-01 14:12:00", "2025-12-01T14:12:00+03:00"),
            code("25-1201-7G4K-1"),
            copy_button("25-1201-7G4K-1"),
            map_link("7421 Anas Ibn Malik Rd, Riyadh", "7421+Anas+Ibn+Malik+Rd+Riyadh"),
        ),
        columns(
            card(facts((_("Goes to"), "Riyadh 12333"), (_("Paid by"), _("Card"))), title=_("Facts")),
            card(
                rows(row_line(_("Parcel 1 of 1"), end=money(SAR_96)), row_line(_("Parcel 2"), href="/styleguide")),
                pads=False,
            ),
            kind="2",
        ),
        sample(_("Icons"), *(icon(name, large=True) for name in ICONS)),
    )
