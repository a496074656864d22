"""What is said of answers about satisfaction: a score, a figure with its n, a quarter."""

from __future__ import annotations

import re
from decimal import Decimal

from acctdesk import formats
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.kinds import SatisfactionMeasure
from acctdesk.periods import Period
from acctdesk.services.rows import SatisfactionRow
from acctdesk.services.satisfaction import LEAST_NPS, SCALES, Estimate, ScoreInput, Trend
from acctdesk.text import clean
from acctdesk.ui.painting import ChipKind

NAMES: dict[SatisfactionMeasure, str] = {  # as all the world calls them
    SatisfactionMeasure.CSAT: "CSAT",
    SatisfactionMeasure.NPS: "NPS",
}
QUESTIONS: dict[SatisfactionMeasure, Message] = {
    SatisfactionMeasure.CSAT: msg("Satisfaction", "How satisfied they are, 1 to 5"),
    SatisfactionMeasure.NPS: msg("Satisfaction", "Would they recommend us, 0 to 10"),
}
_OF = r"\s*(?:/|στα|απ[οό]|of|out of)\s*"
_TYPED = re.compile(
    rf"^(?P<score>\d{{1,2}})(?:{_OF}(?P<most>5|10))?"
    # a number straight after is no word: 4.5, 3-4, 4 of 50 are no score
    rf"(?:[\s,:;.–-]++(?!\d|{_OF}\d)(?P<words>.*))?$",
    re.IGNORECASE,
)


def read_score(typed: str) -> ScoreInput | None:
    """Return the answer that was typed, None where it is none: ``4``, ``9/10 fast delivery``.

    ``9 of 10`` is ``9/10``. A number alone is of 5 where it can be, else of 10; words of the
    client may follow.
    """
    found = _TYPED.match(clean(typed))
    if found is None:
        return None
    score, most = int(found["score"]), found["most"]
    csat = most == "5" if most else score in SCALES[SatisfactionMeasure.CSAT]
    measure = SatisfactionMeasure.CSAT if csat else SatisfactionMeasure.NPS
    if score not in SCALES[measure]:
        return None
    return ScoreInput(measure, score, found["words"] or None)


def score_text(measure: SatisfactionMeasure, score: int) -> str:
    """Return a score on its scale: ``CSAT 4/5``."""
    return f"{NAMES[measure]} {score}/{SCALES[measure][-1]}"


def score_tone(measure: SatisfactionMeasure, score: int) -> ChipKind:
    """Return the tone of a score: as the figure counts it, good, so-so or bad."""
    good, bad = (4, 2) if measure is SatisfactionMeasure.CSAT else (9, 6)
    return "success" if score >= good else "danger" if score <= bad else "warning"


def answer_title(answer: SatisfactionRow) -> str:
    """Return an answer as a line of its own: ``Satisfaction 4 of 5 (CSAT)``."""
    return tr(
        "Satisfaction",
        "Satisfaction {score} of {most} ({measure})",
        score=answer.score,
        most=SCALES[answer.measure][-1],
        measure=NAMES[answer.measure],
    )


def answer_words(answer: SatisfactionRow) -> str:
    """Return what was said with an answer, or what was asked where nothing was."""
    return formats.quoted(answer.words) if answer.words else str(QUESTIONS[answer.measure])


def figure_text(measure: SatisfactionMeasure, value: int | None) -> str:
    """Return CSAT in per cent, NPS with its sign; a dash where there is none."""
    if value is None:
        return formats.UNKNOWN
    if measure is SatisfactionMeasure.CSAT:
        return formats.percent(Decimal(value) / 10_000)
    points = formats.number(Decimal(abs(value)) / 100)
    sign = "" if points == formats.number(0) else "+" if value > 0 else "−"
    return f"{sign}{points}"


def count_text(answers: int) -> str:
    """Return how many answers a figure rests on."""
    return tr("Satisfaction", "n = {n}", n=formats.number(answers))


def rests_text(trend: Trend) -> str:
    """Return what the figure of the four quarters rests on, its range, or why there is no NPS."""
    whole, measure = trend.whole, trend.measure
    said = ntr(
        "Satisfaction",
        "{n} answer in four quarters",
        "{n} answers in four quarters",
        whole.answers,
    )
    if whole.low is not None:
        low, high = figure_text(measure, whole.low), figure_text(measure, whole.high)
        between = tr("Satisfaction", "between {low} and {high}", low=low, high=high)
        return f"{said}, {between}"
    if measure is SatisfactionMeasure.NPS:
        few = tr("Satisfaction", "fewer than {least}, so no NPS", least=LEAST_NPS)
        return f"{said}, {few}"
    return said


def quarter_name(period: Period) -> str:
    """Return a fiscal quarter in short, by its year and number."""
    year, number = period.name.split("Q")
    return (
        tr("Satisfaction", "Q1 ’{year}", year=year[-2:]),
        tr("Satisfaction", "Q2 ’{year}", year=year[-2:]),
        tr("Satisfaction", "Q3 ’{year}", year=year[-2:]),
        tr("Satisfaction", "Q4 ’{year}", year=year[-2:]),
    )[int(number) - 1]


def quarter_said(measure: SatisfactionMeasure, period: Period, estimate: Estimate) -> str:
    """Return a quarter as one sentence, for a tip and a screen reader."""
    figure, count = figure_text(measure, estimate.value), count_text(estimate.answers)
    return f"{quarter_name(period)}: {NAMES[measure]} {figure}, {count}"
