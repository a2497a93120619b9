"""The sections about the score itself: where leads stand, and whether that means anything."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lead_scoring.databases import Row
from lead_scoring.pages.charts import INTERVAL, Bar, BarChart, bars
from lead_scoring.review.accounts import why_nobody
from lead_scoring.review.figures import Figures
from lead_scoring.review.section import (
    Mark,
    Section,
    between,
    count,
    decimals,
    listed,
    of_all,
    percent,
    table,
    words,
)

FEWEST_LEADS = 10  # of a band, for its rate to be looked at
FEWEST_OF_A_MONTH = 40  # leads, for the share of them that was won to mean anything
MONTHS_BACK = 6  # in which a score that ranked the wrong way round is still news
CROWDED = 0.4  # share of leads in one band at which the score no longer tells them apart


def distribution(figures: Figures) -> Section:
    """How leads spread over the score."""
    bands = of_all(figures["score_band_outcomes"])
    leads = sum(row["leads"] for row in bands)
    largest = max(bands, key=lambda row: row["leads"], default=None)
    if largest is None or not leads:
        return _empty(figures, "distribution", "Where leads stand")
    share = largest["leads"] / leads
    top = sum(row["leads"] for row in bands if row["band_from"] >= 80)
    crowded = share > CROWDED
    todo = (
        f"Spread the points: {percent(share)} of the leads stand in one band, "
        f"{_band(largest)}, where the score cannot tell them apart."
        if crowded
        else f"Leave the scale as it is: no band holds more than {percent(share)} of the leads, "
        f"and {percent(top / leads)} stand at 80 or above."
    )
    return Section(
        "distribution",
        "Where leads stand",
        Mark.act if crowded else Mark.fine,
        todo,
        "Every lead once, at its honest instant: the score that it had then, from what was known "
        "then. Open cases count too.",
        (bars([Bar(_band(row), row["leads"], count(row["leads"])) for row in bands], "leads"),),
    )


def bands(figures: Figures) -> Section:
    """What became of the leads of each band."""
    found = of_all(figures["score_band_outcomes"])
    known = [row for row in found if row["known_leads"] >= FEWEST_LEADS and row["band_from"] >= 0]
    explains = (
        "Of the leads in a band, the share that was won within the horizon. Leads too young for "
        "the horizon are left out, won or not. If the score works, rates rise with it."
    )
    if sum(row["conversions"] for row in known) == 0:
        return _empty(figures, "bands", "Do higher scores convert more often?", explains)
    # A step down counts where the two intervals leave each other.
    falls = [
        (low, high)
        for low, high in pairwise(known)
        if high["rate_high"] is not None and high["rate_high"] < low["rate_low"]
    ]
    is_low = False
    if falls:
        low, high = falls[0]
        todo = (
            f"Look into the band {_band(high)}: {percent(high['conversion_rate'])} of it convert, "
            f"and {percent(low['conversion_rate'])} of the band below."
        )
    else:
        best = max(known, key=lambda row: row["conversion_rate"])
        of_best = (
            f"{_band(best)}, converts at {percent(best['conversion_rate'])}, "
            f"{decimals(best['lift'], 1)} times the average"
        )
        is_low = known.index(best) < len(known) / 2
        todo = (
            f"Look into the high bands: the best of all, {of_best}, is a low one."
            if is_low
            else f"Trust the order: no band converts clearly less than the one below it. The "
            f"best, {of_best}."
        )
    chart = bars(
        [
            Bar(
                _band(row),
                float(row["conversion_rate"] or 0),
                f"{percent(row['conversion_rate'])} of {count(row['known_leads'])}",
                _real(row["rate_low"]),
                _real(row["rate_high"]),
                is_faint=row["known_leads"] < FEWEST_LEADS,
            )
            for row in found
        ],
        "converted",
        interval=INTERVAL,
    )
    lines = [
        (
            _band(row),
            count(row["leads"]),
            count(row["censored_leads"]),
            count(row["conversions"]),
            between(row["rate_low"], row["rate_high"]),
            decimals(row["lift"], 1),
            count(row["won_amount"]),
            count(row["median_days_to_win"]),
        )
        for row in found
    ]
    columns = (
        *("score", "leads", "too young", "won", "rate, 95 % sure", "times the average"),
        *("amount won", "days to win"),
    )
    return Section(
        "bands",
        "Do higher scores convert more often?",
        Mark.act if falls or is_low else Mark.fine,
        todo,
        explains,
        (chart,),
        table(columns, lines),
    )


def calibration(figures: Figures) -> Section:
    """Whether the conversion of a score is what the past made one expect."""
    every = next(iter(of_all(figures["scorecard_comparison"])), None)
    explains = (
        "The mark is the rate that a band had in the earlier months, the bar what it had in the "
        "later ones. Where they part, the score may still rank leads well, but a rate that "
        "somebody remembers for a score no longer holds."
    )
    title = "Does a score still mean what it meant?"
    if every is None:
        return _empty(figures, "calibration", title, explains)
    verdict = str(every["calibration_verdict"])
    found = of_all(figures["score_calibration"])
    chart = bars(
        [
            Bar(
                _band(row),
                float(row["actual_rate"] or 0),
                f"{percent(row['actual_rate'])} of {count(row['recent_leads'])}",
                _real(row["rate_low"]),
                _real(row["rate_high"]),
                _real(row["expected_rate"]),
                is_faint=row["recent_leads"] < FEWEST_LEADS,
            )
            for row in found
        ],
        "converted lately",
        "expected from the past",
        interval=INTERVAL,
    )
    if verdict.startswith("broken"):
        todo = f"Forecast anew, from the later months alone. Calibration is {verdict}."
        mark = Mark.act
    elif verdict.startswith("holds"):
        todo = f"Keep forecasting by score. Calibration {verdict}."
        mark = Mark.fine
    else:
        todo = f"Do not forecast by score yet. Calibration is {verdict}."
        mark = Mark.unknown
    return Section("calibration", title, mark, todo, explains, (_rates(figures), chart))


def _rates(figures: Figures) -> BarChart:
    """The share of won leads, month by month."""
    months = [row for row in of_all(figures["score_drift"]) if row["rule_id"] == "*"]
    return bars(
        [
            Bar(
                f"{row['month']:%Y-%m}",
                float(row["conversion_rate"]),
                f"{percent(row['conversion_rate'])} of {count(row['known_leads'])}",
                is_faint=row["known_leads"] < FEWEST_OF_A_MONTH,
            )
            for row in months[-24:]
            if row["known_leads"]
        ],
        "converted, of the leads of a month",
    )


def drift(figures: Figures) -> Section:
    """Whether leads, and the rules that they meet, are changing."""
    months = [row for row in of_all(figures["score_drift"]) if row["rule_id"] == "*"]
    title = "Are the leads changing?"
    explains = (
        "PSI (population stability index) compares a month's scores with those of all months "
        "before: below 0.1 is no change to speak of, above 0.25 much. AUC is how well the score "
        "ranks within the month; it needs five won leads and five others, and a share of won "
        f"leads {FEWEST_OF_A_MONTH} with a known outcome."
    )
    if not months:
        return _empty(figures, "drift", title, explains)
    latest = months[-1]
    moved = [
        row
        for row in figures["score_drift"]
        if row["rule_id"] != "*"
        and row["month"] == latest["month"]
        and row["psi_verdict"] == "moved far"
    ]
    moved.sort(key=lambda row: (-row["psi"], row["rule_id"]))
    rules = list(dict.fromkeys(words(row["rule_id"]) for row in moved))
    reversed_months = [row for row in months[-MONTHS_BACK:] if row["rank_order"] == "reversed"]
    month = f"{latest['month']:%Y-%m}"
    if reversed_months:
        todo = (
            f"Stop and look: in {reversed_months[-1]['month']:%Y-%m} low scores converted more "
            "often than high ones."
        )
        mark = Mark.act
    elif latest["psi_verdict"] == "moved far" or rules:
        what = f"Scores moved far in {month}" if latest["psi_verdict"] == "moved far" else ""
        which = f"rules that changed most in {month}: {listed(rules)}" if rules else ""
        todo = (
            "Ask what changed at the source (a campaign, a form, tracking) before touching points. "
            + ". ".join(_sentence(part) for part in (what, which) if part)
            + "."
        )
        mark = Mark.act
    elif latest["psi_verdict"].startswith("unknown: no months"):
        todo, mark = "Wait for more months: there is no past to compare with yet.", Mark.unknown
    elif latest["psi_verdict"].startswith("unknown"):
        todo = (
            f"Say nothing of single months: {month} has {count(latest['leads'])} leads, the months "
            f"before it {count(latest['past_leads'])}, and 100 of each are needed to compare them."
        )
        mark = Mark.unknown
    else:
        todo, mark = f"Nothing to do: in {month} leads scored as in the months before.", Mark.fine
    lines = [
        (
            f"{row['month']:%Y-%m}",
            count(row["leads"]),
            decimals(row["mean_score"], 1),
            decimals(row["psi"], 3),
            str(row["psi_verdict"]).split(":")[0],
            percent(row["missing_rate"]),
            percent(row["conversion_rate"]) if row["known_leads"] >= FEWEST_OF_A_MONTH else "-",
            decimals(row["auc"], 3) if row["rank_order"] != "unknown" else "-",
        )
        for row in months[-14:]
    ]
    columns = (
        *("month", "leads", "mean score", "PSI", "scores", "facts missing", "converted", "AUC"),
    )
    chart = bars([_month(row) for row in months[-14:]], "PSI of the score", "much: 0.25")
    return Section("drift", title, mark, todo, explains, (chart,), table(columns, lines))


def _month(row: Row) -> Bar:
    psi = float(row["psi"]) if row["psi"] is not None else 0.0
    return Bar(f"{row['month']:%Y-%m}", psi, decimals(row["psi"], 3), tick=0.25)


def _band(row: Row) -> str:
    return str(row["band"])


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _real(value: object) -> float | None:
    return None if value is None else float(str(value))


def _empty(figures: Figures, key: str, title: str, explains: str = "") -> Section:
    return Section(key, title, Mark.unknown, why_nobody(figures), explains)


def sections(figures: Figures) -> Sequence[Section]:
    """Returns the sections about the score."""
    return [distribution(figures), bands(figures), calibration(figures), drift(figures)]
