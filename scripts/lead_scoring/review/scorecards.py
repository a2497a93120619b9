"""The sections about scorecards: where mql and sql begin, and which challenger ranks better."""

from __future__ import annotations

from collections.abc import Sequence

from lead_scoring.databases import Row
from lead_scoring.pages.charts import Curves, Limit, curves
from lead_scoring.project import called
from lead_scoring.review.accounts import why_nobody
from lead_scoring.review.figures import Figures
from lead_scoring.review.section import (
    Mark,
    Section,
    count,
    decimals,
    listed,
    percent,
    table,
    words,
)
from lead_scoring.review.standing import area_chart, label

FEWEST_LEADS = 10  # at a cut-off, for their conversion to be drawn


def thresholds(figures: Figures) -> Section:
    """Where mql and sql begin, and where they should."""
    title = "Where should mql and sql begin?"
    explains = (
        "At each possible beginning: the share of all conversions that lie at or above it, and "
        "the share of the leads there that converted. Higher means fewer calls, and more missed."
    )
    options = figures["threshold_options"]
    recommended = [row for row in options if row["is_recommended_mql"] or row["is_recommended_sql"]]
    live = [
        row["scorecard"]
        for row in figures["scorecard_comparison"]
        if row["scorecard_status"] == "live"
    ]
    charts = [
        _curve(scorecard, [row for row in options if row["scorecard"] == scorecard])
        for scorecard in sorted(live)
    ]
    lines = [
        (
            "all leads" if row["scorecard"] == "*" else words(row["scorecard"]),
            str(row["cut_off"]),
            _use(row),
            decimals(row["leads_per_week"], 1),
            percent(row["recall"]),
            percent(row["precision_rate"]),
            percent(row["won_share_at_first_contact"]),
            str(row["reason"] or "-"),
        )
        for row in options
        if row["scorecard"] in live and (row["reason"] or row["is_current_mql"])
    ]
    columns = (
        *("scorecard", "score", "use", "leads a week", "of conversions", "converted"),
        *("of won, at first contact", "why"),
    )
    found = table(columns, lines)
    moves = [
        row
        for row in recommended
        if row["scorecard"] in live and row["scorecard"] != "*" and _is_move(row)
    ]
    own = [row for row in recommended if row["scorecard"] in live and row["scorecard"] != "*"]
    overall = [row for row in recommended if row["scorecard"] == "*"]
    if moves:
        todo = "Consider " + listed([_move(row) for row in moves], 4) + "."
        return Section("thresholds", title, Mark.act, todo, explains, tuple(charts), found)
    if own:
        todo = (
            "Leave the thresholds: as many leads reach mql as sales can take, or take now, and sql "
            "keeps half of their conversions."
        )
        return Section("thresholds", title, Mark.fine, todo, explains, tuple(charts), found)
    if overall:
        todo = (
            "Leave each scorecard's thresholds: none has outcomes enough of its own. Over all "
            "leads, " + listed([_move(row, False) for row in overall]) + "."
        )
    else:
        todo = "Leave the thresholds: there are too few outcomes to choose better ones."
    return Section("thresholds", title, Mark.unknown, todo, explains, tuple(charts), found)


def _is_move(row: Row) -> bool:
    return any(
        row[f"is_recommended_{name}"] and not row[f"is_current_{name}"] for name in ("mql", "sql")
    )


def _move(row: Row, with_name: bool = True) -> str:
    stages = [name for name in ("mql", "sql") if row[f"is_recommended_{name}"]]
    whose = f" of {words(row['scorecard'])}" if with_name else ""
    return (
        f"{' and '.join(stages)}{whose} from {row['cut_off']} on "
        f"({decimals(row['leads_per_week'], 1)} leads a week, {percent(row['recall'])} of the "
        "conversions)"
    )


def _use(row: Row) -> str:
    uses = [
        f"{name} {kind}"
        for name in ("mql", "sql")
        for kind, flag in (("now", "current"), ("recommended", "recommended"))
        if row[f"is_{flag}_{name}"]
    ]
    return ", ".join(uses) or "-"


