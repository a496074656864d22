"""The pay of a period as a workbook: its sales, and the plan in formulas that find the same pay."""

from __future__ import annotations

import datetime as dt
import io
from fractions import Fraction
from pathlib import Path
from typing import Any

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.figures.pay import Credit, PayKind
from acctdesk.i18n import Message, msg
from acctdesk.kinds import DocumentType, Language, PayMethod
from acctdesk.reports import put, styles
from acctdesk.reports.cells import fit_text
from acctdesk.reports.page import cell
from acctdesk.reports.workbook import TYPE_WORDS, name_of_period
from acctdesk.services.pay import PayOfPeriod
from acctdesk.services.pay_plans import WHOLE, rule_words

_SUFFIX = ".xlsx"
_CENT = "INT(ROUND(({amount})*100,4)+0.5)/100"  # half up, as the program; ROUND goes away from zero
_FLOOR = (
    "IF(AND(ISNUMBER(pay_floor),ROUND(pay_counted,4)<ROUND(pay_floor*pay_quota,4)),"
    "pay_earned*N(pay_floor_times),pay_earned)"
)
_HEAD = 0  # of the sales
_NUMBER, _TYPE, _CLIENT, _DAY, _NET, _SHARE, _COUNTED, _RUN, _FIRST_TIER = range(9)


def write_pay(
    found: PayOfPeriod, *, out: Path, currency: str, fiscal_start: int, language: Language | str
) -> Path:
    """Write a period's pay to ``out`` (``.xlsx`` is added) and return where it is.

    Raises:
        UserError: there is no pay without a quota, or the file cannot be written.
        EnvironmentFault: the disk is full or failed.
    """
    if found.pay is None:
        raise UserError(
            msg("Pay", "Without a quota there is no pay. Set one in the plan, or a target.")
        )
    target = out if out.suffix.lower() == _SUFFIX else out.with_name(out.name + _SUFFIX)
    put.refuse_open(target)
    put.put(target, _Workbook(found, currency, fiscal_start, Language(language)).content())
    return target


