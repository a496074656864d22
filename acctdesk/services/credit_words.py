"""What the rules of credit say, in sentences: for the window, the brief and Today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import CreditAnswer, CreditRule, Reliability, RiskClass
from acctdesk.services.credit import CreditLine, Hold
from acctdesk.services.credit_rules import CreditRules

Money = Callable[[int], str]

ANSWERS: Mapping[CreditAnswer, Message] = MappingProxyType(
    {
        CreditAnswer.YES: msg("Credit", "Yes"),
        CreditAnswer.BUT: msg("Credit", "Yes, but"),
        CreditAnswer.NO: msg("Credit", "No"),
    }
)
SHORT: Mapping[CreditRule, Message] = MappingProxyType(
    {
        CreditRule.OVER_LIMIT: msg("Credit", "Over the limit"),
        CreditRule.OVERDUE: msg("Credit", "Much overdue"),
        CreditRule.OLD_OVERDUE: msg("Credit", "Overdue for long"),
        CreditRule.NO_LIMIT: msg("Credit", "No limit recorded"),
        CreditRule.NEW_OVERDUE: msg("Credit", "Newly overdue"),
        CreditRule.DISPUTE: msg("Credit", "In dispute"),
        CreditRule.SLOWER: msg("Credit", "Pays later"),
        CreditRule.REVIEW: msg("Credit", "Review past due"),
    }
)
RISKS: Mapping[RiskClass, Message] = MappingProxyType(
    {
        RiskClass.HIGH: msg("Credit", "High risk"),
        RiskClass.MEDIUM: msg("Credit", "Medium risk"),
        RiskClass.LOW: msg("Credit", "Low risk"),
    }
)
RELIABILITY: Mapping[Reliability, Message] = MappingProxyType(
    {
        Reliability.HIGH: msg("Credit", "reliable"),
        Reliability.MEDIUM: msg("Credit", "fairly reliable"),
        Reliability.LOW: msg("Credit", "hearsay"),
    }
)


def rule_words(rule: CreditRule, line: CreditLine, rules: CreditRules, money: Money) -> Message:
    """Return what a rule that trips for a client says."""
    stands, limits = line.standing, rules.limits
    match rule:
        case CreditRule.OVER_LIMIT:
            return msg(
                "Credit",
                "The limit of {limit} would be exceeded by {over}.",
                limit=money(stands.exposure.limit_minor or 0),
                over=money(-(stands.exposure.headroom_minor or 0)),
            )
        case CreditRule.OVERDUE:
            return msg(
                "Credit",
                "{amount} is overdue; at most {most} may be.",
                amount=money(stands.overdue_minor),
                most=money(limits.overdue_minor),
            )
        case CreditRule.OLD_OVERDUE:
            return nmsg(
                "Credit",
                "The oldest invoice is {n} day overdue; at most {most} may be.",
                "The oldest invoice is {n} days overdue; at most {most} may be.",
                stands.oldest_days,
                most=limits.oldest_days,
            )
        case CreditRule.NO_LIMIT:
            return msg("Credit", "No limit is recorded for this client.")
        case CreditRule.NEW_OVERDUE:
            return nmsg(
                "Credit",
                "{amount} became overdue within the last {n} day.",
                "{amount} became overdue within the last {n} days.",
                limits.new_days,
                amount=money(stands.new_overdue_minor),
            )
        case CreditRule.DISPUTE:
            return nmsg("Credit", "A dispute is open.", "{n} disputes are open.", stands.disputes)
        case CreditRule.SLOWER:
            return msg("Credit", "It begins to pay later than it used to.")
        case CreditRule.REVIEW:
            return nmsg(
                "Credit",
                "A review of the credit is {n} day past its day.",
                "A review of the credit is {n} days past its day.",
                stands.review_late_days,
            )


def hold_words(hold: Hold, money: Money) -> Message:
    """Return why nothing new is to be offered to a client."""
    dispute = nmsg("Credit", "a dispute is open", "{n} disputes are open", hold.disputes)
    overdue = nmsg(
        "Credit",
        "{amount} is overdue, the oldest for {n} day",
        "{amount} is overdue, the oldest for {n} days",
        hold.oldest_days,
        amount=money(hold.overdue_minor),
    )
    if not hold.overdue_minor:
        return msg("Credit", "Offer nothing new: {why}.", why=dispute)
    if not hold.disputes:
        return msg("Credit", "Offer nothing new: {why}.", why=overdue)
    return msg("Credit", "Offer nothing new: {why}, and {more}.", why=overdue, more=dispute)
