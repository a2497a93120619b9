"""Scores leads and publishes the result: what the command score does."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from lead_scoring.data.checks import DataFindings, Level, check_folder
from lead_scoring.data.checks.report import sentence
from lead_scoring.data.folder import InputError
from lead_scoring.databases import DatabaseError, open_database
from lead_scoring.places import Places, places_of
from lead_scoring.private_files import private_files
from lead_scoring.project import DATABASE, called
from lead_scoring.published import older_version, publication
from lead_scoring.published.events_read import EventsRead, events_read, kept_load_days
from lead_scoring.published.fingerprints import (
    input_files,
    inputs_fingerprint,
    project_fingerprint,
    settings_fingerprint,
    state_of,
)
from lead_scoring.published.lock import only_run
from lead_scoring.published.monitors import held_back
from lead_scoring.published.options import RunOptions
from lead_scoring.published.record import RunFacts, RunRecord, utc_now
from lead_scoring.published.versions import Version
from lead_scoring.rules.files import RulesError
from lead_scoring.runs import rebuild, runner
from lead_scoring.runs.failures import RunFailed

_CHANGED = (
    "The input files changed while they were read, so nothing was published. "
    "Run again once they stand still."
)


@dataclass(frozen=True)
class Built:
    """What a build left, other than its file."""

    tests: Mapping[str, int]  # outcome -> tests
    warnings: tuple[str, ...]  # one sentence each
    public_tables: tuple[str, ...]  # names
    events: EventsRead | None = None  # None: not measured


# The test in tests/marts that fails where too much of the inputs was not understood.
TEST_OF_INPUTS = "assert_inputs_are_understood"


class HeldBack(RuntimeError):
    """A run was not published, because of its inputs or of what it moves.

    The message says what, and what to do.
    """


@dataclass(frozen=True, kw_only=True)
class Options(RunOptions):
    """What a run was asked for; database, data: as for `runner.score`."""

    database: Path = DATABASE
    data: Path | None = None
    checks_data: bool = True  # before anything is scored; the demo is not looked at


@dataclass(frozen=True)
class Published:
    """A run that readers see, and how it went."""

    record: RunRecord
    places: Places
    seconds: float
    warnings: tuple[str, ...]  # one sentence each
    events: EventsRead | None


def score_and_publish(
    options: Options = Options(), tell: Callable[[str], None] = print
) -> Published:
    """Scores leads as of one instant and publishes the result.

    tell: takes a sentence on what is done otherwise than usual.
    Raises Locked, HeldBack and RunFailed; readers then see what they saw.
    """

    def build(places: Places, *, is_new_project: bool) -> Built:
        full_refresh = options.full_refresh or is_new_project
        before = kept_load_days(places.building)
        result = runner.score(
            data=options.data,
            rules=options.rules,
            as_of=options.as_of,
            database=places.building,
            work_folder=places.run_folder,
            threads=options.threads,
            full_refresh=full_refresh,
            variables=options.dbt_variables,
            echo=options.echo,
        )
        after = kept_load_days(places.building)
        read = events_read(before, after, is_full_refresh=full_refresh)
        return Built(result.tests, result.warnings, result.public_tables, read)

    oddities: tuple[str, ...] = ()
    if options.checks_data and options.data is not None:
        oddities = _check_data(options, options.data, tell)
    try:
        published = _publish(options, "run", build, tell)
        return replace(published, warnings=(*oddities, *published.warnings))
    except RunFailed as failure:
        if TEST_OF_INPUTS in str(failure):
            raise HeldBack(
                "Held back: of a table too many rows cannot be used, or of a column too many values"
                f" cannot be read. {called('check data')} says which, and why; if they are right,"
                " run again with --publish-anyway. Readers see what they saw."
            ) from None
        raise


def _check_data(options: Options, data: Path, tell: Callable[[str], None]) -> tuple[str, ...]:
    """Looks at the data before anything is scored; returns a sentence where something is odd.

    Tells what became of the rows of a tool's exports. Raises RunFailed where a file cannot be read,
    HeldBack where a run would publish nothing.
    """
    given = options.variables or {}
    zone, order = (given.get(f"lead_scoring_{name}") for name in ("input_time_zone", "date_order"))
    try:
        found = check_folder(
            data,
            options.rules,
            input_time_zone=str(zone) if zone else None,
            date_order=str(order) if order else None,
        )
    except (NotADirectoryError, RulesError) as error:
        raise RunFailed(str(error)) from None
    if found.fates:
        tell(found.fates)
    if refused := _sentences(found, Level.REFUSED):
        raise RunFailed("\n".join(refused))
    held_back = _sentences(found, Level.HELD_BACK)
    if held_back and not options.publish_anyway:
        raise HeldBack(
            "\n".join(["Held back before anything was scored:", *held_back])
            + f"\nReaders see what they saw. More: {called('check data')} with the same folder. If"
            " the data are right, run again with --publish-anyway."
        )
    if not found.findings:
        return ()
    return (
        f"{len(found.findings)} things are odd in the data: {called('check data')} with the"
        " same folder lists them.",
    )


def _sentences(found: DataFindings, level: Level) -> list[str]:
    return [
        f"{finding.place}: {sentence(finding)}" if finding.place else sentence(finding)
        for finding in found.findings
        if finding.level is level
    ]


def rebuild_and_publish(
    options: Options, first_day: date, last_day: date, tell: Callable[[str], None]
) -> tuple[rebuild.Rebuilt, Published]:
    """Writes the history of some days anew, as `rebuild.rebuild` does, and publishes the result.

    Raises Locked and RunFailed; readers then see what they saw.
    """
    rebuilt: list[rebuild.Rebuilt] = []

    def build(places: Places, *, is_new_project: bool) -> Built:
        rebuilt.append(
            rebuild.rebuild(
                first_day=first_day,
                last_day=last_day,
                data=options.data,
                rules=options.rules,
                database=places.building,
                threads=options.threads,
                variables=options.variables,
                echo=options.echo,
            )
        )
        tested = runner.score(
            data=options.data,
            rules=options.rules,
            database=places.building,
            work_folder=places.run_folder,
            threads=options.threads,
            variables=options.variables,
            select=[*rebuild.READERS_OF_THE_RECORD, "resource_type:test"],
            echo=options.echo,
        )
        return Built(tested.tests, tested.warnings, tested.public_tables)

    published = _publish(options, "history", build, tell)
    return rebuilt[0], published


def _publish(
    options: Options, kind: str, build: Callable[..., Built], tell: Callable[[str], None]
) -> Published:
    started, started_at = time.monotonic(), utc_now()
    places = places_of(options.database)
    _check_folder(places)
    with only_run(places.lock, called("score")), private_files():
        try:
            inputs = input_files(options.data)
            state = state_of(inputs)
            fingerprint = inputs_fingerprint(inputs)
        except (InputError, OSError) as error:
            raise RunFailed(str(error)) from None
        base = publication.begin(places, tell)
        project = project_fingerprint()
        try:
            built = _build(places, base, project, build, tell)
        except RunFailed:
            if state_of(inputs) != state:  # what failed for it is a symptom
                raise RunFailed(_CHANGED) from None
            raise
        if state_of(inputs) != state:
            raise RunFailed(_CHANGED)
        if reason := _held_back(options, base, places):
            raise HeldBack(reason)
        facts = RunFacts(
            kind=kind,
            inputs_fingerprint=fingerprint,
            settings_fingerprint=settings_fingerprint(options.variables),
            project_fingerprint=project,
            events_read=built.events.rows if built.events else None,
            tests=built.tests,
            started_at=started_at,
        )
        record = _publish_built(places, base, facts, built.public_tables, options.keep, tell)
    return Published(record, places, time.monotonic() - started, built.warnings, built.events)


def _build(
    places: Places,
    base: Version | None,
    project: str,
    build: Callable[..., Built],
    tell: Callable[[str], None],
) -> Built:
    """Builds; where the state that it started from turns out to be damaged, once more without."""
    while True:
        try:
            return build(places, is_new_project=_is_new_project(base, places, project, tell))
        except RunFailed:
            if base is None or not publication.is_damaged(base.work):
                raise
            publication.set_aside(places, base, tell)
            base = publication.begin(places, tell)


def _publish_built(
    places: Places,
    base: Version | None,
    facts: RunFacts,
    public: Sequence[str],
    keep: int,
    tell: Callable[[str], None],
) -> RunRecord:
    try:
        return publication.publish(places, base, facts, public, keep=keep)
    except RunFailed:
        # A table that the run kept, and only now read, may be what is damaged.
        if base is not None and publication.is_damaged(base.work):
            publication.set_aside(places, base, tell)
            tell("Run again.")
        raise


def _is_new_project(
    base: Version | None, places: Places, project: str, tell: Callable[[str], None]
) -> bool:
    if base is None and not places.building.is_file():
        return False
    if older_version.take_over(places.building):
        tell(older_version.IN_WORDS)
        return True
    records = base.records() if base else []
    if records and records[-1].project_fingerprint == project:
        return False
    tell(
        "The work file is of another version of the project: every table is built anew, and what is"
        " on record stays."
    )
    return True


def _held_back(options: Options, base: Version | None, places: Places) -> str | None:
    if base is None or options.publish_anyway:
        return None
    before = base.records()[-1].as_of if base.records() else None
    try:
        with (
            open_database(base.published) as published,
            open_database(places.building) as built,
        ):
            return held_back(published, built, options.limits, before, str(places.building))
    except (DatabaseError, duckdb.Error):
        return None  # what is published cannot be read: nothing to compare with


def _check_folder(places: Places) -> None:
    try:
        places.database.parent.mkdir(parents=True, exist_ok=True)
        places.lock.touch(mode=0o600)
    except OSError as error:
        raise RunFailed(
            f"{places.database.parent} cannot be written: {error.strerror}. Nothing was done."
        ) from None
