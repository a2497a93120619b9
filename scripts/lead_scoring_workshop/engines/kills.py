"""Kills of runs that are published in a warehouse, and what readers see after each."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from lead_scoring.databases import Queries
from lead_scoring.published.record import RunRecord
from lead_scoring.runs.failures import RunFailed
from lead_scoring_workshop.engines.same_tables import (
    Reader,
    TableDifference,
    all_tables,
    compare,
)
from lead_scoring_workshop.reliability.commands import Command

# Before a run builds and while it does, and what comes after that: it looks, and publishes.
PHASES = ("build", "publish")
# The published schemas that runs are killed over, and others for one that is not.
KILLED, FRESH = "killed", "fresh"
_STEP, _BUILT = re.compile(r" START \w+"), "Done. PASS="


class Warehouse(Protocol):
    """A warehouse whose runs are killed."""

    name: str  # of the profile's target

    def load(self, data: Path, schema: str) -> None:
        """Makes the input tables anew from a folder of input files."""

    def environment(self) -> Mapping[str, str]:
        """Returns the variables by which a command finds it."""

    def look(self, schema: str) -> str:
        """Returns the run that readers see, after `look_at`. Raises NotWhole."""

    def tables(self, schema: str) -> Reader:
        """Returns a reader of the tables of the run that readers see."""


@dataclass(frozen=True)
class Kill:
    """One kill: what was done by then, whether the run had ended, and what was wrong then."""

    phase: str
    steps: int  # of dbt that had begun
    had_ended: bool
    problem: str  # blank: readers saw one whole run, no older one than before


class KilledRuns:
    """Runs over the same inputs, an hour later each, that are killed."""

    def __init__(
        self, warehouse: Warehouse, data: Path, as_of: datetime, folder: Path, seed: int
    ) -> None:
        """data: a folder of input files; they are loaded, and scored once as of an instant."""
        self._warehouse, self._folder, self._as_of = warehouse, folder, as_of
        self._random = random.Random(seed)
        self._log = folder / f"{warehouse.name}.run" / "logs" / "dbt.log"
        warehouse.load(data, "killed_inputs")
        self.run_whole(KILLED)

    def run_whole(self, schema: str) -> None:
        """Runs to the end, and measures what takes how long. Raises RunFailed."""
        command = self._start(schema)
        command.wait_until(lambda: _BUILT in self._logged())
        built_at = time.monotonic()
        ended = command.ended()
        if ended.code:
            raise RunFailed(ended.words)
        self._seconds = time.monotonic() - built_at
        self._steps = self._begun()

    def kill(self, phase: str) -> Kill:
        """Kills a run in a phase, equally likely anywhere in it, and looks at what is published."""
        self._as_of += timedelta(hours=1)
        before = self._warehouse.look(KILLED)
        command = self._start(KILLED)
        if phase == "build":
            until = self._random.randrange(self._steps)
            command.wait_until(lambda: self._begun() >= until)
        else:
            command.wait_until(lambda: _BUILT in self._logged())
            deadline = time.monotonic() + self._random.uniform(0, self._seconds)
            command.wait_until(lambda: time.monotonic() >= deadline)
        steps, had_ended = self._begun(), not command.runs
        command.kill()
        try:
            after = self._warehouse.look(KILLED)
        except NotWhole as error:
            return Kill(phase, steps, had_ended, str(error))
        problem = "" if after >= before else f"run {before} was lost: readers see {after}"
        return Kill(phase, steps, had_ended, problem)

    def differences(self) -> list[TableDifference]:
        """Runs once more, and into new schemas at the same instant; returns what differs.

        Of the tables that do not tell of runs.
        """
        self._as_of += timedelta(hours=1)
        self.run_whole(KILLED)
        self._warehouse.look(KILLED)
        self.run_whole(FRESH)
        ours, theirs = (self._warehouse.tables(name) for name in (FRESH, KILLED))
        return compare(ours, theirs, all_tables("inputs", "scores"))

    def _logged(self) -> str:
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def _begun(self) -> int:
        return len(_STEP.findall(self._logged()))

    def _start(self, schema: str) -> Command:
        self._log.unlink(missing_ok=True)
        return Command.of(
            *("score", "--target", self._warehouse.name, "--input-schema", "killed_inputs"),
            *("--as-of", f"{self._as_of:%Y-%m-%dT%H:%M:%SZ}", "--publish-anyway"),
            environment={
                **self._warehouse.environment(),
                "LEAD_SCORING_SCHEMA": schema,
                "LEAD_SCORING_DATABASE": str(self._folder / f"{schema}.duckdb"),
            },
        )


class NotWhole(AssertionError):
    """Readers see something that is no whole run; the message says what."""


def look_at(connection: Queries, records: Sequence[RunRecord]) -> str:
    """Returns the run that readers see, and looks whether all they see is of it.

    connection: finds the tables of that run by their names. records: the runs that led there. The
    record of the project is to know of these runs, and of none that was killed.
    Raises NotWhole.
    """
    if not records:
        raise NotWhole("nothing is published")
    record = records[-1]
    instants = connection.execute("select distinct as_of from lead_scores").fetchall()
    if instants != [(record.as_of,)]:
        raise NotWhole(f"{record.run_id} is of {record.as_of}, its scores of {instants}")
    logged = connection.execute("select as_of from int_lead_scoring__run_log").fetchall()
    if unknown := {as_of for (as_of,) in logged} - {each.as_of for each in records}:
        raise NotWhole(f"on record are runs that were not published, of {unknown}")
    for name, rows in connection.execute("select table_name, rows from run_tables").fetchall():
        (found,) = connection.execute(f"select count(*) from {name}").fetchone()
        if found != rows:
            raise NotWhole(f"{name} of {record.run_id} has {found} rows, not {rows}")
    return record.run_id
