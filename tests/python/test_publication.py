"""Publication: what readers see before, during and after a run, however the run ends.

Most runs here build a few rows by hand in place of dbt: what is tried is all that stands around it.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lead_scoring import private_files as files
from lead_scoring.places import Places, places_of, work_file
from lead_scoring.project import called
from lead_scoring.published import older_version, scored_run, versions
from lead_scoring.published.lock import Locked, only_run
from lead_scoring.published.monitors import Limits
from lead_scoring.published.publication import is_damaged
from lead_scoring.published.scored_run import HeldBack, Options
from lead_scoring.published.versions import current_version
from lead_scoring.runs import runner
from lead_scoring.runs.failures import RunFailed
from test_commands import write_input

PUBLIC = ("lead_scores", "lead_contacts", "lead_score_history")
TABLES = """
    create or replace table stg_lead_scoring__as_of as select timestamp '2026-06-30' as as_of;
    create or replace table int_lead_scoring__rules_fingerprint as
    select '{rules}' as rules_fingerprint, 'abc' as rules_commit;
    create or replace table lead_scores as
    select 'L' || n as lead_id, if(n % 10 < {mql_of_ten}, 'mql', 'lead') as stage,
        '{rules}' as rules_fingerprint
    from range({first}, {first} + {leads}) as numbers (n);
    create or replace view lead_contacts as select lead_id, lead_id || '@x.example' as email
    from main.lead_scores;
    create table if not exists int_lead_scoring__score_log (lead_id varchar, leads bigint);
    insert into int_lead_scoring__score_log select 'log', {leads};
    create or replace table last_logged_rows as
    select sum(leads) as leads from int_lead_scoring__score_log;
    create or replace view lead_score_history as from main.int_lead_scoring__score_log;
    create or replace table stg_lead_scoring__lead_identities as
    select hash(lead_id) as lead_hash, lead_id, false as is_erased from lead_scores
    union all select hash('{erased}'), null, true;
"""


class Builder:
    """Builds a run's file in place of dbt; its attributes say what comes out."""

    def __init__(self) -> None:
        self.leads, self.first, self.mql_of_ten, self.rules = 1000, 0, 3, "r1"
        self.erased = ""
        self.fails = False
        self.full_refreshes: list[bool] = []
        self.meanwhile: Callable[[Path], None] = lambda _: None

    def __call__(self, *, database: Path, work_folder: Path, **options: Any) -> runner.RunResult:
        self.full_refreshes.append(options["full_refresh"])
        tables = TABLES.format(
            leads=self.leads,
            first=self.first,
            mql_of_ten=self.mql_of_ten,
            rules=self.rules,
            erased=self.erased,
        )
        try:
            with duckdb.connect(str(database)) as connection:
                connection.execute(tables)
        except duckdb.Error as error:
            raise RunFailed(str(error)) from None
        nodes = {
            name: {"name": name, "resource_type": "model", "access": "public"} for name in PUBLIC
        }
        (work_folder / "target").mkdir(exist_ok=True)
        (work_folder / "target" / "manifest.json").write_text(json.dumps({"nodes": nodes}))
        self.meanwhile(database)
        if self.fails:
            raise RunFailed("test x: 3 rows")
        return runner.RunResult(work_folder, 1.0, 3, {"pass": 3}, (), database)


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> Builder:
    made = Builder()
    monkeypatch.setattr(runner, "score", made)
    return made


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(database=tmp_path / "out" / "x.duckdb", data=write_input(tmp_path / "data"))


def run(options: Options) -> tuple[str, list[str]]:
    """Returns the id of the run that is published, and what it told."""
    told: list[str] = []
    return scored_run.score_and_publish(options, told.append).record.run_id, told


def seen(places: Places) -> dict[str, object]:
    """What a reader of the published file finds."""
    with duckdb.connect(str(places.database), read_only=True) as connection:
        (run_id,) = connection.execute("select max(run_id) from runs").fetchall()[0]
        (leads,) = connection.execute("select count(*) from lead_scores").fetchall()[0]
        history = connection.execute("select leads from lead_score_history").fetchall()
        tables = {name for (name,) in connection.execute("show tables").fetchall()}
    return {"run": run_id, "leads": leads, "history": [n for (n,) in history], "tables": tables}


