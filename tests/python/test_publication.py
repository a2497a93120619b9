"""Publication: what readers see before, during and after a run, however the run ends.

Most runs here build a few rows by hand in place of dbt: what is tried is all that stands around it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from lead_scoring.places import places_of, work_file
from lead_scoring.project import called
from lead_scoring.published import older_version, scored_run, versions
from lead_scoring.published.lock import Locked, only_run
from lead_scoring.published.monitors import Limits
from lead_scoring.published.scored_run import HeldBack, Options
from lead_scoring.runs.failures import RunFailed
from publishing import Builder, options_in, run, seen


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> Builder:
    return Builder(monkeypatch)


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return options_in(tmp_path)


def test_a_run_is_published_with_its_record(builder: Builder, options: Options) -> None:
    run_id, told = run(replace(options, checks_data=True))
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


def test_nothing_stays_of_an_erased_lead_whose_rows_could_not_be_used(
    builder: Builder, options: Options
) -> None:
    places = places_of(options.database)
    builder.unusable = "anna@x.example"
    run(options)
    shutil.copyfile(places.work, places.evidence)
    builder.unusable = "U"
    second, _ = run(options)
    assert places.evidence.exists(), "nobody in it is erased"
    builder.erased = "anna@x.example"
    third, _ = run(options)
    assert [version.run_id for version in versions.versions(places)] == [third, second]
    assert not places.evidence.exists()


def test_no_byte_of_an_erased_lead_stays_in_the_work_file(
    builder: Builder, options: Options
) -> None:
    places = places_of(options.database)
    builder.unusable = "anna@x.example"
    run(options)
    assert b"anna@x.example" in places.work.read_bytes()
    builder.unusable, builder.erased = "U", "anna@x.example"
    run(options)
    assert b"anna@x.example" not in places.work.read_bytes()
    assert seen(places)["history"] == [1000, 1000]


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
