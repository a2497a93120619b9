"""A damaged file, a full disk, a kill at any step: readers see one whole run."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lead_scoring import private_files as files
from lead_scoring.places import places_of, work_file
from lead_scoring.published import versions
from lead_scoring.published.publication import is_damaged
from lead_scoring.published.scored_run import Options
from lead_scoring.published.versions import current_version
from lead_scoring.runs.failures import RunFailed
from publishing import Builder, options_in, run, seen


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> Builder:
    return Builder(monkeypatch)


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return options_in(tmp_path)


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


def test_what_is_set_aside_goes_with_its_run(builder: Builder, options: Options) -> None:
    run(options)
    second, _ = run(options)
    places = places_of(options.database)
    damage(work_file(options.database), 0, 8192)
    own = places.damaged / f"{second}-x.duckdb"
    aside = places.damaged / f"{second}.duckdb"
    for _ in range(options.keep - 1):
        run(options)
        assert aside.is_file()
    own.write_text("someone's own, that stood in the way")
    run(options)
    assert not aside.exists()
    assert own.exists()


def test_what_is_set_aside_may_name_whoever_is_erased(builder: Builder, options: Options) -> None:
    run(options)
    second, _ = run(options)
    places = places_of(options.database)
    damage(work_file(options.database), 0, 8192)
    third, _ = run(replace(options, keep=4))
    fourth, _ = run(replace(options, keep=4))
    assert len(versions.versions(places)) == 4
    damage(versions.find(places, third).work, 0, 8192)  # nobody has opened it since
    shutil.copyfile(versions.find(places, third).work, places.evidence)
    builder.erased = "whom no file that can be read names"
    fifth, _ = run(replace(options, keep=4))
    found = [version.run_id for version in versions.versions(places)]
    assert found[:2] == [fifth, fourth]
    assert found[2].startswith("000001-")
    assert not (places.damaged / f"{second}.duckdb").exists()
    assert not places.evidence.exists()


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
