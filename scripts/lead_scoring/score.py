"""The command ./scripts/score: scores leads, then prints a summary and the best of them."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Protocol

import typer

from lead_scoring import runner
from lead_scoring.exports import exports_of, read_as
from lead_scoring.exports.counts import counts_in_words
from lead_scoring.input_kinds import InputError
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
from lead_scoring.rebuild import Rebuilt
from lead_scoring.run_variables import run_variables
from lead_scoring.summary import print_summary
from lead_scoring.tables import Queries, console, open_database, rows, shown
from lead_scoring.times import DateOrder

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Target(str, Enum):
    """Where a run scores, by the names of the profile's targets."""

    DUCKDB = "duckdb"
    POSTGRES = "postgres"


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
    source: Annotated[
        str | None,
        typer.Option(
            help="The tool whose exports the folder holds, or on a server whose tables are read: "
            "hubspot, salesforce, marketo, segment, snowplow or ga4, or several with commas.",
            envvar="LEAD_SCORING_SOURCE",
            show_default="told by the files",
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
    target: Annotated[
        Target,
        typer.Option(
            help="Score into a DuckDB file, or on the PostgreSQL server that PGHOST, ... name, "
            "into the schema LEAD_SCORING_SCHEMA.",
            envvar="DBT_TARGET",
        ),
    ] = Target.DUCKDB,
    input_schema: Annotated[
        str | None,
        typer.Option(
            help="On a server: the schema with the tables leads, events, outcomes, lead_merges.",
            envvar="LEAD_SCORING_INPUT_SCHEMA",
            show_default="lead_scoring_inputs",
        ),
    ] = None,
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
        variables=run_variables(announce_rule_changes, input_time_zone, date_order),
        keep=keep,
        limits=Limits(hold_back_percent, hold_back_leads),
        publish_anyway=publish_anyway,
        checks_data=checks_data,
        echo=True,
    )
    days = _days(first_day, last_day)
    with _ends(), read_as(source):
        if data and (exports := exports_of(data.absolute())):
            _tell(exports.in_words)
        if target is Target.POSTGRES:
            if data is not None:
                raise typer.BadParameter(
                    "On a server the inputs are its own tables: name their schema by"
                    " --input-schema."
                )
            if source:
                variables = {**(options.variables or {}), "lead_scoring_sources": source.split(",")}
                options = replace(options, variables=variables)
            _on_server(options, input_schema, days)
        elif days:
            _rebuild(options, *days)
        else:
            _print(score_and_publish(options, _tell), options)


def _days(first_day: datetime | None, last_day: datetime | None) -> tuple[date, date] | None:
    if first_day is None and last_day is None:
        return None
    if first_day is None or last_day is None:
        raise typer.BadParameter("--from and --to go together.")
    return first_day.date(), last_day.date()


@contextlib.contextmanager
def _ends() -> Iterator[None]:
    """Turns what stops a run into a sentence and an exit code."""
    try:
        yield
    except (runner.RunFailed, HeldBack, Locked, InputError) as error:
        _tell(str(error))
        code = {HeldBack: HELD_BACK, Locked: LOCKED}.get(type(error), FAILED)
        raise typer.Exit(code) from None


def _tell(words: str) -> None:
    console(is_error=True).print(words, soft_wrap=True)


def _on_server(given: Options, input_schema: str | None, days: tuple[date, date] | None) -> None:
    # What it needs comes with dbt's adapter, which only this engine has.
    from lead_scoring.postgres import publication
    from lead_scoring.postgres.connection import Connection, server_of_environment
    from lead_scoring.postgres.schemas import schemas_of_environment

    options = publication.ServerOptions(
        server=server_of_environment(),
        schemas=schemas_of_environment(),
        work_folder=given.database.with_name("postgres.run").absolute(),
        input_schema=input_schema,
        rules=given.rules,
        as_of=given.as_of,
        threads=given.threads,
        full_refresh=given.full_refresh,
        variables=given.variables,
        keep=given.keep,
        limits=given.limits,
        publish_anyway=given.publish_anyway,
        echo=given.echo,
    )
    place = f"schema {options.schemas.name}"
    if days:
        rebuilt, record = publication.rebuild_and_publish(options, *days, _tell)
        _print_rebuilt(rebuilt, f"{place}, run {record.run_id}")
        return
    published = publication.score_and_publish(options, _tell)
    with Connection(options.server, options.schemas.parts) as connection:
        if (given.variables or {}).get("lead_scoring_sources"):
            _tell(counts_in_words(connection, options.schemas.private, "tables"))
        _print_run(connection, published, place)


def _print(published: Published, options: Options) -> None:
    database = options.database
    with open_database(work_file(published.places.database)) as connection:
        best_lead = _print_run(connection, published, str(_short(database)))
    screen = console()
    if published.events:
        screen.print(published.events.in_words, soft_wrap=True)
    file = "" if database == runner.DATABASE else f" --database {shlex.quote(str(database))}"
    screen.print(
        f"Why a lead scores so: ./scripts/explain {shlex.quote(best_lead)}{file}", soft_wrap=True
    )


class _Run(Protocol):
    """What a published run tells, whatever the engine."""

    @property
    def record(self) -> RunRecord: ...
    @property
    def seconds(self) -> float: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...


def _print_run(connection: Queries, published: _Run, place: str) -> str:
    """Prints what a run made of its input; returns the best open lead."""
    screen = console()
    for warning in published.warnings:
        screen.print(f"Warning: {warning}\n")
    print_summary(connection, screen)
    best = rows(
        connection,
        "select lead_id, as_of from lead_scores order by"
        " case when status = 'open' and not is_disqualified then 0 else 1 end,"
        " total_score desc, lead_id limit 1",
    )
    record = published.record
    screen.print(
        f"Scored {record.leads:,} leads as of {shown(record.as_of)}"
        f" in {published.seconds:.0f} s. Tables: {place}",
        soft_wrap=True,
    )
    screen.print(f"Published as run {record.run_id}: {record.tests_in_words}.")
    return shown(best[0]["lead_id"] if best else None).plain


def _rebuild(options: Options, first_day: date, last_day: date) -> None:
    rebuilt, published = rebuild_and_publish(options, first_day, last_day, _tell)
    _print_rebuilt(rebuilt, f"{_short(options.database)}, run {published.record.run_id}")


def _print_rebuilt(rebuilt: Rebuilt, place: str) -> None:
    console().print(
        f"Wrote the history of {rebuilt.midnights:,} midnights anew in {rebuilt.passes:,}"
        f" pass{'es' if rebuilt.passes > 1 else ''} and {rebuilt.seconds:.0f} s. Tables: {place}",
        soft_wrap=True,
    )


def _short(path: Path) -> Path:
    with contextlib.suppress(ValueError):
        return path.absolute().relative_to(Path.cwd())
    return path


if __name__ == "__main__":
    app(prog_name="./scripts/score")
