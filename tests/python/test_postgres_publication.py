"""On a PostgreSQL server a run is published whole or not at all, with the rows that DuckDB makes.

One story of a generated schedule runs through the module, in the order of its tests; after each of
its parts every table is compared with that of a DuckDB file. workshop check engines compares more
stories, and kills more runs. Without PostgreSQL on the machine this is left out.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from sqlglot import parse_one
from typer.testing import CliRunner

from generate.schedules import draw_schedule
from lead_scoring.commands.app import app
from lead_scoring.postgres import publication, schemas
from lead_scoring.postgres.connection import Connection
from lead_scoring.postgres.publication import roll_back
from lead_scoring.project import called
from lead_scoring.published.lock import Locked
from lead_scoring.published.monitors import Limits
from lead_scoring.published.scored_run import HeldBack
from lead_scoring.runs.failures import RunFailed
from lead_scoring.runs.rebuild import rebuild
from lead_scoring.warehouses.schemas import Schemas, schemas_of
from lead_scoring_workshop.engines.killed_warehouses import KilledPostgres
from lead_scoring_workshop.engines.kills import KilledRuns
from lead_scoring_workshop.engines.postgres_server import NoPostgresError, postgres_server
from lead_scoring_workshop.engines.same_tables import (
    all_tables,
    compare,
    tables_of_file,
    tables_of_schema,
)
from portable_sql import findings
from postgres_story import CASES, NAME, SEED, Story

# Whoever reads, by a login of its own.
READERS = ("reporting", "sales")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("story")
    runs = draw_schedule(SEED, CASES).runs
    try:
        with postgres_server() as server, pytest.MonkeyPatch.context() as patch:
            for name, value in server.items():
                patch.setenv(name, value)
            patch.setenv("LEAD_SCORING_SCHEMA", NAME)
            yield Story(server, folder, [runs[0], runs[-1]])
    except NoPostgresError as error:
        pytest.skip(str(error))


def test_what_others_made_is_left_alone(story: Story) -> None:
    story.do(f"create schema {NAME}", f"create table {NAME}.customers (id int)")
    with pytest.raises(RunFailed, match=r"run of score made: lead_scoring\.customers\. .* move it"):
        story.publish(story.options(0))
    assert story.ask(f"select count(*) from {NAME}.customers") == [(0,)]
    story.do(f"drop table {NAME}.customers")
    for name in ("public", "Analytics", "a b", "x" * 41):
        with pytest.raises(RunFailed, match="at most 40 small letters"):
            schemas_of(name)


def test_a_failed_first_run_publishes_nothing(story: Story) -> None:
    options = story.options(0)
    story.do("alter table raw.leads rename to leads_elsewhere")
    with pytest.raises(RunFailed, match="does not exist"):
        story.publish(options)
    assert story.ask(f"select to_regclass('{NAME}.lead_scores')") == [(None,)]


def test_readers_see_scores_and_no_contacts_after_every_run(story: Story) -> None:
    # What an administrator does once, before anything is there.
    for reader, schema in zip(READERS, (NAME, f"{NAME}_contacts"), strict=True):
        story.do(
            f"create role {reader} login",
            f"create schema if not exists {schema}",
            f"grant usage on schema {schema} to {reader}",
            f"alter default privileges in schema {schema} grant select on tables to {reader}",
        )
    first = story.publish(story.options(0))
    assert first.startswith("000001-")
    seen = set()
    for reader in READERS:
        for table in ("lead_scores", "score_reasons", "runs", "run_tables"):
            if _may_read(story, reader, f"{NAME}.{table}"):
                seen.add((reader, table))
        for table in (f"{NAME}_contacts.lead_contacts", f"{NAME}_private.int_lead_scoring__scores"):
            if _may_read(story, reader, table):
                seen.add((reader, table.split(".")[1]))
    assert seen == {
        *(("reporting", name) for name in ("lead_scores", "score_reasons", "runs", "run_tables")),
        ("sales", "lead_contacts"),
    }


def _may_read(story: Story, reader: str, table: str) -> bool:
    from psycopg2.errors import InsufficientPrivilege

    try:
        story.ask(f"select 1 from {table} limit 1", reader)
    except InsufficientPrivilege:
        return False
    return True


def test_whoever_reads_keeps_the_run_that_was_begun_with(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schemas, "PATIENCE_WITH_READERS", 0.1)  # the cursor stays open
    story.do("create schema bi", f"create view bi.top as select * from {NAME}.lead_scores")
    (before,) = story.ask(f"select max(as_of), count(*) from {NAME}.lead_scores")
    query = f"select min(as_of), max(as_of), count(*) from {NAME}.lead_scores"
    stop, looks = threading.Event(), story.ask(query, "reporting")

    def watch() -> None:
        while not stop.is_set():
            looks.extend(story.ask(query, "reporting"))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        with Connection({**story.server, "PGUSER": "reporting"}) as reader:
            reader.execute("begin")
            reader.execute(f"declare reading cursor for select as_of from {NAME}.lead_scores")
            rows = list(reader.execute("fetch 1 from reading").fetchall())
            second = story.publish(story.options(1))
            rows += reader.execute("fetch all from reading").fetchall()
    finally:
        stop.set()
        watching.join()
    looks += story.ask(query, "reporting")
    assert rows == [(before[0],)] * int(str(before[1]))
    assert story.look() == second
    assert {len(set(found[:2])) for found in looks} == {1}
    assert len({found[0] for found in looks}) == 2, "both runs were looked at"
    assert any("bi.top read the tables that were published until now" in one for one in story.said)
    assert _may_read(story, "reporting", f"{NAME}.lead_scores")
    assert any("Someone has read lead_scoring for more than 0.1 s" in one for one in story.said)


def test_who_has_found_one_table_finds_the_others_of_the_same_run(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transaction holds what it has read, as a statement does the tables that it has found."""
    tried = threading.Event()

    def wait(_seconds: float) -> None:
        tried.set()
        threading.Event().wait(0.001)

    monkeypatch.setattr("time.sleep", wait)
    newest = story.look()
    for run in ("previous", newest):
        with Connection({**story.server, "PGUSER": "reporting"}) as reader, reader.transaction():
            ((before,),) = reader.execute(f"select max(as_of) from {NAME}.lead_scores").fetchall()
            tried.clear()
            going = threading.Thread(target=roll_back, args=(story.server, Schemas(NAME), run))
            going.start()
            assert tried.wait(30)  # it has found a reader
            for table in ("lead_decay", "score_reasons"):
                ((other,),) = reader.execute(f"select max(as_of) from {NAME}.{table}").fetchall()
                assert other == before, table
        going.join()
        ((after,),) = story.ask(f"select max(as_of) from {NAME}.lead_scores")
        assert after != before
    assert story.look() == newest


