"""The pay plans of a book: what is written down of them, and the rule of one in words."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.figures.pay import Floor, Plan, Tier
from acctdesk.i18n import Message, msg
from acctdesk.kinds import PayMethod, PayPeriod
from acctdesk.models import PayPlan
from acctdesk.models.base import utc_now
from acctdesk.services import checks

WHOLE = 10_000  # hundredths of a per cent
MOST_TIERS = 6


@dataclass(frozen=True, slots=True)
class TierRow:
    """From an attainment on, a rate or multiplier; both in hundredths of a per cent."""

    from_bp: int
    rate_bp: int


class PayPlanFields(TypedDict, total=False):
    """What can be typed about a pay plan; as the columns of ``models.PayPlan``."""

    name: str
    from_on: dt.date
    until_on: dt.date | None
    period: PayPeriod
    method: PayMethod
    tiers: Sequence[TierRow]
    quota_minor: int | None
    target_pay_minor: int | None
    floor_bp: int | None
    floor_multiplier_bp: int | None
    cap_minor: int | None
    on_payment: bool
    claw_back: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class PayPlanRow:
    """A pay plan as stored."""

    id: int
    name: str
    from_on: dt.date
    until_on: dt.date | None
    period: PayPeriod
    method: PayMethod
    tiers: tuple[TierRow, ...]
    quota_minor: int | None
    target_pay_minor: int | None
    floor_bp: int | None
    floor_multiplier_bp: int | None
    cap_minor: int | None
    on_payment: bool
    claw_back: bool
    shared: bool
    version: int

    def figures(self) -> Plan:
        """Return the plan as its figure reckons with it."""
        floor = None
        if self.floor_bp is not None:
            floor = Floor(_share(self.floor_bp), _share(self.floor_multiplier_bp or 0))
        return Plan(
            method=self.method,
            tiers=tuple(Tier(_share(one.from_bp), _share(one.rate_bp)) for one in self.tiers),
            target_pay_minor=self.target_pay_minor,
            floor=floor,
            cap_minor=self.cap_minor,
        )


def _share(bp: int) -> Decimal:
    return Decimal(bp) / WHOLE


_FIELDS = frozenset(PayPlanFields.__annotations__)


def add_pay_plan(session: Session, **fields: Unpack[PayPlanFields]) -> int:
    """Write down a pay plan and return its id; ``name``, ``from_on`` and ``tiers`` are needed.

    Raises:
        UserError: something is missing, or the tiers are not a ladder from 0 % on.
    """
    given: PayPlanFields = {
        "name": "", "period": PayPeriod.QUARTER, "method": PayMethod.MARGINAL, "tiers": (),
        **fields,
    }  # fmt: skip
    plan = PayPlan(**_checked(given))
    _whole(plan)
    session.add(plan)
    session.flush()
    return plan.id


def change_pay_plan(
    session: Session,
    *,
    plan_id: int,
    expected_version: int | None = None,
    **fields: Unpack[PayPlanFields],
) -> None:
    """Change fields of a pay plan.

    Raises:
        ConflictError: the plan changed since ``expected_version``.
        UserError: as ``add_pay_plan``.
    """
    plan = checks.live(session, PayPlan, plan_id)
    values = _checked(fields)
    checks.expect_version(plan, expected_version, values)
    checks.assign(plan, values)
    _whole(plan)


def trash_pay_plan(session: Session, *, plan_id: int) -> None:
    """Move a pay plan to the trash."""
    checks.live(session, PayPlan, plan_id).deleted_at = utc_now()


def _checked(given: PayPlanFields) -> dict[str, Any]:
    checks.declared(given, _FIELDS)
    values: dict[str, Any] = dict(given)
    if "name" in values:
        missing = msg("Pay", "Give the plan a name.")
        values["name"] = checks.required(PayPlan, "name", values["name"], missing)
    for field in values.keys() & {"from_on", "until_on"}:
        values[field] = checks.day(values[field])
    for field in values.keys() & {"period", "method"}:
        values[field] = values[field].value
    if "tiers" in values:
        values["tiers"] = _ladder(given["tiers"])
    for field in values.keys() & {"quota_minor", "target_pay_minor", "cap_minor", "floor_bp"}:
        if values[field] is not None and values[field] <= 0:
            raise UserError(msg("Pay", "Amounts and limits are above zero, or empty."))
    return values


def _ladder(tiers: Sequence[TierRow]) -> str:
    steps = [one.from_bp for one in tiers]
    if not steps or steps[0] != 0:
        raise UserError(msg("Pay", "The first tier begins at 0 %."))
    if sorted(set(steps)) != steps:
        raise UserError(msg("Pay", "Each tier begins higher than the one before."))
    if any(one.rate_bp < 0 for one in tiers) or len(steps) > MOST_TIERS:
        raise UserError(msg("Pay", "A rate is not below zero."))
    return json.dumps([{"from_bp": one.from_bp, "rate_bp": one.rate_bp} for one in tiers])


def _whole(plan: PayPlan) -> None:
    """Refuse what does not fit together."""
    if plan.from_on is None:
        raise UserError(msg("Pay", "Say from which day the plan holds."))
    if plan.until_on is not None and plan.until_on < plan.from_on:
        raise UserError(msg("Pay", "The plan cannot end before it begins."))
    if plan.method == PayMethod.ACCELERATOR.value and plan.target_pay_minor is None:
        raise UserError(msg("Pay", "An accelerator needs the pay at 100 %."))


def pay_plans(session: Session) -> list[PayPlanRow]:
    """Return every pay plan, the latest first."""
    plans = session.scalars(
        select(PayPlan)
        .where(PayPlan.deleted_at.is_(None))
        .order_by(PayPlan.from_on.desc(), PayPlan.id.desc())
    )
    return [_row(plan) for plan in plans]


def get_pay_plan(session: Session, *, plan_id: int) -> PayPlanRow:
    """Return one pay plan."""
    return _row(checks.live(session, PayPlan, plan_id))


def _row(plan: PayPlan) -> PayPlanRow:
    return PayPlanRow(
        id=plan.id,
        name=plan.name,
        from_on=plan.from_on,
        until_on=plan.until_on,
        period=PayPeriod(plan.period),
        method=PayMethod(plan.method),
        tiers=tuple(TierRow(**one) for one in json.loads(plan.tiers)),
        quota_minor=plan.quota_minor,
        target_pay_minor=plan.target_pay_minor,
        floor_bp=plan.floor_bp,
        floor_multiplier_bp=plan.floor_multiplier_bp,
        cap_minor=plan.cap_minor,
        on_payment=plan.on_payment,
        claw_back=plan.claw_back,
        shared=plan.shared,
        version=plan.version,
    )


def percent(bp: int) -> str:
    """Return hundredths of a per cent as they are written: 5 %, 7.25 %."""
    return formats.percent(_share(bp), 2 if bp % 100 else 0)


def multiplier(bp: int) -> str:
    """Return a multiplier as it is written: 1.5×."""
    return f"{formats.number((_share(bp)).normalize(), 2 if bp % 1000 else 1)}×"


def rule_words(plan: PayPlanRow, currency: str) -> list[Message]:
    """Return the rule of a plan, sentence by sentence, as it is reckoned."""
    quota = (
        msg("Pay", "The quota is the book’s target of the period.")
        if plan.quota_minor is None
        else msg(
            "Pay", "The quota of a period is {amount}.",
            amount=formats.money(plan.quota_minor, currency, cents=False),
        )
    )  # fmt: skip
    said = [_period(plan.period), quota, *_tiers(plan, currency)]
    if plan.floor_bp is not None:
        below = percent(plan.floor_bp)
        said.append(
            msg("Pay", "Below {share} of the quota all of it is multiplied by {multiplier}.",
                share=below, multiplier=multiplier(plan.floor_multiplier_bp))
            if plan.floor_multiplier_bp
            else msg("Pay", "Below {share} of the quota nothing is paid.", share=below)
        )  # fmt: skip
    if plan.cap_minor is not None:
        most = formats.money(plan.cap_minor, currency)
        said.append(msg("Pay", "A period pays at most {amount}.", amount=most))
    said.append(
        msg("Pay", "A sale counts on the day that it is paid, by the part that is paid.")
        if plan.on_payment
        else msg("Pay", "A sale counts on the day of its invoice, net of VAT.")
    )
    said.append(
        msg("Pay", "A credit note takes back what was counted.")
        if plan.claw_back
        else msg("Pay", "Credit notes take nothing back.")
    )
    if plan.shared:
        said.append(msg("Pay", "Of a shared client counts your own share on the day of the sale."))
    return said


def _period(period: PayPeriod) -> Message:
    match period:
        case PayPeriod.MONTH:
            return msg("Pay", "Pay is reckoned by month.")
        case PayPeriod.QUARTER:
            return msg("Pay", "Pay is reckoned by fiscal quarter.")
        case PayPeriod.YEAR:
            return msg("Pay", "Pay is reckoned by fiscal year.")


def _tiers(plan: PayPlanRow, currency: str) -> list[Message]:
    if plan.method is PayMethod.ACCELERATOR:
        first = msg(
            "Pay",
            "Every part of the attainment pays the same part of {amount}, times its multiplier.",
            amount=formats.money(plan.target_pay_minor, currency, cents=False),
        )
    elif plan.method is PayMethod.WHOLE:
        first = msg("Pay", "The rate of the tier reached holds for all that counts.")
    else:
        first = msg("Pay", "Each rate holds for the part of the sales inside its tier.")
    said = [first]
    for place, tier in enumerate(plan.tiers):
        rate = (
            multiplier(tier.rate_bp)
            if plan.method is PayMethod.ACCELERATOR
            else percent(tier.rate_bp)
        )
        start = percent(tier.from_bp)
        if place + 1 < len(plan.tiers):
            said.append(
                msg(
                    "Pay",
                    "From {start} to {end} of the quota: {rate}.",
                    start=start,
                    end=percent(plan.tiers[place + 1].from_bp),
                    rate=rate,
                )
            )
        else:
            said.append(msg("Pay", "From {start} of the quota on: {rate}.", start=start, rate=rate))
    return said