def test_a_run_is_published_with_its_record(builder: Builder, options: Options) -> None:
    run_id, told = run(options)
    assert told == []
    places = places_of(options.database)
    assert seen(places) == {
        "run": run_id,
        "leads": 1000,
        "history": [1000],
        "tables": {"lead_scores", "lead_score_history", "runs", "run_tables"},
    }
    with duckdb.connect(str(places.database), read_only=True) as connection:
        record = connection.execute(
            "select kind, rules_fingerprint, tests_passed, tests_failed, leads, events_read,"
            " length(inputs_fingerprint), length(settings_fingerprint),"
            " started_at <= finished_at from runs"
        ).fetchall()
        counts = connection.execute("select table_name, rows from run_tables").fetchall()
    (values,) = record
    assert values == ("run", "r1", 3, 0, 1000, 0, 32, 32, True)
    assert dict(counts) == {"lead_scores": 1000, "lead_contacts": 1000, "lead_score_history": 1}
    with duckdb.connect(str(places.contacts), read_only=True) as connection:
        assert connection.execute("select count(email) from lead_contacts").fetchall() == [(1000,)]


def test_only_its_owner_may_read_what_is_private(builder: Builder, options: Options) -> None:
    run(options)
    places = places_of(options.database)
    modes = {
        path: stat.S_IMODE(path.stat().st_mode)
        for path in (places.database, places.contacts, places.work, places.run_folder, places.lock)
    }
    assert list(modes.values()) == [0o640, 0o600, 0o600, 0o700, 0o600]
    assert stat.S_IMODE(places.versions.stat().st_mode) == 0o750
    assert work_file(options.database).samefile(places.work)


def test_a_run_that_fails_changes_nothing(builder: Builder, options: Options) -> None:
    run(options)
    before = seen(places_of(options.database))
    builder.leads, builder.fails = 990, True
    with pytest.raises(RunFailed, match="3 rows"):
        run(options)
    assert seen(places_of(options.database)) == before
    builder.fails = False
    run(options)
    # The run that failed is not on record either.
    assert seen(places_of(options.database))["history"] == [1000, 990]


def test_readers_see_the_run_before_until_the_end(builder: Builder, options: Options) -> None:
    run(options)
    places = places_of(options.database)
    before = seen(places)
    during: list[dict[str, object]] = []
    builder.leads, builder.meanwhile = 990, lambda _: during.append(seen(places))
    reader = duckdb.connect(str(places.database), read_only=True)
    run(options)
    assert during == [before]
    assert reader.execute("select count(*) from lead_scores").fetchall() == [(1000,)]
    reader.close()
    assert seen(places)["leads"] == 990


def test_a_second_run_ends_at_once(builder: Builder, options: Options) -> None:
    run(options)
    places = places_of(options.database)
    with only_run(places.lock, called("score")), pytest.raises(Locked) as caught:
        run(options)
    assert f"{called('score')}, process {os.getpid()} on " in str(caught.value)
    assert "since 20" in str(caught.value)
    assert len(builder.full_refreshes) == 1
    run(options)


@pytest.mark.parametrize("rules", ["r1", "r2"])
def test_a_run_that_moves_too_much_is_held_back(
    builder: Builder, options: Options, rules: str
) -> None:
    run(options)
    builder.mql_of_ten, builder.rules = 5, rules
    if rules == "r2":
        run(options)
        return
    with pytest.raises(HeldBack) as caught:
        run(options)
    assert "mql 300 -> 500 leads (+67 %)" in str(caught.value)
    assert "--publish-anyway" in str(caught.value)
    assert seen(places_of(options.database))["history"] == [1000]
    run(replace(options, publish_anyway=True))
    assert seen(places_of(options.database))["history"] == [1000, 1000]


@pytest.mark.parametrize(
    ("leads", "first", "is_held"),
    [(1000, 500, False), (1000, 501, True), (9, 9, False), (10, 10, True), (30_000, 30_000, True)],
)
def test_other_leads_than_those_that_are_published_are_held_back(
    builder: Builder, options: Options, leads: int, first: int, is_held: bool
) -> None:
    """Half of them may go. Of 30,000 some 10,000 are looked at."""
    builder.leads = leads
    run(options)
    builder.first, builder.rules = first, "r2"
    if not is_held:
        run(options)
        return
    with pytest.raises(HeldBack, match=r"of \d[\d,]* leads that are published .* not in its input"):
        run(options)
    assert seen(places_of(options.database))["history"] == [leads]
    run(replace(options, publish_anyway=True))
    assert seen(places_of(options.database))["history"] == [leads, leads]