def test_no_statement_finds_tables_of_two_runs(story: Story) -> None:
    """Without the search for a quiet instant some of so many swaps are seen by halves."""
    one, other, between = Schemas("swapped"), Schemas("swapped_other"), Schemas("swapped_between")
    for value, these in enumerate((one, other)):
        for part in these.parts:
            story.do(f"create schema {part}")
        for table in "abcdefgh":
            story.do(f"create table {these.name}.{table} as select {value} as value")
    query = "select " + ", ".join(f"(select value from swapped.{table})" for table in "abcdefgh")
    stop, seen = threading.Event(), set[tuple[object, ...]]()

    def watch() -> None:
        with Connection(story.server) as reader:
            while not stop.is_set():
                seen.update(reader.execute(query).fetchall())

    watching = [threading.Thread(target=watch) for _ in range(2)]
    for thread in watching:
        thread.start()
    try:
        with Connection(story.server) as connection:

            def change() -> None:
                for old, new in ((one, between), (other, one), (between, other)):
                    schemas.rename(connection, old, new)

            for _ in range(60):
                assert schemas.swap(connection, one, change)
    finally:
        stop.set()
        for thread in watching:
            thread.join()
    assert seen == {(0,) * 8, (1,) * 8}


def test_two_runs_leave_the_rows_that_duckdb_leaves(story: Story) -> None:
    for number in (0, 1):
        story.on_duckdb(number)
    assert _differences(story) == []


def test_what_was_compiled_holds_nothing_of_one_engine(story: Story) -> None:
    compiled = [
        path
        for path in (story.folder / "postgres" / "target" / "compiled").rglob("*.sql")
        if "models" in path.parts
    ]
    assert len(compiled) > 70
    assert not [
        words
        for path in compiled
        for words in findings(parse_one(path.read_text(), dialect="postgres"), path.stem)
    ]


def _differences(story: Story) -> list[str]:
    ours = cache(tables_of_file(story.database))
    names = [name for name in all_tables() if ours(name) is not None]
    assert len(names) > 70
    return [str(one) for one in compare(ours, tables_of_schema(story.server, NAME), names)]


