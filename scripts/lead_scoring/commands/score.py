"""The command lead-scoring score, which ./scripts/score calls too."""

from __future__ import annotations

import contextlib
import shlex
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Protocol

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import complain, ending, print_json
from lead_scoring.commands.variables import run_variables
from lead_scoring.databases import Queries, open_database
from lead_scoring.exports import exports_of, read_as
from lead_scoring.exports.counts import counts_in_words
from lead_scoring.places import spark_folder, work_file
from lead_scoring.project import DATABASE, called
from lead_scoring.published.lock import Locked
from lead_scoring.published.monitors import Limits
from lead_scoring.published.options import RunOptions
from lead_scoring.published.record import RunRecord
from lead_scoring.published.scored_run import (
    HeldBack,
    Options,
    Published,
    rebuild_and_publish,
    score_and_publish,
)
from lead_scoring.reading.kinds import InputError
from lead_scoring.runs.failures import RunFailed
from lead_scoring.runs.rebuild import Rebuilt
from lead_scoring.runs.summary import best_lead, print_summary, summary_values
from lead_scoring.terminal import console, shown

FAILED, HELD_BACK, LOCKED = 1, 3, 75
ENDS = {
    0: "published",
    FAILED: "failed",
    2: "called wrongly",
    HELD_BACK: "held back",
    LOCKED: "another run is at work",
}
EXAMPLES = {
    "": "the demo",
    "--data my_folder --rules my_rules": "your own data and rules",
    "--as-of 2026-03-31T00:00:00Z": "what the scores were then",
}
DAY = ["%Y-%m-%d"]


