"""Tries the advice about rules as a whole, by the engine, before it is printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from lead_scoring.databases import Row, open_database, rows
from lead_scoring.pages.charts import Bar, bars
from lead_scoring.review.figures import TRIALS, Figures
from lead_scoring.review.section import Mark, Section, count, listed, percent, points, table, words
from lead_scoring.rules.rule_set import RuleSet, read_rule_set
from lead_scoring.suggest.engine import write_rules
from lead_scoring.suggest.rule_rows import RULE_TABLES, Tables, copied_rows, merged_tables

AS_ADVISED = "__as_advised"
KEPT = "review_trials"  # table of the database of evidence
SHIFTED = 0.1  # of the leads, more in the lowest ten points than before
Build = Callable[[Path, Path], None]  # rules folder, database to make

# On the leads whose own scorecard is the live one: the same leads by both.
COUNTS = """
select
    own.scorecard,
    count(*) as leads,
    count(*) filter (own.is_mql) as mql_before,
    count(*) filter (advised.is_mql) as mql_after,
    count(*) filter (own.ranking_score between 0 and 9) as lowest_before,
    count(*) filter (advised.ranking_score between 0 and 9) as lowest_after,
    max(cards.live_auc) as auc_before,
    max(cards.auc) as auc_after,
    max(cards.auc_difference) as auc_difference,
    max(cards.difference_low) as difference_low,
    max(cards.difference_high) as difference_high
from int_lead_scoring__scored_outcomes as own
inner join int_lead_scoring__scored_outcomes as advised
    on own.moment_key = advised.moment_key and advised.scorecard = own.scorecard || $1
