"""The sections about the way of a lead through sales, and about the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from lead_scoring.pages.charts import Bar, bars
from lead_scoring.review.figures import RESPONSES, Figures
from lead_scoring.review.section import Mark, Section, count, of_all, percent, table, words

STEPS = (
    ("leads", "created"),
    ("mql_leads", "mql or above"),
    ("contacted_leads", "spoken to"),
    ("accepted_leads", "accepted by sales"),
    ("sql_leads", "sql by score"),
    ("qualified_leads", "qualified by sales"),
    ("opportunity_leads", "opportunity"),
    ("won_leads", "won"),
)
SALES = ("contacted_leads", "accepted_leads", "qualified_leads", "opportunity_leads", "won_leads")
MUCH_PUT_ASIDE = 100
MUCH_MISSING = 0.3
KEPT_ENOUGH = 0.9


def funnel(figures: Figures) -> Section:
    """How many leads come how far."""
    found = figures["funnel_conversion"]
    title = "How far do leads come?"
    explains = (
        "All leads that were created, and how many of them ever reached each step. Young leads "
        "still move on, so the steps to the right will grow; the table's won share counts only "
        "cohorts old enough for the horizon."
    )
    sums = {name: sum(row[name] for row in found) for name, _ in STEPS}
    if not sums["leads"]:
        return Section("funnel", title, Mark.unknown, "Wait for leads.", explains)
    chart = bars(
        [
            Bar(label, sums[name], f"{count(sums[name])}, {percent(sums[name] / sums['leads'])}")
            for name, label in STEPS
        ],
        "leads",
    )
    # The step of sales that keeps the smallest share of those that came so far.
    names = dict(STEPS)
    kept = [name for name in SALES if sums[name]]
    losses = [(sums[after] / sums[before], before, after) for before, after in pairwise(kept)]
    if losses and sums["won_leads"]:
        share, before, after = min(losses)
        todo = (
            f"Look at the step from “{names[before]}” to “{names[after]}”: it keeps the smallest "
            f"share, {percent(share)}. Of all leads {percent(sums['won_leads'] / sums['leads'])} "
            "were won so far."
        )
        mark = Mark.act
    elif sums["won_leads"]:
        todo = (
            f"Record what sales do (contacted, accepted, qualified, opportunity): "
            f"{count(sums['won_leads'])} leads were won, and nothing is known of their way there."
        )
        mark = Mark.act
    else:
        todo, mark = "Wait: no lead was won yet.", Mark.unknown
    months = sorted({row["cohort_month"] for row in found})[-12:]
    lines = []
    for month in months:
        rows = [row for row in found if row["cohort_month"] == month]
        total = {
            name: sum(row[name] for row in rows)
            for name in (*names, "mature_leads", "won_in_horizon", "won_amount")
        }
        lines.append(
            (
                f"{month:%Y-%m}",
                count(total["leads"]),
                percent(total["mql_leads"] / total["leads"]),
                percent(total["contacted_leads"] / total["leads"]),
                percent(total["opportunity_leads"] / total["leads"]),
                count(total["won_leads"]),
                percent(total["won_in_horizon"] / total["mature_leads"])
                if total["mature_leads"] >= total["leads"] / 2
                else "-",
                count(total["won_amount"]),
            )
        )
    columns = (
        *("created in", "leads", "mql", "spoken to", "opportunity", "won so far"),
        *("won within the horizon", "amount won"),
    )
    return Section("funnel", title, mark, todo, explains, (chart,), table(columns, lines))


def data_quality(figures: Figures) -> Section:
    """Rows that could not be used, and facts that are missing."""
    title = "Are the data in order?"
    explains = (
        "Rows that a run puts aside, with the cause: they count for nothing. Facts missing: the "
        "mean share of the attributes named by fit rules that a lead of the latest month does not "
        "have."
    )
    causes = Counter((row["input_table"], row["cause"]) for row in figures["quarantined_rows"])
    put_aside = sum(causes.values())
    months = [row for row in of_all(figures["score_drift"]) if row["rule_id"] == "*"]
    missing = months[-1]["missing_rate"] if months else None
    parts = []
    if put_aside:
        (where, cause), rows = causes.most_common(1)[0]
        parts.append(
            f"mend the {where} first where {words(cause)} ({count(rows)} of {count(put_aside)} "
            "rows put aside)"
        )
    if missing is not None and missing > MUCH_MISSING:
        parts.append(f"fill in more facts ({percent(missing)} of those that rules ask are missing)")
    text = " and ".join(parts) or "nothing to do: every row could be used"
    if parts and missing is not None and missing <= MUCH_MISSING:
        text += f"; {percent(missing)} of the facts that fit rules ask for are missing"
    lines = [
        (words(where), words(cause), count(rows)) for (where, cause), rows in causes.most_common()
    ]
    return Section(
        "data",
        title,
        Mark.act if parts else Mark.fine,
        f"{text[0].upper()}{text[1:]}.",
        explains,
        (),
        table(("table", "cause", "rows put aside"), lines) if lines else None,
    )


def responses(figures: Figures) -> Section:
    """How soon sales speak to leads that were handed over."""
    found = figures[RESPONSES]
    title = "How soon do we answer?"
    explains = (
        "From hand-off to first contact, against the promised minutes of the routing rules. Only "
        "hand-offs that daily runs recorded are known."
    )
    promised = sum(row["promised_handoffs"] for row in found)
    kept = sum(row["kept_handoffs"] for row in found)
    if not found:
        todo = "Let the score run daily: no hand-off is recorded yet, so no answer can be timed."
        return Section("responses", title, Mark.unknown, todo, explains)
    waiting = sum(row["waiting_handoffs"] for row in found)
    share = kept / promised if promised else None
    if share is None:
        todo, mark = "Wait: no promise is due yet.", Mark.unknown
    elif share < KEPT_ENOUGH:
        late = max(found, key=lambda row: row["promised_handoffs"] - row["kept_handoffs"])
        todo = (
            f"Answer sooner: {percent(share)} of {count(promised)} promises were kept, and "
            f"{count(waiting)} hand-offs still wait. Most are late in the queue "
            f"{words(late['queue'])}."
        )
        mark = Mark.act
    else:
        todo, mark = f"Keep going: {percent(share)} of the promises were kept.", Mark.fine
    lines = [
        (
            f"{row['handed_off_month']:%Y-%m}",
            words(row["segment"]),
            str(row["stage"]),
            words(row["queue"]),
            count(row["handoffs"]),
            count(row["waiting_handoffs"]),
            count(row["promised_minutes"]),
            count(row["median_minutes"]),
            count(row["minutes_90th"]),
            percent(row["kept_share"]),
        )
        for row in found
    ]
    columns = (
        *("month", "segment", "stage", "queue", "hand-offs", "still wait", "minutes promised"),
        *("half within", "nine in ten within", "promises kept"),
    )
    return Section("responses", title, mark, todo, explains, (), table(columns, lines, 30))


def sections(figures: Figures) -> Sequence[Section]:
    """Returns the sections about the way of a lead, and about the data."""
    return [funnel(figures), data_quality(figures), responses(figures)]
