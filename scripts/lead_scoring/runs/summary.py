"""Prints what a run made of its input: rows, leads and the best leads with their reasons."""

from __future__ import annotations

import itertools

from rich.console import Console
from rich.text import Text

from lead_scoring.databases import Queries, Row, rows
from lead_scoring.terminal import heading, shown, table

TABLES = ("leads", "events", "outcomes", "lead_merges")
# What became of rows, in this order; fates that are not named here come after them.
FATES = ("used", "duplicate", "merged", "erased", "bot", "not_yet_known", "quarantined")


def print_summary(connection: Queries, console: Console) -> None:
    """Prints the input's counts, the leads per segment, stage and grade, and the best ten leads."""
    for section in (_print_input, _print_segments, _print_grades, _print_best):
        section(connection, console)
        console.print()


def summary_values(connection: Queries) -> dict[str, object]:
    """Returns the same as values: input rows, leads per segment and stage, and the best leads."""
    names = ("lead_id", "total_score", "fit_score", "engagement_score", "grade", "stage")
    return {
        "input_rows": _input_rows(connection),
        "segments": _segments(connection),
        "best_leads": [
            {**{name: lead[name] for name in names}, "reasons": _reasons(lead)}
            for lead in _best(connection)
        ],
    }


def best_lead(connection: Queries) -> str | None:
    """Returns the id of the open lead with the highest score, else of any; None: there is none."""
    best = rows(
        connection,
        "select lead_id from lead_scores order by"
        " case when status = 'open' and not is_disqualified then 0 else 1 end,"
        " total_score desc, lead_id limit 1",
    )
    return best[0]["lead_id"] if best else None


def _input_rows(connection: Queries) -> list[Row]:
    return rows(
        connection,
        "select input_table, fate, cause, cast(sum(row_count) as bigint) as rows"
        " from int_lead_scoring__input_counts group by input_table, fate, cause order by cause",
    )


def _print_input(connection: Queries, console: Console) -> None:
    counts = _input_rows(connection)
    grid = table(["", *TABLES], numbers=TABLES)

    def add_line(name: str, chosen: list[Row]) -> None:
        sums = dict.fromkeys(TABLES, 0)
        for row in chosen:
            sums[row["input_table"]] += row["rows"]
        grid.add_row(shown(name), *(shown(number) for number in sums.values()))

    add_line("rows", counts)
    for fate in dict.fromkeys([*FATES, *(row["fate"] for row in counts)]):
        add_line(fate.replace("_", " "), [row for row in counts if row["fate"] == fate])
    refused = [row for row in counts if row["fate"] == "quarantined"]
    for cause in dict.fromkeys(row["cause"] for row in refused):
        add_line(f"  {cause}", [row for row in refused if row["cause"] == cause])
    console.print(heading("Input"), grid, sep="\n")


def _segments(connection: Queries) -> list[Row]:
    return rows(
        connection,
        "select segment, coalesce(stage, 'no stage') as stage, count(*) as leads"
        " from lead_scores group by segment, stage order by segment, stage",
    )


def _print_segments(connection: Queries, console: Console) -> None:
    counts = _segments(connection)
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


def _print_grades(connection: Queries, console: Console) -> None:
    counts = rows(
        connection,
        "select coalesce(fit_grade, '-') as fit, coalesce(engagement_grade, '-') as engagement,"
        " count(*) as leads from lead_scores group by fit_grade, engagement_grade"
        " order by fit, engagement",
    )
    leads = {(row["fit"], row["engagement"]): row["leads"] for row in counts}
    grades = sorted({engagement for _, engagement in leads})
    grid = table(["", *grades], numbers=grades)
    for fit in sorted({fit for fit, _ in leads}):
        grid.add_row(shown(fit), *(shown(leads.get((fit, grade), 0)) for grade in grades))
    console.print(heading("Leads per grade: fit (down) and engagement (across)"), grid, sep="\n")


def _best(connection: Queries) -> list[Row]:
    return rows(
        connection,
        "select * from lead_scores where status = 'open' and not is_disqualified"
        " order by total_score desc, engagement_score desc, lead_id limit 10",
    )


def _reasons(lead: Row) -> list[str]:
    reasons = [
        lead[f"reason_{way}_{place}"]
        for way, places in (("up", (1, 2, 3)), ("down", (1,)))
        for place in places
    ]
    return [reason for reason in reasons if reason]


def _print_best(connection: Queries, console: Console) -> None:
    numbers = ["score", "fit", "eng."]
    grid = table(["lead", *numbers, "grade", "stage", "why"], numbers)
    for lead in _best(connection):
        grid.add_row(
            *(shown(lead[name]) for name in ("lead_id", "total_score", "fit_score")),
            *(shown(lead[name]) for name in ("engagement_score", "grade", "stage")),
            Text("\n").join(shown(reason) for reason in _reasons(lead)),
        )
    console.print(heading("The best ten open leads"), grid, sep="\n")
