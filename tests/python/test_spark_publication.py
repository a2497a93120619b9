"""On Spark a run is published whole or not at all.

Every statement is tried over DuckDB, which stands for Spark's list of tables, some on Spark itself
where ./scripts/setup spark was run. workshop check engines spark --kills kills whole runs.
"""

from __future__ import annotations

import random
import re
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import imitated_spark
from lead_scoring.commands.app import app
from lead_scoring.published.lock import Locked
from lead_scoring.published.monitors import Limits
from lead_scoring.published.scored_run import HeldBack
from lead_scoring.runs.failures import RunFailed
from lead_scoring.spark import publication, views
from lead_scoring.spark.connection import Connection, literal, with_literals
from lead_scoring.spark.lock import only_run
from lead_scoring.spark.publication import Spark
from lead_scoring.spark.session import NoSparkError
from lead_scoring.spark.views import Shown, Table, query_of
from lead_scoring.warehouses.schemas import Schemas
from lead_scoring_workshop.engines.spark_session import spark_session
from spark_story import BEGIN, LOG, NAME, Killed, Met, Story


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    try:
        with spark_session(tmp_path_factory.mktemp("spark")) as started:
            yield started
    except NoSparkError as error:
        pytest.skip(str(error))


@pytest.fixture(params=["imitated", pytest.param("spark", marks=pytest.mark.thorough)])
def story(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """Over DuckDB, or on Spark without tables of another story."""
    if request.param == "imitated":
        monkeypatch.setattr(Spark, "hash_of_row", "hash(read)")
        return Story(Met(imitated_spark.Session()), tmp_path)
    started = request.getfixturevalue("spark")
    for (name,) in started.sql(f"show schemas like '{NAME}*'").collect():
        started.sql(f"drop schema {name} cascade")
    return Story(Met(started), tmp_path)


def test_readers_see_run_after_run_and_may_go_back(story: Story) -> None:
    """Somebody looks at all public tables, one statement after the other, all the while."""
    assert story.publish() == next(iter(story.ask(f"select run_id from {NAME}.current_run")))[0]
    assert story.seen() == (1, 1, 1)
    with watched(story) as looks:
        story.publish()
        assert story.seen() == (2, 2, 2)
        story.roll_back("previous")
        assert story.seen() == (1, 1, 1)
        story.publish()
        assert story.seen() == (3, 3, 2)
    assert {look[0] for look in looks} == {1, 2, 3}
    with pytest.raises(LookupError, match=r"no run 7 to go back to\. Kept: 000003-\S+, 000002-"):
        story.roll_back("7")
    story.publish(keep=2)
    kept = {name[1:7] for name in story.schemas() if name.endswith("z")}
    assert kept == {"000004", "000003"}
    assert story.seen() == (4, 4, 3)
    assert "run_at_work" not in story.tables(NAME)


class watched:  # noqa: N801
    """Looks at what readers see until it ends; the looks are its runs, in order."""

    def __init__(self, story: Story) -> None:
        self._story, self._stop = story, threading.Event()
        self._looks: list[tuple[Any, ...]] = []
        self._errors: list[BaseException] = []
        self._thread = threading.Thread(target=self._watch)

    def _watch(self) -> None:
        try:
            while not self._stop.is_set():
                self._looks.append(self._story.seen())
        except BaseException as error:
            self._errors.append(error)

    def __enter__(self) -> list[tuple[Any, ...]]:
        self._thread.start()
        return self._looks

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._looks.append(self._story.seen())
        assert not self._errors


def test_a_run_that_fails_or_is_held_back_leaves_no_trace(story: Story) -> None:
    story.publish()
    story.fails = True
    with pytest.raises(RunFailed, match="a test failed"):
        story.publish()
    assert story.seen() == (1, 1, 1)
    story.fails, story.leads = False, 3
    with pytest.raises(HeldBack, match=r"of a stage since .* the schema scores_000002_\d+t\d+z;"):
        story.publish(limits=Limits(percent=1, leads=1))
    assert story.seen() == (1, 1, 1)
    story.leads = 12
    story.publish()
    assert story.seen() == (2, 4, 2)
    assert len({name[:7] for name in story.schemas() if name.endswith("z")}) == 2


@pytest.mark.parametrize("story", ["imitated", "spark"], indirect=True)
def test_the_instant_of_the_switch_is_the_same_for_all_tables(story: Story) -> None:
    """A statement that is planned before it goes on in the run that it was planned for."""
    story.publish()
    planned = Connection(story.session).execute(f"select max(as_of) from {NAME}.lead_scores")
    story.publish()
    assert planned.fetchall() == [(BEGIN + timedelta(hours=1),)]
    assert story.seen() == (2, 2, 2)


def test_no_statement_finds_tables_of_two_runs(spark: Any) -> None:
    """Two readers plan statements over six views while these change, and what they show, again and
    again. With views that name one run each, and are replaced one after another, some fail.
    """
    schemas, runs, connection = Schemas("swapped"), ("000001-x", "000002-y"), Connection(spark)
    tables = {}
    for run_id in runs:
        connection.execute(f"create schema swapped_{run_id[-1]}")
        for name in "abcdef":
            table = f"swapped_{run_id[-1]}.{name}"
            connection.execute(f"create table {table} using parquet as select '{run_id}' as run")
            tables[run_id, name] = Table(run_id, table, {"run": "string"})

    def queries(before: str, coming: str) -> dict[str, str]:
        return {
            f"swapped.{name}": query_of(
                "swapped.current_run", tables[before, name], tables[coming, name]
            )
            for name in "abcdef"
        }

    connection.execute("create schema swapped")
    views.show(connection, schemas, Shown(runs[0], runs))
    views.put(connection, queries(*runs))
    stop, seen = threading.Event(), list[frozenset[str]]()

    def watch() -> None:
        reader, source = spark.newSession(), random.Random(1)
        while not stop.is_set():
            names = source.sample("abcdef", 6)
            plan = reader.sql(
                " union all ".join(f"select run from swapped.{each}" for each in names)
            )
            read = re.findall(
                r"swapped_(\w)\.", plan._jdf.queryExecution().optimizedPlan().toString()
            )
            assert len(read) == 6
            seen.append(frozenset(read))

    watching = [threading.Thread(target=watch) for _ in range(2)]
    for thread in watching:
        thread.start()
    try:
        for number in range(30):
            before, coming = runs[number % 2], runs[(number + 1) % 2]
            views.put(connection, queries(before, coming))
            views.show(connection, schemas, Shown(coming, runs))
    finally:
        stop.set()
        for thread in watching:
            thread.join()
    assert set(seen) == {frozenset("x"), frozenset("y")}
    print(f"{len(seen)} looks")


def test_columns_and_tables_may_come_and_go(story: Story) -> None:
    story.more = ", 1 as a, 2 as b"
    story.publish()
    story.more, story.without = ", 'x' as b, 3 as c", "lead_score_history"
    assert "lead_score_history" in story.tables(NAME)
    story.publish()
    assert story.ask(f"select distinct b, c from {NAME}.lead_scores") == [("x", 3)]
    assert "lead_score_history" not in story.tables(NAME)
    story.without = ""
    story.publish()
    assert story.seen() == (3, 3, 3)
    story.roll_back("previous")
    assert "lead_score_history" not in story.tables(NAME)
    story.roll_back("3")
    assert story.seen() == (3, 3, 3)


def test_who_is_erased_is_in_no_run_that_is_kept(story: Story) -> None:
    story.publish()
    story.publish()
    story.erased = "L1"
    third = story.publish()
    runs = {name for name in story.schemas() if name.endswith("z")}
    assert runs == {f"_{third.replace('-', '_').lower()}"}
    assert story.seen() == (3, 3, 3)
    log = f"{NAME}{next(iter(runs))}_private.{LOG}"
    assert story.ask(f"select lead_id from {log} order by lead_id") == [("L2",), ("L3",)]
    if story.session.version != "of DuckDB":
        done = {row[4] for row in story.ask(f"describe history {log}")}
        assert done == {"CREATE TABLE", "WRITE"}, "no older version of the table holds the row"


def test_one_run_at_a_time(story: Story, tmp_path: Path) -> None:
    story.publish()
    connection, schemas = Connection(story.session), Schemas(NAME)
    with only_run(connection, schemas, tmp_path / "elsewhere", "score"):
        with pytest.raises(Locked, match=r"at work on scores: score, process .* drop view scores"):
            story.publish()
        with pytest.raises(Locked, match="at work on this database: score"):
            publication.roll_back(story.session, schemas, tmp_path / "elsewhere", "1")
    # Who is killed leaves it. The next run of the same folder takes it over, others do not.
    with pytest.raises(Killed), only_run(connection, schemas, tmp_path / "elsewhere", "score"):
        connection.execute(f"create view {NAME}.copied as select * from {NAME}.run_at_work")
        (left,) = story.ask(f"select * from {NAME}.run_at_work")
        raise Killed
    holder, folder = (literal(value) for value in left)
    connection.execute(f"drop view {NAME}.copied")
    query = f"select {holder} as holder, {folder} as work_folder"
    connection.execute(f"create view {NAME}.run_at_work as {query}")
    with pytest.raises(Locked):
        story.publish()
    with only_run(connection, schemas, tmp_path / "elsewhere", "rollback"):
        assert story.ask(f"select holder from {NAME}.run_at_work")[0][0].startswith("rollback,")
    assert story.seen() == (1, 1, 1)


def test_tables_in_the_place_of_views_are_left_alone(story: Story) -> None:
    connection = Connection(story.session)
    connection.execute(f"create schema {NAME}")
    connection.execute(f"create table {NAME}.lead_scores using delta as select 1 as a")
    connection.execute(f"create table {NAME}.mine using delta as select 1 as a")
    with pytest.raises(RunFailed, match=r"publication: scores\.lead_scores\. Drop them"):
        story.publish()
    connection.execute(f"drop table {NAME}.lead_scores")
    story.publish()
    assert story.seen() == (1, 2, 1)
    assert story.ask(f"select a from {NAME}.mine") == [(1,)]


def test_killed_at_any_statement_the_run_before_is_seen_or_the_new_one(story: Story) -> None:
    """Each kill is of the run after the one that the kill before left; nothing is mended between.

    The last of a publication's statements drop what is too old, when readers see the new run. They
    look before each statement, also at what the run before has left.
    """
    story.publish()
    story.publish(keep=2)
    before, killed, numbers = story.seen(), 0, set()
    while True:
        killed += 1 if story.session.version == "of DuckDB" else 4
        if not killed_at(story, killed, lambda: story.publish(keep=2)):
            break
        after = story.seen()
        assert after == before or after == (before[0] + 1, story.hour, before[2] + 1), killed
        numbers.add(after[0] - before[0])
        before = after
    assert numbers == {0, 1}, "some kills were after the switch"
    assert killed > 30
    assert story.seen() == (before[0] + 1, story.hour, before[2] + 1)
    assert len({name[:7] for name in story.schemas() if name.endswith("z")}) == 2


def killed_at(story: Story, statement: int, done: Callable[[], object]) -> bool:
    """Does something until so many statements that change something have begun; tells whether
    there were so many.
    """
    count = 0

    def met(words: str) -> None:
        nonlocal count
        count += not words.startswith(("show", "select"))
        if story.session.version == "of DuckDB":
            reader.seen()
        if count >= statement:
            raise Killed

    reader = replace(story, session=Met(story.session.session))
    story.session.told.append(met)
    try:
        done()
    except Killed:
        return True
    finally:
        story.session.told.clear()
    return False


def test_a_rollback_that_is_killed_has_gone_back_or_not(story: Story) -> None:
    killed, seen = 1, set[object]()
    for _ in range(3):
        story.publish()
    while killed_at(story, killed, lambda: story.roll_back("1")):
        seen.add(story.seen())
        if story.seen() == (1, 1, 1):
            story.roll_back("3")
        killed += 1 if story.session.version == "of DuckDB" else 4
    assert seen == {(1, 1, 1), (3, 3, 3)}
    story.publish()
    assert story.seen() == (4, 4, 2)


def test_a_view_names_both_runs_and_asks_which() -> None:
    old = Table("000001-x", "a.t", {"id": "int", "gone": "string", "n": "int"})
    new = Table("000002-y", "b.t", {"id": "int", "n": "bigint", "come": "date"})
    asked = "(select run_id from s.current_run)"
    assert query_of("s.current_run", old, new) == (
        "select `id`, try_cast(`n` as bigint) as `n`, cast(null as date) as `come`, `gone`"
        f" from a.t where {asked} = '000001-x' union all"
        " select `id`, `n`, `come`, cast(null as string) as `gone`"
        f" from b.t where {asked} <> '000001-x'"
    )
    assert query_of("s.current_run", None, new) == (
        f"select `id`, `n`, `come` from b.t where {asked} = '000002-y'"
    )


def test_values_are_written_as_spark_reads_them() -> None:
    assert with_literals("a = ? and b < ?", ["it's \\", 2]) == "a = 'it\\'s \\\\' and b < 2"
    with pytest.raises(ValueError, match="zip"):
        with_literals("a = ?", [1, 2])


def test_the_command_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEAD_SCORING_DATABASE", str(tmp_path / "x.duckdb"))
    for words in (["--data", str(tmp_path)], ["--from", "2026-06-01", "--to", "2026-06-02"]):
        refused = CliRunner().invoke(app, ["score", "--target", "spark", *words])
        assert refused.exit_code == 2, refused.output
    for module in ("pyspark", "pyspark.errors", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, module, None)
    missing = CliRunner().invoke(app, ["rollback", "--target", "spark"])
    assert missing.exit_code == 1
    assert "./scripts/setup spark" in missing.output
