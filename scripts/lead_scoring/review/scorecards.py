"""The sections about scorecards: where mql and sql begin, and which challenger ranks better."""

from __future__ import annotations

from collections.abc import Sequence

from lead_scoring.review.charts import Bar, Limit, bars, curves
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
from lead_scoring.tables import Row

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
    moves = [row for row in recommended if row["scorecard"] in live and row["scorecard"] != "*"]
    overall = [row for row in recommended if row["scorecard"] == "*"]
    if moves:
        todo = "Consider " + listed([_move(row) for row in moves], 4) + "."
        return Section("thresholds", title, Mark.act, todo, explains, tuple(charts), found)
    if overall:
        todo = (
            "Leave each scorecard's thresholds: none has outcomes enough of its own. Over all "
            "leads, " + listed([_move(row, False) for row in overall]) + "."
        )
    else:
        todo = "Leave the thresholds: there are too few outcomes to choose better ones."
    return Section("thresholds", title, Mark.unknown, todo, explains, tuple(charts), found)


def _move(row: Row, with_name: bool = True) -> str:
    stages = [name for name in ("mql", "sql") if row[f"is_recommended_{name}"]]
    whose = f" of {words(row['scorecard'])}" if with_name else ""
    return (
        f"{' and '.join(stages)}{whose} from {row['cut_off']} on "
        f"({percent(row['recall'])} of the conversions)"
    )


def _use(row: Row) -> str:
    uses = [
        f"{name} {kind}"
        for name in ("mql", "sql")
        for kind, flag in (("now", "current"), ("recommended", "recommended"))
        if row[f"is_{flag}_{name}"]
    ]
    return ", ".join(uses) or "-"


def _curve(scorecard: str, options: Sequence[Row]) -> str:
    series = {
        "won leads that are kept": [
            (row["cut_off"], float(row["recall"])) for row in options if row["recall"] is not None
        ],
        "won, of the leads there": [
            (row["cut_off"], float(row["precision_rate"]))
            for row in options
            if row["known_leads"] >= FEWEST_LEADS
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
        "AUC is the chance that of two leads, one won and one not, the won one had the higher "
        "score: 0.5 is a coin, 1 is perfect. The interval says how sure that is. A challenger is "
        "compared with the live scorecards on the same leads and instants. One whose points were "
        "fitted to these very leads looks better here than it is: ./scripts/suggest_points says "
        "how it ranks leads that it had not seen."
    )
    measured = [row for row in found if row["auc"] is not None]
    rivals = [row for row in measured if row["scorecard_status"] == "challenger"]
    better = [row for row in rivals if (row["difference_low"] or 0) > 0]
    if better:
        best = max(better, key=lambda row: row["auc_difference"])
        todo = (
            f"Preview {words(best['scorecard'])} and make it live: it ranks better by "
            f"{decimals(best['auc_difference'], 3)} AUC, and that is no chance."
        )
        mark = Mark.act
    elif rivals:
        todo = (
            f"Keep what is live: of {count(len(rivals))} "
            f"{'challenger' if len(rivals) == 1 else 'challengers'} none ranks better for sure."
        )
        mark = Mark.fine
    elif measured:
        todo = (
            "Make a challenger: ./scripts/suggest_points fits one to the outcomes. "
            "There is none to compare with."
        )
        mark = Mark.act
    else:
        todo, mark = "Wait: no lead that is old enough was won.", Mark.unknown
    chart = bars(
        [
            Bar(
                _label(row),
                max(0.0, float(row["auc"]) - 0.5),
                decimals(row["auc"], 3),
                None if row["auc_low"] is None else max(0.0, float(row["auc_low"]) - 0.5),
                None if row["auc_high"] is None else max(0.0, float(row["auc_high"]) - 0.5),
            )
            for row in measured
        ],
        "AUC, how far above a coin's 0.5",
        interval="where the true AUC lies, 95 % sure",
    )
    lines = [
        (
            _label(row),
            count(row["leads"]),
            count(row["conversions"]),
            decimals(row["auc"], 3),
            f"{decimals(row['auc_low'], 3)} to {decimals(row['auc_high'], 3)}",
            decimals(row["ks"], 2),
            decimals(row["top_decile_lift"], 1),
            str(row["verdict"]),
            str(row["calibration_verdict"]),
        )
        for row in found
    ]
    columns = (
        *("scorecard", "leads", "won", "AUC", "95 % sure", "KS", "best tenth, times average"),
        *("ranking", "calibration"),
    )
    charts = (chart,) if measured else ()
    return Section("challengers", title, mark, todo, explains, charts, table(columns, lines))


def _label(row: Row) -> str:
    if row["scorecard"] == "*":
        return "all leads"
    kind = " (challenger)" if row["scorecard_status"] == "challenger" else ""
    return f"{words(row['scorecard'])}{kind}"


def _real(value: object) -> float | None:
    return None if value is None else float(str(value))


def sections(figures: Figures) -> Sequence[Section]:
    """Returns the sections about scorecards."""
    return [thresholds(figures), challengers(figures)]