@pytest.mark.parametrize(
    ("limits", "is_held"),
    [(Limits(20, 100), True), (Limits(20, 101), False), (Limits(33.4, 50), False)],
)
def test_limits_of_moves(builder: Builder, options: Options, limits: Limits, is_held: bool) -> None:
    run(options)
    builder.mql_of_ten = 4  # 300 -> 400 of mql, 700 -> 600 of lead
    with pytest.raises(HeldBack) if is_held else contextlib.nullcontext():
        run(replace(options, limits=limits))


def test_old_versions_are_dropped_and_led_back_to(builder: Builder, options: Options) -> None:
    places = places_of(options.database)
    ids = []
    for leads in (1000, 1001, 1002, 1003):
        builder.leads = leads
        ids.append(run(options)[0])
    assert [version.run_id for version in versions.versions(places)] == ids[:0:-1]
    assert [name.split("-")[0] for name in ids] == ["000001", "000002", "000003", "000004"]
    with pytest.raises(LookupError, match="There is no run 1 to go back to"):
        versions.find(places, "1")
    versions.show(places, versions.find(places, "previous"))
    assert seen(places)["leads"] == 1002
    versions.show(places, versions.find(places, ids[1]))
    assert seen(places)["leads"] == 1001
    builder.leads = 1010
    last, _ = run(options)
    assert last.startswith("000005-")
    # The next run starts from there: 3 and 4 never were.
    assert seen(places)["history"] == [1000, 1001, 1010]
    with duckdb.connect(str(places.database), read_only=True) as connection:
        runs = connection.execute("select run_id from runs order by run_id").fetchall()
    assert [run_id for (run_id,) in runs] == [*ids[:2], last]


def test_versions_with_an_erased_lead_are_dropped(builder: Builder, options: Options) -> None:
    places = places_of(options.database)
    run(options)
    builder.erased, builder.first = "L0", 1
    second, _ = run(options)
    assert [version.run_id for version in versions.versions(places)] == [second]
    builder.erased = "L0"
    third, _ = run(options)
    assert [version.run_id for version in versions.versions(places)] == [third, second]


def damage(file: Path, offset: int, size: int) -> None:
    with file.open("r+b") as content:
        content.seek(offset)
        content.write(os.urandom(size))


def test_a_damaged_work_file_is_set_aside(builder: Builder, options: Options) -> None:
    run(options)
    second, _ = run(options)
    places = places_of(options.database)
    damage(work_file(options.database), 0, 8192)
    _, told = run(options)
    assert [f"The work file of run {second} is damaged, and set aside" in words for words in told]
    assert "starts from the state of run 000001-" in told[0]
    assert seen(places)["history"] == [1000, 1000]
    assert (places.damaged / f"{second}.duckdb").is_file()
    for version in versions.versions(places):
        if version.work.is_file():
            damage(version.work, 0, 8192)
    fourth, told = run(options)
    assert "All is built anew from the input" in told[-1]
    assert "./scripts/lead-scoring score --from DAY --to DAY" in told[-1]
    assert seen(places) | {"tables": 0} == {
        "run": fourth,
        "leads": 1000,
        "history": [1000],
        "tables": 0,
    }


def opens(work: Path, query: str = "select 1") -> bool:
    try:
        with duckdb.connect(str(work), read_only=True) as connection:
            connection.execute(query).fetchall()
    except duckdb.Error:
        return False
    return True


def test_damage_that_shows_late_is_found_too(builder: Builder, options: Options) -> None:
    run(options)
    second, _ = run(options)
    work = work_file(options.database)
    with duckdb.connect(str(work)) as connection:  # more than one block
        connection.execute(
            "insert into int_lead_scoring__score_log"
            " select 'log', cast(1e9 * random() as bigint) from range(500000)"
        )
    whole = work.read_bytes()
    for block in range(3 * 4096, len(whole), 1 << 18):
        damage(work, block + 100, 1000)
        if opens(work) and not opens(work, "select sum(leads) from int_lead_scoring__score_log"):
            break
        work.write_bytes(whole)
    assert is_damaged(work)
    _, told = run(options)
    assert [f"work file of run {second} is damaged" in words for words in told] == [True]
    assert seen(places_of(options.database))["history"] == [1000, 1000]