inner join scorecard_comparison as cards on cards.scorecard = advised.scorecard
group by own.scorecard
order by own.scorecard
"""


def advised_points(evidence: Sequence[Row]) -> dict[str, dict[str, str]]:
    """Returns the points that the review advises, by scorecard and rule; '' switches a rule off.

    evidence: rows of rule_evidence of live scorecards.
    """
    found: dict[str, dict[str, str]] = {}
    for row in evidence:
        advice = advice_of(row)
        if advice is not None:
            found.setdefault(row["scorecard"], {})[row["rule_id"]] = advice
    return found


def advice_of(row: Row) -> str | None:
    """Returns the points that a rule is advised to have: '' for none; None: no advice."""
    suggested = row["suggested_points"]
    if row["verdict"] in ("raise", "lower") and suggested is not None:
        return points(suggested).lstrip("+")
    if row["verdict"] not in ("drop", "harmful"):
        return None
    if row["rules_of_group"] > 1:  # a bin of a signal: without it leads fall into another
        return None if suggested is None else points(suggested).lstrip("+")
    return ""


def try_advice(figures: Figures, rules: Path | None, folder: Path, build: Build) -> list[Row]:
    """Returns what the advice as a whole would do, a row for each live scorecard with any.

    rules: the tables of the review. folder: for scratch files. build: scores the leads of the
    review by a rules folder into a new database of evidence.
    """
    live = {
        row["scorecard"]
        for row in figures["scorecard_comparison"]
        if row["scorecard_status"] == "live"
    }
    advised = advised_points([row for row in figures["rule_evidence"] if row["scorecard"] in live])
    if not advised:
        return []
    rule_set = read_rule_set(rules)
    edited = folder / "rules"
    write_rules(rules, _challengers(rule_set, advised), edited)
    database = folder / "advice.evidence.duckdb"
    build(edited, database)
    with open_database(database) as connection:
        found = rows(connection, COUNTS.replace("$1", f"'{AS_ADVISED}'"))
    return [{**row, "changes": len(advised[row["scorecard"]])} for row in found]


def keep_trials(evidence: Path, found: Sequence[Row]) -> None:
    """Writes what the advice would do beside the evidence that it comes from: the review is whole.

    evidence: the database of evidence.
    """
    with duckdb.connect(str(evidence)) as connection:
        connection.execute(f"create or replace table {KEPT} (trial varchar)")
        for row in found:
            trial = json.dumps(row, default=float)
            connection.execute(f"insert into {KEPT} values (?)", [trial])


def forget_trials(evidence: Path) -> None:
    """Takes back what `keep_trials` wrote: the evidence is about to be another."""
    if evidence.is_file():
        with duckdb.connect(str(evidence)) as connection:
            connection.execute(f"drop table if exists {KEPT}")


def kept_trials(evidence: Path) -> list[Row] | None:
    """Returns what `keep_trials` wrote; None where no review of this evidence came to its end."""
    if not evidence.is_file():
        return None
    with open_database(evidence) as connection:
        names = rows(connection, "select table_name from duckdb_tables()")
        if {"table_name": KEPT} not in names:
            return None
        return [json.loads(row["trial"]) for row in rows(connection, f"from {KEPT}")]


def _challengers(rules: RuleSet, advised: dict[str, dict[str, str]]) -> Tables:
    copies = []
    for scorecard, changes in advised.items():
        copy = copied_rows(rules, scorecard, f"{scorecard}{AS_ADVISED}")
        copy["scorecards"][0]["priority"] = ""
        for name in RULE_TABLES:
            for row in copy.get(name, []):
                row["points"] = changes.get(row["rule_id"], row["points"])
        copies.append(copy)
    return merged_tables(copies)


def is_worth_it(row: Row) -> bool:
    """Whether the advice as a whole ranks the very leads that it comes from better, for sure."""
    return row["difference_low"] is not None and row["difference_low"] > 0


def trials(figures: Figures) -> Section:
    """What would happen if all advice about rules were followed."""
    title = "What would the advice about rules do?"
    found = figures[TRIALS]
    explains = (
        "All changes of the sections about rules at once, as a copy of the scorecard that the "
        "engine scored at the same instants. These are the leads that the advice comes from: on "
        "later ones it will do somewhat less. Thresholds and points for 100 stay as they are."
    )
    if not found:
        todo = "Nothing to try: no change of points is advised."
        return Section("advice", title, Mark.fine, todo, explains)
    good = [row for row in found if is_worth_it(row)]
    bad = [row for row in found if not is_worth_it(row)]
    parts = []
    if good:
        parts.append(f"Follow it for {listed([_said(row) for row in good], 6)}")
        moved = [row for row in good if _moves_bands(row)]
        if moved:
            parts[-1] += (
                "; move thresholds or points for 100 along in "
                f"{listed([words(row['scorecard']) for row in moved], 6)}, where leads would fall "
                "into the lowest ten points or out of mql"
            )
    if bad:
        parts.append(
            f"Do not follow it for {listed([_said(row) for row in bad], 6)}: it ranks no better "
            "for sure"
        )
    lines = [
        (
            words(row["scorecard"]),
            count(row["changes"]),
            f"{float(row['auc_before']):.3f} → {float(row['auc_after']):.3f}",
            f"{float(row['difference_low']):+.3f} to {float(row['difference_high']):+.3f}"
            if row["difference_low"] is not None
            else "-",
            f"{count(row['mql_before'])} → {count(row['mql_after'])}",
            f"{percent(row['lowest_before'] / row['leads'])} → "
            f"{percent(row['lowest_after'] / row['leads'])}",
        )
        for row in found
        if row["auc_after"] is not None
    ]
    columns = (
        *("scorecard", "changes", "AUC", "difference, 95 % sure", "leads at mql or above"),
        "of all leads, below 10",
    )
    chart = bars(
        [
            Bar(words(row["scorecard"]), row["mql_after"], count(row["mql_after"]),
                tick=row["mql_before"])
            for row in found
        ],
        "at mql or above, as advised",
        "now",
    )  # fmt: skip
    return Section(
        "advice",
        title,
        Mark.act if good else Mark.unknown,
        ". ".join(parts) + ".",
        explains,
        (chart,),
        table(columns, lines),
    )


def _said(row: Row) -> str:
    if row["auc_after"] is None:
        return words(row["scorecard"])
    return (
        f"{words(row['scorecard'])} ({count(row['changes'])} "
        f"{'change' if row['changes'] == 1 else 'changes'}, AUC {float(row['auc_before']):.3f} → "
        f"{float(row['auc_after']):.3f}, mql {count(row['mql_before'])} → "
        f"{count(row['mql_after'])} leads, below 10 {percent(row['lowest_before'] / row['leads'])} "
        f"→ {percent(row['lowest_after'] / row['leads'])})"
    )


def _moves_bands(row: Row) -> bool:
    lowest = (row["lowest_after"] - row["lowest_before"]) / row["leads"]
    mql = abs(row["mql_after"] - row["mql_before"]) / max(1, row["mql_before"])
    return bool(lowest > SHIFTED or mql > 1 / 3)


def failed(figures: Figures) -> set[str]:
    """Returns the scorecards whose advice failed its trial: none is given for them."""
    return {row["scorecard"] for row in figures[TRIALS] if not is_worth_it(row)}
