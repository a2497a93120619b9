"""The command ./scripts/score: scores leads, then prints a summary and the best of them."""

from __future__ import annotations

import contextlib
import shlex
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring import runner
from lead_scoring.rebuild import rebuild
from lead_scoring.summary import print_summary
from lead_scoring.tables import Row, console, open_database, rows, shown

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder with leads, events, outcomes and, if any, lead_merges, each as .csv, "
            ".csv.gz or .parquet: a file, or a folder of parts. Without it the demo is scored.",
            envvar="LEAD_SCORING_DATA",
        ),
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option(
            help="Folder with rule tables (fit_rules.csv, ...). They replace those of the project; "
            "tables that are absent stay."
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Score as of this instant, such as 2026-06-30 or 2026-06-30T12:00:00Z. "
            "Without it: now; the demo has an instant of its own.",
        ),
    ] = None,
    database: Annotated[
        Path,
        typer.Option(
            help="DuckDB file to write.",
            envvar="LEAD_SCORING_DATABASE",
            show_default="build/lead_scoring.duckdb",
        ),
    ] = runner.DATABASE,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Steps to run at a time.", show_default="4")
    ] = None,
    full_refresh: Annotated[
        bool, typer.Option("--full-refresh", help="Build every table anew.")
    ] = False,
    announce_rule_changes: Annotated[
        bool,
        typer.Option(
            "--announce-rule-changes",
            help="Hand over leads too that rise because the rules changed.",
        ),
    ] = False,
    first_day: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d"],
            help="With --to: write the history of these days anew, as runs at each midnight would "
            "have written it under the rules recorded for that day. Nothing else is done.",
        ),
    ] = None,
    last_day: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="See --from.")
    ] = None,
) -> None:
    """Scores leads and prints the best of them, with their reasons."""
    if first_day or last_day:
        _rebuild(data, rules, database, threads, first_day, last_day)
        return
    try:
        result = runner.score(
            data=data,
            rules=rules,
            as_of=as_of,
            database=database,
            threads=threads,
            full_refresh=full_refresh,
            variables={"lead_scoring_announce_rule_changes": True}
            if announce_rule_changes
            else None,
            echo=True,
        )
    except runner.RunFailed as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    screen = console()
    for warning in result.warnings:
        screen.print(f"Warning: {warning}\n")
    with open_database(result.database) as connection:
        print_summary(connection, screen)
        scored = rows(
            connection,
            "select count(*) as leads, max(as_of) as as_of,"
            " arg_max(lead_id, (status = 'open' and not is_disqualified, total_score)) as best_lead"
            " from lead_scores",
        )[0]
        plan = rows(
            connection,
            "select causes, recomputes_all_events, recomputes_all_scores,"
            " (select count(*) from int_lead_scoring__moments where is_touched) as touched,"
            " (select coalesce(sum(rows), 0)::bigint from stg_lead_scoring__event_load_days"
            " where is_changed or recomputes_all_events) as events_read"
            " from int_lead_scoring__run_plan",
        )[0]
    file = "" if database == runner.DATABASE else f" --database {shlex.quote(str(database))}"
    best_lead = shlex.quote(shown(scored["best_lead"]).plain)
    screen.print(
        f"Scored {scored['leads']:,} leads as of {shown(scored['as_of'])}"
        f" in {result.seconds:.0f} s. Tables: {_short(database)}",
        soft_wrap=True,
    )
    screen.print(_what_was_computed(plan), soft_wrap=True)
    screen.print(f"Why a lead scores so: ./scripts/explain {best_lead}{file}", soft_wrap=True)


def _what_was_computed(plan: Row) -> str:
    """Returns what the run read and computed, and why it was more than what had changed."""
    events = f"{plan['events_read']:,} event rows" + (
        "" if plan["recomputes_all_events"] else " of the load days that changed"
    )
    leads = f"{plan['touched']:,} leads" + (
        "" if plan["recomputes_all_scores"] else " that something touched; all others were kept"
    )
    why = f" Why more than what changed: {plan['causes']}." if plan["causes"] else ""
    return f"Read {events}, and scored {leads}.{why}"


def _rebuild(
    data: Path | None,
    rules: Path | None,
    database: Path,
    threads: int | None,
    first_day: datetime | None,
    last_day: datetime | None,
) -> None:
    if first_day is None or last_day is None:
        raise typer.BadParameter("--from and --to go together.")
    try:
        rebuilt = rebuild(
            first_day=first_day.date(),
            last_day=last_day.date(),
            data=data,
            rules=rules,
            database=database,
            threads=threads,
            echo=True,
        )
    except runner.RunFailed as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    console().print(
        f"Wrote the history of {rebuilt.midnights:,} midnights anew in {rebuilt.passes:,}"
        f" pass{'es' if rebuilt.passes > 1 else ''} and {rebuilt.seconds:.0f} s."
        f" Tables: {_short(database)}",
        soft_wrap=True,
    )


def _short(path: Path) -> Path:
    with contextlib.suppress(ValueError):
        return path.absolute().relative_to(Path.cwd())
    return path


if __name__ == "__main__":
    app(prog_name="./scripts/score")
