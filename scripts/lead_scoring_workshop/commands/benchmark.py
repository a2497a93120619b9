"""The command workshop benchmark: measures the project at size, writes what came out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.project import PROJECT
from lead_scoring_workshop.benchmark.report import write_report
from lead_scoring_workshop.benchmark.results import read
from lead_scoring_workshop.benchmark.runs import MeasureFailed
from lead_scoring_workshop.benchmark.session import USUAL_PARTS, Part, Plan, run

QUICK_EVENTS = 1_000_000

EXAMPLES = {
    "": "everything; takes long",
    "--quick": "a million events, one round; its page lies in the work folder",
    "--only later-runs": "parts; the page keeps what was measured before",
    "--only large": "five times the events, once",
}


def main(
    events: Annotated[
        int, typer.Option(min=20_000, help="Number of events; a lead for every 20.")
    ] = 20_000_000,
    rules: Annotated[int, typer.Option(min=1, help="Number of engagement rules.")] = 60,
    rounds: Annotated[int, typer.Option(min=1, help="How often everything is measured.")] = 3,
    quick: Annotated[
        bool, typer.Option("--quick", help="A million events, one round, and a page in the folder.")
    ] = False,
    only: Annotated[
        list[Part] | None,
        typer.Option(help="Measure this part (may be repeated); the rest is as it was measured."),
    ] = None,
    folder: Annotated[
        Path,
        typer.Option(
            help="Folder for data, databases and results.", show_default="build/benchmark"
        ),
    ] = PROJECT / "build" / "benchmark",
    page: Annotated[
        Path,
        typer.Option(
            help="Page to write; its plot lies beside it.",
            show_default="docs/explanation/performance.md",
        ),
    ] = PROJECT / "docs" / "explanation" / "performance.md",
) -> None:
    """Writes docs/explanation/performance.md and its plot."""
    if quick:
        events, rounds, page = QUICK_EVENTS, 1, folder / "performance.md"
    plan = Plan(folder.absolute(), events, rules, rounds, only or USUAL_PARTS)
    results = read(plan.folder / "results.json")
    try:
        run(plan, results, lambda words: typer.echo(words, err=True))
    except MeasureFailed as failure:
        typer.echo(str(failure), err=True)
        raise typer.Exit(1) from None
    write_report(plan, results, page)
    typer.echo(f"Wrote {page}")