def test_a_run_goes_back_and_the_next_goes_on_from_there(story: Story) -> None:
    listed = CliRunner().invoke(app, ["rollback", "--target", "postgres"])
    assert [line.split()[0][:6] for line in listed.output.splitlines()[1:]] == ["000002", "000001"]
    with pytest.raises(LookupError, match=r"no run 7 to go back to\. Kept: 000002-"):
        roll_back(story.server, Schemas(NAME), "7")
    back = CliRunner().invoke(app, ["rollback", "previous", "--target", "postgres"])
    assert back.output.startswith("Readers see run 000001-"), back.output
    assert story.look().startswith("000001-")
    assert _may_read(story, "reporting", f"{NAME}.lead_scores")
    third = story.publish(story.options(1))
    assert third.startswith("000003-")
    runs = story.ask(f"select left(run_id, 6) from {NAME}.runs order by run_id")
    assert runs == [("000001",), ("000003",)]
    assert _differences(story) == []


@pytest.mark.thorough
def test_history_is_written_anew_as_on_duckdb(story: Story) -> None:
    first, last = (datetime.fromisoformat(pack.world.as_of[:19]) for pack in story.packs)
    day: date = last.date()
    assert first.date() < day
    options = story.options(1)
    data, _ = story.packs[1].write(story.folder / "pack1")
    rebuild(
        first_day=day,
        last_day=day,
        data=data,
        rules=options.rules,
        database=story.database,
        variables=options.variables,
    )
    rebuilt, record = publication.rebuild_and_publish(options, day, day, story.said.append)
    assert rebuilt.midnights == 1
    assert record.kind == "history"
    assert _differences(story) == []


def test_one_run_at_a_time(story: Story) -> None:
    with (
        publication.only_run(story.server, Schemas(NAME), called("score")),
        pytest.raises(Locked, match=r"at work on lead_scoring: \S+/lead-scoring score of lead"),
    ):
        roll_back(story.server, Schemas(NAME), "previous")
    with publication.only_run(story.server, Schemas("elsewhere"), called("score")):
        assert CliRunner().invoke(app, ["rollback", "9", "--target", "postgres"]).exit_code == 1


def test_a_run_that_moves_too_many_leads_is_held_back(story: Story) -> None:
    before = story.look()
    options = replace(story.options(1), publish_anyway=False, limits=Limits(percent=1, leads=1))
    moved = "update {0}.lead_scores set stage = 'moved'"
    with (
        story.built_without_dbt(moved),
        pytest.raises(HeldBack, match=r"of a stage since the last published run .* lead_scoring_b"),
    ):
        story.publish(options)
    assert story.look() == before


def test_versions_that_name_erased_leads_are_dropped_but_not_what_others_read(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(_versions(story)) >= 3
    options = story.options(1)
    ((lead,),) = story.ask(f"select min(lead_id) from {NAME}.lead_scores")
    story.do(f"update raw.leads set deleted_at = '2020-01-01' where lead_id = '{lead}'")
    monkeypatch.setenv("LEAD_SCORING_DATABASE", str(tmp_path / "x.duckdb"))
    arguments = ["--target", "postgres", "--rules", str(options.rules), "--as-of", options.as_of]
    done = CliRunner().invoke(
        app, ["score", *map(str, arguments), "--input-schema", "raw", "--publish-anyway"]
    )
    assert done.exit_code == 0, done.output
    assert "Tables: schema lead_scoring\nPublished as run 0000" in done.output
    erased_in = story.look()
    assert _versions(story) == [NAME, "lead_scoring_000001"]
    stays = (
        "lead_scoring_000001 is not needed any more, and stays for now: bi.top read it: make these"
        " views anew."
    )
    assert stays in " ".join(done.output.split())
    story.do("drop view bi.top")
    with story.built_without_dbt():
        story.publish(options)
    assert _versions(story) == [NAME, f"lead_scoring_{erased_in[:6]}"]


def _versions(story: Story) -> list[str]:
    with Connection(story.server) as connection:
        return [one.schemas.name for one in schemas.versions(connection, Schemas(NAME))]


@pytest.mark.usefixtures("story")
def test_the_command_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = CliRunner().invoke(app, ["score", "--target", "postgres", "--data", str(tmp_path)])
    assert refused.exit_code == 2
    monkeypatch.setenv("PGPORT", "1")
    lost = CliRunner().invoke(app, ["score", "--target", "postgres"])
    assert lost.exit_code == 1
    assert "The PostgreSQL server does not answer" in lost.output


@pytest.mark.thorough
def test_killed_at_any_instant_a_whole_run_is_seen(story: Story, tmp_path: Path) -> None:
    now = datetime.fromisoformat(story.packs[0].world.as_of[:19])
    data, _ = story.packs[0].write(tmp_path / "pack")
    runs = KilledRuns(KilledPostgres(story.server), data, now, tmp_path, SEED)
    kill = runs.kill("build")  # check engines --kills kills more, and while it publishes
    assert (kill.problem, kill.had_ended) == ("", False)
