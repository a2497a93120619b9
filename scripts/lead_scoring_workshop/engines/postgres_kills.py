"""Kills of runs on a PostgreSQL server, and what readers see after each."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from lead_scoring.postgres.connection import Connection
from lead_scoring.postgres.schemas import versions
from lead_scoring.runs.failures import RunFailed
from lead_scoring.warehouses.schemas import Schemas
from lead_scoring_workshop.engines.postgres_inputs import load_inputs
from lead_scoring_workshop.engines.same_tables import (
    TableDifference,
    all_tables,
    compare,
    tables_of_schema,
)
from lead_scoring_workshop.reliability.commands import Command

# Before a run builds and while it does, and what comes after that: it looks, and publishes.
PHASES = ("build", "publish")
_STEP, _BUILT = re.compile(r" START \w+"), "Done. PASS="


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
        self, server: Mapping[str, str], data: Path, as_of: datetime, folder: Path, seed: int
    ) -> None:
        """data: a folder of input files; they are loaded, and scored once as of an instant."""
        self._server, self._folder, self._as_of = server, folder, as_of
        self._random = random.Random(seed)
        self._log = folder / "postgres.run" / "logs" / "dbt.log"
        load_inputs(server, data, "killed_inputs")
        self.run_whole("killed")

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
        before = look(self._server, Schemas("killed"))
        command = self._start("killed")
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
            after = look(self._server, Schemas("killed"))
        except NotWhole as error:
            return Kill(phase, steps, had_ended, str(error))
        problem = "" if after >= before else f"run {before} was lost: readers see {after}"
        return Kill(phase, steps, had_ended, problem)

    def differences(self) -> list[TableDifference]:
        """Runs once more, and into new schemas at the same instant; returns what differs.

        Of the tables that do not tell of runs.
        """
        self._as_of += timedelta(hours=1)
        self.run_whole("killed")
        self.run_whole("fresh")
        ours, theirs = (tables_of_schema(self._server, name) for name in ("fresh", "killed"))
        return compare(ours, theirs, all_tables("inputs", "scores"))

    def _logged(self) -> str:
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def _begun(self) -> int:
        return len(_STEP.findall(self._logged()))

    def _start(self, schema: str) -> Command:
        self._log.unlink(missing_ok=True)
        return Command.of(
            *("score", "--target", "postgres", "--input-schema", "killed_inputs"),
            *("--as-of", f"{self._as_of:%Y-%m-%dT%H:%M:%SZ}", "--publish-anyway"),
            environment={
                **self._server,
                "LEAD_SCORING_SCHEMA": schema,
                "LEAD_SCORING_DATABASE": str(self._folder / f"{schema}.duckdb"),
            },
        )


class NotWhole(AssertionError):
    """Readers see something that is no whole run; the message says what."""


def look(server: Mapping[str, str], schemas: Schemas) -> str:
    """Returns the run that readers see. Raises NotWhole where its tables are not all its own."""
    with Connection(server, schemas.parts) as connection:
        current = [each for each in versions(connection, schemas) if each.is_current]
        if not current or not current[0].records:
            raise NotWhole("nothing is published")
        record = current[0].records[-1]
        instants = connection.execute("select distinct as_of from lead_scores").fetchall()
        if instants != [(record.as_of,)]:
            raise NotWhole(f"{record.run_id} is of {record.as_of}, its scores of {instants}")
        for name, rows in connection.execute("select table_name, rows from run_tables").fetchall():
            found = connection.execute(f"select count(*) from {name}").fetchone()[0]
            if found != rows:
                raise NotWhole(f"{name} of {record.run_id} has {found} rows, not {rows}")
    return record.run_id
