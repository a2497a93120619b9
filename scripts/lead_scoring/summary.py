"""Prints what a run made of its input: rows, leads and the best leads with their reasons."""

from __future__ import annotations

import itertools

import duckdb
from rich.console import Console
from rich.text import Text

from lead_scoring.tables import heading, rows, shown, table

# The fates of input rows that have a column of their own, in the order of the contract.
FATES = ("used", "duplicate", "quarantined", "erased", "not_yet_known", "bot")


def print_summary(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Prints the input's counts, the leads per segment, stage and grade, and the best ten leads."""
    for section in (_print_input, _print_segments, _print_grades, _print_best):
        section(connection, console)
        console.print()


def _print_input(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    counts: dict[str, dict[str, int]] = {}
    causes = []
    for row in rows(
        connection,
        "select input_table, fate, cause, sum(rows)::bigint as rows"
        " from int_lead_scoring__input_counts group by all order by input_table, rows desc, cause",
    ):
        fates = counts.setdefault(row["input_table"], {})
        fates[row["fate"]] = fates.get(row["fate"], 0) + row["rows"]
        if row["fate"] == "quarantined":
            causes.append(row)
    seen = {fate for fates in counts.values() for fate in fates}
    fates_shown = [*FATES, *sorted(seen.difference(FATES))]
    headings = ["rows", *(fate.replace("_", " ") for fate in fates_shown)]
    grid = table(["table", *headings], numbers=headings)
    for name in sorted(counts):
        numbers = [sum(counts[name].values()), *(counts[name].get(fate, 0) for fate in fates_shown)]
        grid.add_row(shown(name), *(shown(number) for number in numbers))
    console.print(heading("Input rows"), grid, sep="\n")
    if causes:
        grid = table(["table", "cause", "rows"], numbers=["rows"])
        for row in causes:
            grid.add_row(shown(row["input_table"]), shown(row["cause"]), shown(row["rows"]))
        console.print(heading("\nQuarantined"), grid, sep="\n")


def _print_segments(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    counts = rows(
        connection,
        "select segment, coalesce(stage, 'no stage') as stage, count(*) as leads"
        " from lead_scores group by all order by segment",
    )
    # In the order of the ladder; `disqualified` stands on none and comes last.
    ladder = rows(
        connection,
        "select trim(label) as stage from lead_scoring__thresholds"
        " where lower(trim(ladder)) = 'stage' group by trim(label) order by min(rank)",
    )
    stages = list(dict.fromkeys(row["stage"] for row in [*ladder, *counts]))
    grid = table(["segment", "leads", *stages], numbers=["leads", *stages])
    for segment, group in itertools.groupby(counts, key=lambda row: row["segment"]):
        leads = {row["stage"]: row["leads"] for row in group}
        numbers = [sum(leads.values()), *(leads.get(stage, 0) for stage in stages)]
        grid.add_row(shown(segment), *(shown(number) for number in numbers))
    console.print(heading("Leads per segment and stage"), grid, sep="\n")


def _print_grades(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    counts = rows(
        connection,
        "select coalesce(fit_grade, '-') as fit, coalesce(engagement_grade, '-') as engagement,"
        " count(*) as leads from lead_scores group by all order by fit, engagement",
    )
    leads = {(row["fit"], row["engagement"]): row["leads"] for row in counts}
    grades = sorted({engagement for _, engagement in leads})
    grid = table(["", *grades], numbers=grades)
    for fit in sorted({fit for fit, _ in leads}):
        grid.add_row(shown(fit), *(shown(leads.get((fit, grade), 0)) for grade in grades))
    console.print(heading("Leads per grade: fit (down) and engagement (across)"), grid, sep="\n")


def _print_best(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    best = rows(
        connection,
        "select * from lead_scores where status = 'open' and not is_disqualified"
        " order by total_score desc, engagement_score desc, lead_id limit 10",
    )
    numbers = ["score", "fit", "eng."]
    grid = table(["lead", *numbers, "grade", "stage", "why"], numbers)
    for lead in best:
        reasons = [
            lead[f"reason_{way}_{place}"]
            for way, places in (("up", (1, 2, 3)), ("down", (1,)))
            for place in places
        ]
        grid.add_row(
            *(shown(lead[name]) for name in ("lead_id", "total_score", "fit_score")),
            *(shown(lead[name]) for name in ("engagement_score", "grade", "stage")),
            Text("\n").join(shown(reason) for reason in reasons if reason),
        )
    console.print(heading("The best ten open leads"), grid, sep="\n")
