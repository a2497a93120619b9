"""The command ./scripts/score: scores leads, then prints a summary and the best of them."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring import runner
from lead_scoring.published.lock import Locked
from lead_scoring.published.monitors import Limits
from lead_scoring.published.places import work_file
from lead_scoring.published.record import RunRecord
from lead_scoring.published.scored_run import (
    HeldBack,
    Options,
    Published,
    rebuild_and_publish,
    score_and_publish,
)
from lead_scoring.summary import print_summary
from lead_scoring.tables import console, open_database, rows, shown
from lead_scoring.times import DateOrder, check_time_zone

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

# What ./scripts/score ends with; 2 is a wrong call.
FAILED, HELD_BACK, LOCKED = 1, 3, 75


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
    input_time_zone: Annotated[
        str | None,
        typer.Option(
            metavar="ZONE",
            help="Time zone of input times that name none, such as Europe/Berlin.",
            envvar="LEAD_SCORING_INPUT_TIME_ZONE",
            show_default="UTC",
        ),
    ] = None,
    date_order: Annotated[
        DateOrder | None,
        typer.Option(
            help="Read input days such as 30/6/2026 (dmy) or 6/30/2026 (mdy) too.",
            envvar="LEAD_SCORING_DATE_ORDER",
        ),
    ] = None,
    database: Annotated[
        Path,
        typer.Option(
            help="DuckDB file to publish; what belongs to it lies beside it.",
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
    keep: Annotated[
        int,
        typer.Option(
            min=2, help="Runs to keep for ./scripts/rollback.", envvar="LEAD_SCORING_KEEP"
        ),
    ] = Options.keep,
    hold_back_percent: Annotated[
        float,
        typer.Option(
            min=0,
            help="Hold a run back in which a stage gains or loses more of its leads than this, "
            "while no rule has changed.",
            envvar="LEAD_SCORING_HOLD_BACK_PERCENT",
        ),
    ] = Limits.percent,
    hold_back_leads: Annotated[
        int,
        typer.Option(
            min=0,
            help="Fewer leads than so many hold no run back.",
            envvar="LEAD_SCORING_HOLD_BACK_LEADS",
        ),
    ] = Limits.leads,
    publish_anyway: Annotated[
        bool, typer.Option("--publish-anyway", help="Publish what would be held back.")
    ] = False,
    checks_data: Annotated[
        bool,
        typer.Option(
            "--check-data/--no-check-data",
            help="Look at the data first, as ./scripts/check_data does.",
            envvar="LEAD_SCORING_CHECK_DATA",
        ),
    ] = True,
) -> None:
    """Scores leads, publishes the tables, and prints the best leads with their reasons.

    Ends with 0 where the run is published, 1 where it failed, 2 where it was called wrongly,
    3 where it is held back, 75 where another run is at work. Where it is not 0, readers see the run
    before.
    """
    options = Options(
        database=database,
        data=data,
        rules=rules,
        as_of=as_of,
        threads=threads,
        full_refresh=full_refresh,
        variables=_variables(announce_rule_changes, input_time_zone, date_order),
        keep=keep,
        limits=Limits(hold_back_percent, hold_back_leads),
        publish_anyway=publish_anyway,
        checks_data=checks_data,
        echo=True,
    )
    with _ends():
        if first_day or last_day:
            _rebuild(options, first_day, last_day)
        else:
            _print(score_and_publish(options, _tell), options)


def _variables(
    announce_rule_changes: bool, input_time_zone: str | None, date_order: DateOrder | None
) -> dict[str, object] | None:
    given: dict[str, object] = {}
    if announce_rule_changes:
        given["lead_scoring_announce_rule_changes"] = True
    if input_time_zone:
        try:
            given["lead_scoring_input_time_zone"] = check_time_zone(input_time_zone)
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--input-time-zone") from None
    if date_order:
        given["lead_scoring_date_order"] = date_order.value
    return given or None


@contextlib.contextmanager
def _ends() -> Iterator[None]:
    """Turns what stops a run into a sentence and an exit code."""
    try:
        yield
    except (runner.RunFailed, HeldBack, Locked) as error:
        _tell(str(error))
        code = {HeldBack: HELD_BACK, Locked: LOCKED}.get(type(error), FAILED)
        raise typer.Exit(code) from None


def _tell(words: str) -> None:
    console(is_error=True).print(words, soft_wrap=True)


def _print(published: Published, options: Options) -> None:
    screen = console()
    for warning in published.warnings:
        screen.print(f"Warning: {warning}\n")
    with open_database(work_file(published.places.database)) as connection:
        print_summary(connection, screen)
        scored = rows(
            connection,
            "select count(*) as leads, max(as_of) as as_of,"
            " arg_max(lead_id, (status = 'open' and not is_disqualified, total_score)) as best_lead"
            " from lead_scores",
        )[0]
    database = options.database
    file = "" if database == runner.DATABASE else f" --database {shlex.quote(str(database))}"
    best_lead = shlex.quote(shown(scored["best_lead"]).plain)
    screen.print(
        f"Scored {scored['leads']:,} leads as of {shown(scored['as_of'])}"
        f" in {published.seconds:.0f} s. Tables: {_short(database)}",
        soft_wrap=True,
    )
    if published.events:
        screen.print(published.events.in_words, soft_wrap=True)
    screen.print(f"Published as run {published.record.run_id}: {_tests(published.record)}.")
    screen.print(f"Why a lead scores so: ./scripts/explain {best_lead}{file}", soft_wrap=True)


def _tests(record: RunRecord) -> str:
    warned = f", {record.tests_warned:,} warned" if record.tests_warned else ""
    return f"{record.tests_passed:,} tests passed{warned}"


def _rebuild(options: Options, first_day: datetime | None, last_day: datetime | None) -> None:
    if first_day is None or last_day is None:
        raise typer.BadParameter("--from and --to go together.")
    rebuilt, published = rebuild_and_publish(options, first_day.date(), last_day.date(), _tell)
    console().print(
        f"Wrote the history of {rebuilt.midnights:,} midnights anew in {rebuilt.passes:,}"
        f" pass{'es' if rebuilt.passes > 1 else ''} and {rebuilt.seconds:.0f} s."
        f" Tables: {_short(options.database)}, run {published.record.run_id}",
        soft_wrap=True,
    )


def _short(path: Path) -> Path:
    with contextlib.suppress(ValueError):
        return path.absolute().relative_to(Path.cwd())
    return path


if __name__ == "__main__":
    app(prog_name="./scripts/score")
