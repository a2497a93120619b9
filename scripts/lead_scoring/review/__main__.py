"""The command ./scripts/review: whether the score works, and what to change, on one page."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring import runner
from lead_scoring.review.figures import COMPARED, read_figures, run_evidence
from lead_scoring.review.pages import all_sections, as_markdown, as_page
from lead_scoring.review.section import Mark, by_urgency
from lead_scoring.review.trial import try_advice
from lead_scoring.runner import RunFailed
from lead_scoring.tables import DatabaseError, console, heading, shown

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    to: Annotated[
        Path, typer.Option(metavar="FILE.html", help="Page to write; FILE.md is written beside it.")
    ],
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder with leads, events, outcomes and, if any, lead_merges. "
            "Without it: the demo.",
            envvar="LEAD_SCORING_DATA",
        ),
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option(
            help="Folder with the rule tables. Tables that are absent are those of seeds/.",
            show_default="seeds/",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Use only what was known at this instant, outcomes too. Without it: now; the "
            "demo has an instant of its own.",
        ),
    ] = None,
    database: Annotated[
        Path,
        typer.Option(
            help="DuckDB file of the daily run, for response times; the evidence is written "
            "beside it, to NAME.evidence.duckdb.",
            envvar="LEAD_SCORING_DATABASE",
            show_default="build/lead_scoring.duckdb",
        ),
    ] = runner.DATABASE,
    horizon_days: Annotated[
        int, typer.Option(min=1, help="A lead counts as won if it is within so many days.")
    ] = 90,
    days: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Look at leads so many days after they were created; 0: at once.",
            show_default="30",
        ),
    ] = None,
    purpose: Annotated[
        str | None,
        typer.Option(
            help="Another instant to look at leads: created_plus_7_days, first_contact or "
            "first_mql.",
            show_default="so many days after creation",
        ),
    ] = None,
    weekly_capacity: Annotated[
        int | None, typer.Option(min=1, help="Leads that sales can take in a week.")
    ] = None,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Steps to run at a time.", show_default="4")
    ] = None,
) -> None:
    """Reviews the score: sets it beside what really happened, and says what to do."""
    variables: dict[str, object] = {"lead_scoring_horizon_days": horizon_days}
    if days is not None:
        variables["lead_scoring_evidence_days"] = [days]
    if purpose is not None:
        variables["lead_scoring_evidence_purpose"] = purpose.strip().lower()
    if weekly_capacity is not None:
        variables["lead_scoring_weekly_capacity"] = weekly_capacity
    try:
        if not to.absolute().parent.is_dir():
            raise RunFailed(f"There is no folder for {to}. Make it first.")
        evidence = run_evidence(
            data=data,
            rules=rules,
            as_of=as_of,
            database=database,
            variables=variables,
            threads=threads,
            echo=True,
        )
        figures = read_figures(evidence, database)
        with tempfile.TemporaryDirectory(prefix="lead_scoring-review-") as scratch:

            def build(edited: Path, target: Path) -> None:
                stem = target.with_name(target.name.replace(".evidence", ""))
                run_evidence(
                    data=data,
                    rules=edited,
                    as_of=as_of,
                    database=stem,
                    variables=variables,
                    threads=threads,
                    select=COMPARED,
                    echo=True,
                )

            figures = figures.with_trials(try_advice(figures, rules, Path(scratch), build))
        to.write_text(as_page(figures), encoding="utf-8")
        to.with_suffix(".md").write_text(as_markdown(figures), encoding="utf-8")
    except (RunFailed, DatabaseError, OSError) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    screen = console()
    for section in by_urgency(all_sections(figures)):
        if section.mark is Mark.act:
            screen.print(heading(section.title))
            screen.print(shown(section.todo))
    screen.print(f"\nThe review: {to} and {to.with_suffix('.md')}", soft_wrap=True)


if __name__ == "__main__":
    app(prog_name="./scripts/review")
