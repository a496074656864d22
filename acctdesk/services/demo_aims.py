"""The demo book's targets of other kinds, a pay plan, and trial deals kept under a name."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.kinds import PayMethod, PayPeriod, Phasing, Segment, TargetMeasure
from acctdesk.services import measures
from acctdesk.services.demo import Plan, Scene
from acctdesk.services.demo_words import ENGLISH, PRODUCTS
from acctdesk.services.measures import Scope
from acctdesk.services.pay_plans import TierRow, add_pay_plan
from acctdesk.services.profile import get_profile
from acctdesk.services.target_plans import change_target_plan, set_target_plan
from acctdesk.services.what_if import Deal, save_what_if

_GREEK = (
    "Συσκευασία, τρίμηνο", "Ανάπτυξη πελατών Α", "Επισκέψεις τριμήνου", "Ετήσιος στόχος πελάτη",
    "Αυξήθηκε μετά την ανανέωση της σύμβασης.", "Προμήθεια διαχειριστή", "Αισιόδοξο κλείσιμο",
    "Παλέτες για το τέλος του έτους", "Νέα σειρά υγιεινής", "Ικανοποίηση πελατών",
)  # fmt: skip
_ENGLISH = (
    "Packaging, the quarter", "Growth of the A clients", "Visits of the quarter",
    "Yearly target of a client", "Raised after the contract was renewed.",
    "Commission of the officer", "A good close", "Pallets before the end of the year",
    "New hygiene range", "Satisfied clients",
)  # fmt: skip
_ROUND = 10_000_00  # minor units that invented targets are rounded to


def fill_aims(session: Session, plans: list[Plan], scene: Scene) -> None:
    """Set a target of each kind, one of them changed, write a plan down and keep a what-if."""
    english = scene.words is ENGLISH
    said = _ENGLISH if english else _GREEK
    today, start = scene.today, get_profile(session).fiscal_start
    quarter = periods.quarter_of(today, start)
    year = periods.fiscal_year(periods.fiscal_year_of(today, start), start)
    family = PRODUCTS[0][4] if english else PRODUCTS[0][3]

    def last_year(scope: Scope, period: periods.Period) -> int:
        before = periods.same_last_year(period)
        days = measures.daily(
            session, measure=TargetMeasure.NET_SALES, scope=scope, start=before.start,
            end=before.end,
        )  # fmt: skip
        return max(_ROUND, round(sum(days.values()) / _ROUND) * _ROUND)

    for name, measure, scope, amount, phasing in (
        (said[0], TargetMeasure.NET_SALES, Scope(family=family),
         last_year(Scope(family=family), quarter) * 11 // 10, Phasing.WORKING_DAYS),
        (said[1], TargetMeasure.GROWTH, Scope(segment=Segment.A.value), 600, Phasing.EVEN),
        (said[2], TargetMeasure.VISITS, Scope(), max(6, len(plans)), Phasing.EVEN),
        (said[9], TargetMeasure.CSAT, Scope(), 420, Phasing.EVEN),
    ):  # fmt: skip
        set_target_plan(
            session, name=name, measure=measure, scope=scope, starts_on=quarter.start,
            ends_on=quarter.end, amount=amount, phasing=phasing, today=today,
        )  # fmt: skip
    before = periods.same_last_year(year)
    sold = measures.by_client(session, scope=Scope(), start=before.start, end=before.end)
    largest = max(sold, key=lambda client_id: sold[client_id], default=plans[0].client_id)
    whole = last_year(Scope(client_id=largest), year)
    first = set_target_plan(
        session, name=said[3], measure=TargetMeasure.NET_SALES,
        scope=Scope(client_id=largest), starts_on=year.start, ends_on=year.end,
        amount=whole, phasing=Phasing.EVEN, today=today,
    )  # fmt: skip
    change_target_plan(
        session, plan_id=first, amount=whole * 21 // 10, phasing=Phasing.WORKING_DAYS,
        reason=said[4], today=today,
    )  # fmt: skip
    add_pay_plan(
        session,
        name=said[5],
        from_on=year.start,
        period=PayPeriod.QUARTER,
        method=PayMethod.MARGINAL,
        tiers=(TierRow(0, 80), TierRow(9_000, 150), TierRow(10_000, 220)),
        floor_bp=5_000,
        floor_multiplier_bp=5_000,
        shared=True,
    )
    deals = [
        Deal(text, amount, min(today + dt.timedelta(days=days), quarter.end), one.client_id)
        for text, amount, days, one in zip(
            said[7:9], (18_400_00, 9_650_00), (9, 24), sorted(plans, key=lambda one: -one.yearly),
            strict=False,
        )
    ]  # fmt: skip
    save_what_if(session, name=said[6], deals=deals)