class _Workbook:
    """Two sheets: the plan with the pay, and the sales it is made of."""

    def __init__(
        self, found: PayOfPeriod, currency: str, fiscal_start: int, language: Language
    ) -> None:
        import xlsxwriter

        assert found.pay is not None
        self.found, self.pay, self.currency, self.language = found, found.pay, currency, language
        self.period = name_of_period(found.period, fiscal_start=fiscal_start, language=language)
        self.credits = sorted(found.credits, key=lambda credit: (credit.on, credit.key))
        self.ladder = found.plan.figures().ladder
        self._content = io.BytesIO()
        self.workbook: Any = xlsxwriter.Workbook(
            self._content, {"in_memory": True, "strings_to_formulas": False}
        )
        self._formats: dict[str, Any] = {}
        self.front = self.workbook.add_worksheet(self._say(msg("Pay", "Pay")))
        self.sales_name = self._say(msg("Pay", "Sales that count"))
        self.sales = self.workbook.add_worksheet(self.sales_name)

    def content(self) -> bytes:
        """Return the workbook as bytes."""
        self._write_plan()
        self._write_sales()
        self._write_result()
        for sheet in (self.front, self.sales):
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
        self.sales.set_landscape()
        self.sales.repeat_rows(_HEAD)
        self.workbook.close()
        return self._content.getvalue()

    # -- cells

    def _say(self, message: Message) -> str:
        return message.localized(self.language)

    def _look(self, style: str) -> Any:
        if style not in self._formats:
            self._formats[style] = self.workbook.add_format(styles.properties(style))
        return self._formats[style]

    def _text(
        self, sheet: Any, row: int, column: int, text: Message | str, style: str = "text"
    ) -> None:
        shown = self._say(text) if isinstance(text, Message) else text
        sheet.write_string(row, column, fit_text(shown)[0], self._look(style))

    def _named(self, row: int, label: Message, name: str, value: float | None, style: str) -> None:
        """Write an input of the plan and give its cell a name; what is not set stays empty."""
        self._text(self.front, row, 0, label)
        if value is None:
            self.front.write_blank(row, 1, None, self._look(style))
        else:
            self.front.write_number(row, 1, value, self._look(style))
        sheet = self.front.get_name()
        self.workbook.define_name(name, f"='{sheet}'!{cell(row, 1, absolute=True)}")

    # -- the plan

    def _write_plan(self) -> None:
        plan, front = self.found.plan, self.front
        front.set_column(0, 0, 46)
        front.set_column(1, 3, 17)
        front.hide_gridlines(2)
        self._text(front, 0, 0, plan.name, "title")
        days = msg(
            "Pay", "{period}, up to {day}",
            period=self.period, day=formats.date(min(self.found.as_of, self.found.period.end)),
        )  # fmt: skip
        self._text(front, 1, 0, days, "subtitle")
        row = 3
        for sentence in rule_words(plan, self.currency):
            self._text(front, row, 0, sentence, "muted")
            row += 1
        row += 1
        self._text(front, row, 0, msg("Pay", "The plan"), "section")

        def minor(amount: int | None) -> float | None:
            return None if amount is None else amount / 100

        def share(bp: int | None) -> float | None:
            return None if bp is None else bp / WHOLE

        for label, name, value, style in (
            (msg("Pay", "Quota"), "pay_quota", minor(self.found.quota_minor), "cents"),
            (msg("Pay", "Pay at 100 %"), "pay_target", minor(plan.target_pay_minor), "cents"),
            (msg("Pay", "Floor, of the quota"), "pay_floor", share(plan.floor_bp), "share"),
            (
                msg("Pay", "Below it times"), "pay_floor_times",
                share(plan.floor_multiplier_bp), "days",
            ),
            (msg("Pay", "Most of a period"), "pay_cap", minor(plan.cap_minor), "cents"),
        ):  # fmt: skip
            row += 1
            self._named(row, label, name, value, style)
        row += 2
        heads = (msg("Pay", "Tier"), msg("Pay", "From"), msg("Pay", "From, amount"),
                 msg("Pay", "Rate"))  # fmt: skip
        for column, head in enumerate(heads):
            self._text(front, row, column, head, "heading" if column == 0 else "heading_right")
        self.tier_row = row + 1
        quota = self.found.quota_minor or 0
        for place, tier in enumerate(self.ladder):
            at = self.tier_row + place
            self.front.write_number(at, 0, place + 1, self._look("key"))
            self.front.write_number(at, 1, float(tier.above), self._look("share"))
            front.write_formula(
                at, 2, f"={cell(at, 1)}*pay_quota", self._look("cents"),
                float(tier.above) * quota / 100,
            )  # fmt: skip
            self.front.write_number(at, 3, float(tier.rate), self._look("rate"))
        self.result_row = self.tier_row + len(self.ladder) + 1

    def _tier(self, place: int, column: int) -> str:
        """Return the cell of a tier: 2 where it begins, 3 its rate."""
        return f"'{self.front.get_name()}'!{cell(self.tier_row + place, column, absolute=True)}"

    # -- the sales

    @property
    def _last(self) -> int:
        return _HEAD + max(1, len(self.credits))

    def _column(self, column: int) -> str:
        first, last = (
            cell(_HEAD + 1, column, absolute=True),
            cell(self._last, column, absolute=True),
        )
        return f"'{self.sales_name}'!{first}:{last}"

    def _write_sales(self) -> None:
        sheet = self.sales
        tiers = [
            msg("Pay", "In tier {n}", n=place + 1) for place, _tier in enumerate(self.ladder)
        ]  # fmt: skip
        if self.found.plan.method is PayMethod.WHOLE:
            tiers = []
        heads = [
            msg("Pay", "Number"), msg("Pay", "Document"), msg("Pay", "Client"), msg("Pay", "Day"),
            msg("Pay", "Net"), msg("Pay", "Share"), msg("Pay", "Counts"),
            msg("Pay", "Running total"), *tiers, msg("Pay", "Pay"),
        ]  # fmt: skip
        self.pay_column = len(heads) - 1
        for column, head in enumerate(heads):
            self._text(sheet, _HEAD, column, head, "heading_right" if column > 3 else "heading")
        sheet.set_column(_NUMBER, _TYPE, 15)
        sheet.set_column(_CLIENT, _CLIENT, 34)
        sheet.set_column(_DAY, self.pay_column, 14)
        sheet.freeze_panes(_HEAD + 1, 0)
        exact = self._exact()
        running = Fraction(0)
        for row, credit in enumerate(self.credits, start=_HEAD + 1):
            running += credit.counted
            self._write_sale(row, credit, running, exact)

    def _exact(self) -> dict[int, tuple[dict[int, Fraction], Fraction]]:
        """Return by place of the credit what lies in each tier, and what it pays, unrounded."""
        plan, quota = self.found.plan, self.found.quota_minor or 1
        unit = (
            Fraction(plan.target_pay_minor or 0, quota)
            if plan.method is PayMethod.ACCELERATOR
            else Fraction(1)
        )
        found: dict[int, tuple[dict[int, Fraction], Fraction]] = {}
        places = {id(credit): place for place, credit in enumerate(self.credits)}
        for line in self.pay.lines:
            if line.kind is not PayKind.SALE or line.credit is None or line.tier is None:
                continue
            parts, pays = found.get(places[id(line.credit)], ({}, Fraction(0)))
            parts = parts | {line.tier: line.part}
            found[places[id(line.credit)]] = (
                parts, pays + line.part * Fraction(line.rate) * unit,
            )  # fmt: skip
        return found

    def _write_sale(
        self,
        row: int,
        credit: Credit,
        running: Fraction,
        exact: dict[int, tuple[dict[int, Fraction], Fraction]],
    ) -> None:
        sheet, cents = self.sales, self._look("cents")
        sale = self.found.sales[credit.key]
        parts, pays = exact.get(row - _HEAD - 1, ({}, Fraction(0)))
        self._text(sheet, row, _NUMBER, sale.number)
        self._text(sheet, row, _TYPE, TYPE_WORDS[DocumentType(sale.type)])
        self._text(sheet, row, _CLIENT, sale.client_name)
        day = dt.datetime(credit.on.year, credit.on.month, credit.on.day)  # noqa: DTZ001 - a cell's
        sheet.write_datetime(row, _DAY, day, self._look("date"))
        sheet.write_number(row, _NET, credit.net_minor / 100, cents)
        sheet.write_number(row, _SHARE, float(credit.share), self._look("share"))
        counted = f"={cell(row, _NET)}*{cell(row, _SHARE)}"
        sheet.write_formula(row, _COUNTED, counted, cents, float(credit.counted) / 100)
        before = cell(row - 1, _RUN) if row > _HEAD + 1 else "0"
        run = f"={before}+{cell(row, _COUNTED)}"
        sheet.write_formula(row, _RUN, run, cents, float(running) / 100)
        if self.found.plan.method is PayMethod.WHOLE:
            formula = f"={cell(row, _COUNTED)}*pay_rate_reached"
        else:
            for place in range(len(self.ladder)):
                sheet.write_formula(
                    row, _FIRST_TIER + place,
                    f"={self._inside(cell(row, _RUN), place)}-{self._inside(before, place)}",
                    cents, float(parts.get(place, 0)) / 100,
                )  # fmt: skip
            products = "+".join(
                f"{cell(row, _FIRST_TIER + place)}*{self._tier(place, 3)}"
                for place in range(len(self.ladder))
            )
            formula = f"=({products})"
            if self.found.plan.method is PayMethod.ACCELERATOR:
                formula += "/pay_quota*pay_target"
        sheet.write_formula(row, self.pay_column, formula, cents, float(pays) / 100)

    def _inside(self, at: str, place: int) -> str:
        """Return what of a running total lies in a tier; what is below nothing is in the first."""
        start, last = self._tier(place, 2), place + 1 == len(self.ladder)
        capped = at if last else f"MIN({at},{self._tier(place + 1, 2)})"
        if place == 0:
            return f"({capped})"
        return f"MAX(0,{capped}-{start})"

    # -- the pay

    def _write_result(self) -> None:
        plan, row = self.found.plan, self.result_row
        total = sum((credit.counted for credit in self.credits), Fraction(0))
        earned = sum((pays for _parts, pays in self._exact().values()), Fraction(0))
        quota = self.found.quota_minor or 1
        after = earned
        if plan.floor_bp is not None and total < Fraction(plan.floor_bp * quota, WHOLE):
            after = earned * Fraction(plan.floor_multiplier_bp or 0, WHOLE)
        capped = min(after, Fraction(plan.cap_minor)) if plan.cap_minor is not None else after
        self._text(self.front, row, 0, msg("Pay", "The pay"), "section")
        rates = f"{self._tier(0, 3)}:{self._tier(len(self.ladder) - 1, 3).rpartition('!')[2]}"
        starts = f"{self._tier(0, 2)}:{self._tier(len(self.ladder) - 1, 2).rpartition('!')[2]}"
        reached = [tier.rate for tier in self.ladder if Fraction(tier.above) * quota <= total]
        steps: list[tuple[Message, str, str, float, str]] = [
            (msg("Pay", "Counts in all"), "pay_counted", f"SUM({self._column(_COUNTED)})",
             float(total) / 100, "cents"),
            (msg("Pay", "Attainment"), "pay_attainment", "pay_counted/pay_quota",
             float(total / quota), "share"),
            (msg("Pay", "Rate of the tier reached"), "pay_rate_reached",
             f"LOOKUP(MAX(0,ROUND(pay_counted,4)),{starts},{rates})",
             float(reached[-1] if reached else self.ladder[0].rate), "rate"),
            (msg("Pay", "From all sales"), "pay_earned",
             f"SUM({self._column(self.pay_column)})", float(earned) / 100, "cents"),
            (msg("Pay", "After the floor"), "pay_after_floor",
             _FLOOR, float(after) / 100, "cents"),
            (msg("Pay", "After the cap"), "pay_after_cap",
             "IF(AND(ISNUMBER(pay_cap),pay_after_floor>pay_cap),pay_cap,pay_after_floor)",
             float(capped) / 100, "cents"),
            (msg("Pay", "Pay"), "pay_paid", _CENT.format(amount="pay_after_cap"),
             self.pay.pay_minor / 100, "strong_cents"),
        ]  # fmt: skip
        for label, name, formula, value, style in steps:
            row += 1
            self._text(self.front, row, 0, label)
            self.front.write_formula(row, 1, f"={formula}", self._look(style), value)
            place = f"='{self.front.get_name()}'!{cell(row, 1, absolute=True)}"
            self.workbook.define_name(name, place)
        row += 1
        self._text(self.front, row, 0, msg("Pay", "Pay by the program"))
        self.front.write_number(row, 1, self.pay.pay_minor / 100, self._look("cents"))
        self._text(self.front, row + 1, 0, msg("Pay", "Difference"))
        self.front.write_formula(
            row + 1, 1, f"=ROUND(pay_paid-{cell(row, 1)},2)", self._look("cents"), 0
        )