def _curve(scorecard: str, options: Sequence[Row]) -> Curves:
    rates = [
        (row["cut_off"], float(row["precision_rate"]))
        for row in options
        if row["known_leads"] >= FEWEST_LEADS
    ]
    # A share of 1 % is seen too.
    top = max((rate for _, rate in rates), default=1.0) or 1.0
    series = {
        "won leads that are kept": [
            (row["cut_off"], float(row["recall"])) for row in options if row["recall"] is not None
        ],
        f"won, of the leads there (its top is {percent(top)})": [
            (score, rate / top) for score, rate in rates
        ],
    }
    limits = [
        Limit(row["cut_off"], f"{name} {words_of}", kind)
        for row in options
        for name in ("mql", "sql")
        for kind, words_of in (("current", "now"), ("recommended", "recommended"))
        if row[f"is_{kind}_{name}"]
    ]
    return curves("All leads" if scorecard == "*" else words(scorecard), series, limits)


def challengers(figures: Figures) -> Section:
    """Whether a challenger ranks better than what is live."""
    found = figures["scorecard_comparison"]
    title = "Would another scorecard rank better?"
    explains = (
        "A challenger is compared with the live scorecards on the same leads, within months. One "
        "whose points were fitted to outcomes is judged by leads that were created later than "
        f"those it was fitted to, and until there are any by what {called('suggest')} found "
        "on leads that it had kept from the fit."
    )
    rivals = [row for row in found if row["scorecard_status"] == "challenger"]
    judged = [row for row in rivals if not str(row["verdict"]).startswith("too few")]
    # What the newest leads deny is no longer so.
    better = [
        row
        for row in judged
        if (row["difference_low"] or 0) > 0 and (row["newest_difference"] or 0) >= 0
    ]
    waiting = [row for row in rivals if row not in judged and row["fit_words"]]
    if better:
        best = max(better, key=lambda row: row["auc_difference"])
        todo = (
            f"Make {words(best['scorecard'])} live, by {called('promote')}, which previews it: it "
            f"ranks better by {_difference(best)} AUC, and that is no chance."
        )
        mark = Mark.act
    elif waiting:
        todo = (
            f"Wait for leads that {words(waiting[0]['scorecard'])} was not fitted to: "
            f"{count(waiting[0]['unseen_leads'])} are known. Until then what the fit found holds: "
            f"{str(waiting[0]['fit_words']).rstrip('.')}."
        )
        mark = Mark.unknown
    elif judged:
        worse = [row for row in judged if (row["difference_high"] or 0) < 0]
        todo = (
            f"Keep what is live: of {count(len(judged))} "
            f"{'challenger' if len(judged) == 1 else 'challengers'} none ranks better for sure"
            + (
                f", and {listed([words(row['scorecard']) for row in worse])} worse."
                if worse
                else "."
            )
        )
        mark = Mark.fine
    elif rivals:
        todo = "Wait: too few outcomes are known to tell a challenger from what is live."
        mark = Mark.unknown
    elif any(not str(row["verdict"]).startswith("too few") for row in found):
        todo = (
            f"Make a challenger: {called('suggest')} fits one to the outcomes. "
            "There is none to compare with."
        )
        mark = Mark.act
    else:
        todo, mark = why_nobody(figures), Mark.unknown
    lines = [
        (
            label(row),
            count(row["unseen_leads"]),
            count(row["unseen_conversions"]),
            _difference(row, "newest_"),
            _difference(row),
            str(row["verdict"]),
            str(row["fit_words"] or "-"),
        )
        for row in rivals
    ]
    columns = (
        *("challenger", "leads", "won", "AUC beside live, newest months"),
        *("AUC beside live, all months", "verdict", "what its fit found"),
    )
    chart = area_chart(
        [
            pair
            for row in judged
            if row["auc"] is not None
            for pair in (
                (label(row), row),
                ("live, on the same leads", _live(row)),
            )
        ]
    )
    charts = (chart,) if judged else ()
    return Section(
        "challengers",
        title,
        mark,
        todo,
        explains,
        charts,
        table(columns, lines) if lines else None,
    )


def _live(row: Row) -> Row:
    return {**row, "auc": row["live_auc"], "auc_low": None, "auc_high": None}


def _difference(row: Row, scope: str = "") -> str:
    value = row["newest_difference" if scope else "auc_difference"]
    if value is None:
        return "-"
    low, high = row[f"{scope}difference_low"], row[f"{scope}difference_high"]
    ends = "" if low is None else f" ({float(low):+.3f} to {float(high):+.3f})"
    return f"{float(value):+.3f}{ends}"


def sections(figures: Figures) -> Sequence[Section]:
    """Returns the sections about scorecards."""
    return [thresholds(figures), challengers(figures)]