def test_another_version_of_the_project_builds_anew(
    builder: Builder, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(options)
    run(options)
    monkeypatch.setattr(scored_run, "project_fingerprint", lambda: "another")
    _, told = run(options)
    run(options)
    assert builder.full_refreshes == [False, False, True, False]
    assert "is of another version of the project" in told[0]
    assert seen(places_of(options.database))["history"] == [1000] * 4


def test_a_work_file_of_the_version_before_is_taken_over(
    builder: Builder, options: Options
) -> None:
    run(options)
    places = places_of(options.database)
    with duckdb.connect(str(work_file(options.database))) as connection:
        connection.execute("drop table int_lead_scoring__score_log")
        connection.execute("create table int_lead_scoring__run_plan (as_of timestamp)")
    with duckdb.connect(str(places.database.resolve())) as connection:
        connection.execute("alter table runs drop column events_read")
    _, told = run(options)
    assert told == [older_version.IN_WORDS]
    assert run(options)[1] == []
    assert builder.full_refreshes == [False, True, False]
    with duckdb.connect(str(places.database), read_only=True) as connection:
        found = connection.execute("select events_read from runs order by run_id").fetchall()
    assert found == [(None,), (0,), (0,)]


def test_a_file_from_before_publication_is_taken_over(builder: Builder, options: Options) -> None:
    options.database.parent.mkdir()
    with duckdb.connect(str(options.database)) as connection:
        connection.execute(
            "create table int_lead_scoring__score_log (lead_id varchar, leads bigint)"
        )
        connection.execute("insert into int_lead_scoring__score_log values ('log', 7)")
    run(options)
    assert options.database.is_symlink()
    assert seen(places_of(options.database))["history"] == [7, 1000]
    assert builder.full_refreshes == [True]


def test_inputs_that_change_meanwhile_stop_the_run(builder: Builder, options: Options) -> None:
    run(options)
    assert options.data
    for change in (lambda file: file.unlink(), lambda file: file.write_text("new")):
        builder.meanwhile = lambda _, change=change: change(options.data / "outcomes.csv")  # type: ignore[misc]
        for builder.fails in (False, True):
            with pytest.raises(RunFailed, match="changed while they were read"):
                run(options)
            (options.data / "outcomes.csv").write_text("lead_id,outcome,occurred_at\n")
        (options.data / "outcomes.csv").write_text("lead_id,outcome,occurred_at\n")
    assert seen(places_of(options.database))["history"] == [1000]


def fail_at(monkeypatch: pytest.MonkeyPatch, call: str, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(files, call, fail)


@pytest.mark.parametrize("call", ["copy_file", "write_to_disk"])
def test_a_full_disk_changes_nothing(
    builder: Builder, options: Options, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    run(options)
    before = seen(places_of(options.database))
    with monkeypatch.context() as patch:
        fail_at(patch, call, OSError(28, "No space left on device"))
        with pytest.raises(RunFailed, match="the disk is full"):
            run(options)
    assert seen(places_of(options.database)) == before
    run(options)


STEPS: Sequence[tuple[object, str]] = [
    (os, "fsync"),
    (Path, "rename"),
    (Path, "replace"),
    (Path, "symlink_to"),
    (Path, "chmod"),
]


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


@contextlib.contextmanager
def killed_at(place: int) -> Iterator[None]:
    """Ends the process at the so-manyth change of a file's name, mode or content on disk."""
    calls = 0
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in STEPS:
            original = getattr(owner, name)

            def step(*arguments: Any, original: Any = original, **named: Any) -> Any:
                nonlocal calls
                calls += 1
                if calls == place:
                    raise Killed
                return original(*arguments, **named)

            patch.setattr(owner, name, step)
        yield


def test_a_kill_at_any_step_leaves_one_whole_run(builder: Builder, options: Options) -> None:
    run(options)
    places = places_of(options.database)
    killed = 0
    is_killed = True
    while is_killed:
        before = seen(places)
        builder.leads += 1
        is_killed = False
        with killed_at(killed + 1):
            try:
                run(options)
            except Killed:
                is_killed = True
                killed += 1
        after = seen(places)
        assert after["leads"] in (before["leads"], builder.leads)
        current = current_version(places)
        assert current and after["run"] == current.run_id
        with duckdb.connect(str(places.contacts), read_only=True) as connection:
            found = connection.execute("select max(run_id) from runs").fetchall()
        assert found == [(after["run"],)]
        history = after["history"]
        assert isinstance(history, list) and history[-1] == after["leads"]
    assert after["leads"] == builder.leads
    assert killed > 10