def main(
    data: given.Data = None,
    source: given.Source = None,
    rules: given.Rules = None,
    as_of: given.AsOf = None,
    input_time_zone: given.InputTimeZone = None,
    date_order: given.DayOrder = None,
    database: given.Database = DATABASE,
    target: given.OnTarget = given.Target.DUCKDB,
    input_schema: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Schema of a warehouse's inputs.",
            envvar="LEAD_SCORING_INPUT_SCHEMA",
            show_envvar=False,
            show_default="lead_scoring_inputs",
        ),
    ] = None,
    threads: given.Threads = None,
    full_refresh: Annotated[
        bool, typer.Option("--full-refresh", help="Build every table anew.")
    ] = False,
    announce_rule_changes: Annotated[
        bool,
        typer.Option("--announce-rule-changes", help="Hand over leads that rise by new rules too."),
    ] = False,
    first_day: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            metavar="DAY",
            formats=DAY,
            help="Only write these days' history anew, by the rules of then.",
        ),
    ] = None,
    last_day: Annotated[
        datetime | None, typer.Option("--to", metavar="DAY", formats=DAY, help="See --from.")
    ] = None,
    keep: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=2,
            help="Runs to keep for rollback.",
            envvar="LEAD_SCORING_KEEP",
            show_envvar=False,
        ),
    ] = Options.keep,
    hold_back_percent: Annotated[
        float,
        typer.Option(
            metavar="N",
            min=0,
            help="Hold back where a stage changes by more.",
            envvar="LEAD_SCORING_HOLD_BACK_PERCENT",
            show_envvar=False,
        ),
    ] = Limits.percent,
    hold_back_leads: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=0,
            help="Never for fewer leads than so many.",
            envvar="LEAD_SCORING_HOLD_BACK_LEADS",
            show_envvar=False,
        ),
    ] = Limits.leads,
    publish_anyway: Annotated[
        bool, typer.Option("--publish-anyway", help="Publish what would be held back.")
    ] = False,
    checks_data: Annotated[
        bool,
        typer.Option(
            "--check-data/--no-check-data",
            help="Look at the data first.",
            envvar="LEAD_SCORING_CHECK_DATA",
            show_envvar=False,
        ),
    ] = True,
    as_json: given.AsJson = False,
) -> None:
    """The data are files leads, events, outcomes and, if any, lead_merges, as .csv, .csv.gz or
    .parquet, or folders of parts; rule tables that the folder of rules lacks are the project's.

    A run is published whole or not at all: where it fails, readers see the run before.
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
    codes = {HeldBack: HELD_BACK, Locked: LOCKED, RunFailed: FAILED, InputError: FAILED}
    with ending(codes), read_as(source):
        if data and (exports := exports_of(data.absolute())):
            complain(exports.in_words)
        if target is not given.Target.DUCKDB:
            if data is not None:
                raise typer.BadParameter(
                    "In a warehouse the inputs are its own tables: name their schema by"
                    " --input-schema."
                )
            if source:
                variables = {**(options.variables or {}), "lead_scoring_sources": source.split(",")}
                options = replace(options, variables=variables)
            run = _on_server if target is given.Target.POSTGRES else _on_spark
            run(options, input_schema, days, as_json=as_json)
        elif days:
            rebuilt, published = rebuild_and_publish(options, *days, complain)
            _tell_rebuilt(rebuilt, published.record, str(_short(database)), as_json=as_json)
        else:
            _tell(score_and_publish(options, complain), options, as_json=as_json)


def _days(first_day: datetime | None, last_day: datetime | None) -> tuple[date, date] | None:
    if first_day is None and last_day is None:
        return None
    if first_day is None or last_day is None:
        raise typer.BadParameter("--from and --to go together.")
    return first_day.date(), last_day.date()


def _on_server(
    asked: Options, input_schema: str | None, days: tuple[date, date] | None, *, as_json: bool
) -> None:
    # What it needs comes with dbt's adapter, which only this engine has.
    from lead_scoring.postgres import publication
    from lead_scoring.postgres.connection import Connection, server_of_environment
    from lead_scoring.postgres.options import ServerOptions
    from lead_scoring.warehouses.schemas import schemas_of_environment

    options = ServerOptions(
        server=server_of_environment(),
        schemas=schemas_of_environment(),
        work_folder=asked.database.with_name("postgres.run").absolute(),
        input_schema=input_schema,
        **{each.name: getattr(asked, each.name) for each in fields(RunOptions)},
    )
    place = f"schema {options.schemas.name}"
    if days:
        rebuilt, record = publication.rebuild_and_publish(options, *days, complain)
        _tell_rebuilt(rebuilt, record, place, as_json=as_json)
        return
    published = publication.score_and_publish(options, complain)
    with Connection(options.server, options.schemas.parts) as connection:
        _tell_counts(connection, asked, options.schemas.private)
        _tell_run(connection, published, place, as_json=as_json)


def _on_spark(
    asked: Options, input_schema: str | None, days: tuple[date, date] | None, *, as_json: bool
) -> None:
    from lead_scoring.spark import publication
    from lead_scoring.spark.connection import Connection
    from lead_scoring.spark.session import spark_session
    from lead_scoring.spark.views import place_of
    from lead_scoring.warehouses.options import WarehouseOptions
    from lead_scoring.warehouses.schemas import schemas_of_environment

    if days:
        raise typer.BadParameter("--from and --to write no history anew on Spark.")
    options = WarehouseOptions(
        schemas=schemas_of_environment(),
        work_folder=spark_folder(asked.database),
        input_schema=input_schema,
        **{each.name: getattr(asked, each.name) for each in fields(RunOptions)},
    )
    with spark_session(options.work_folder / "logs" / "spark.log") as session:
        published = publication.score_and_publish(session, options, complain)
        made = place_of(options.schemas, published.record.run_id)
        with Connection(session, made.parts) as connection:
            _tell_counts(connection, asked, made.private)
            _tell_run(connection, published, f"schema {options.schemas.name}", as_json=as_json)


def _tell_counts(connection: Queries, asked: Options, private: str) -> None:
    if (asked.variables or {}).get("lead_scoring_sources"):
        complain(counts_in_words(connection, private, "tables"))


def _tell(published: Published, options: Options, *, as_json: bool) -> None:
    database = options.database
    with open_database(work_file(published.places.database)) as connection:
        _tell_run(connection, published, str(_short(database)), as_json=as_json)
        best = shown(best_lead(connection)).plain
    if as_json:
        return
    screen = console()
    if published.events:
        screen.print(published.events.in_words, soft_wrap=True)
    file = "" if database == DATABASE else f" --database {shlex.quote(str(database))}"
    why = called(f"explain {shlex.quote(best)}{file}")
    screen.print(f"Why a lead scores so: {why}", soft_wrap=True)


class _Run(Protocol):
    """What a published run tells, whatever the engine."""

    @property
    def record(self) -> RunRecord: ...
    @property
    def seconds(self) -> float: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...


def _tell_run(connection: Queries, published: _Run, place: str, *, as_json: bool) -> None:
    """Prints what a run made of its input."""
    record = published.record
    if as_json:
        print_json(
            {
                **_of_record(record, place),
                "seconds": round(published.seconds, 1),
                "warnings": published.warnings,
                **summary_values(connection),
            }
        )
        return
    screen = console()
    for warning in published.warnings:
        screen.print(f"Warning: {warning}\n")
    print_summary(connection, screen)
    screen.print(
        f"Scored {record.leads:,} leads as of {shown(record.as_of)}"
        f" in {published.seconds:.0f} s. Tables: {place}",
        soft_wrap=True,
    )
    screen.print(f"Published as run {record.run_id}: {record.tests_in_words}.")


def _of_record(record: RunRecord, place: str) -> dict[str, object]:
    return {
        "run_id": record.run_id,
        "as_of": record.as_of,
        "tables": place,
        "leads": record.leads,
        "tests_passed": record.tests_passed,
        "tests_warned": record.tests_warned,
    }


def _tell_rebuilt(rebuilt: Rebuilt, record: RunRecord, place: str, *, as_json: bool) -> None:
    if as_json:
        figures = {"midnights": rebuilt.midnights, "passes": rebuilt.passes}
        print_json({**_of_record(record, place), **figures, "seconds": round(rebuilt.seconds, 1)})
        return
    console().print(
        f"Wrote the history of {rebuilt.midnights:,} midnights anew in {rebuilt.passes:,}"
        f" pass{'es' if rebuilt.passes > 1 else ''} and {rebuilt.seconds:.0f} s."
        f" Tables: {place}, run {record.run_id}",
        soft_wrap=True,
    )


def _short(path: Path) -> Path:
    with contextlib.suppress(ValueError):
        return path.absolute().relative_to(Path.cwd())
    return path
