"""The trials of one database: kills and whole runs, beside readers."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path

import duckdb

from lead_scoring_workshop.reliability.commands import Command
from lead_scoring_workshop.reliability.kills import PHASES, Killer
from lead_scoring_workshop.reliability.readers import Readers
from lead_scoring_workshop.reliability.results import Results
from lead_scoring_workshop.reliability.sample import write_sample

READERS = 8
# Of ten kills; those of a publication take a whole run to come to.
SHARES = (
    *("start", "build", "publish", "build", "export"),
    *("start", "build", "publish", "start", "export"),
)
WHOLE_EVERY = 5  # kills between two runs to the end
# What depends on the input and the instant alone, however many runs went before.
COMPARED = ("lead_fit_scores", "lead_engagement_scores", "score_reasons", "lead_decay")


def try_kills(
    folder: Path,
    results: Results,
    kills: int,
    builds: int,
    *,
    seed: int,
    minutes: float = 600,
    readers: int = READERS,
    compare: bool = True,
) -> None:
    """Kills so many runs and exports and ends so many runs, beside readers.

    Goes on where `results` ends, and stops after so many minutes. compare: the end with a first
    run into a new file.
    """
    deadline = time.monotonic() + 60 * minutes
    data = folder / "data"
    if not data.exists():
        write_sample(data)
    database = folder / "published" / "lead_scores.duckdb"
    killer = Killer(data, database, seed + len(results.read("kills")))
    if killer.run_whole() != 0:
        raise RuntimeError("The sample cannot be scored.")
    with Readers(database, readers, folder) as reading:
        killed = len(results.read("kills"))
        built = len(results.read("builds"))
        while (killed < kills or built < builds) and time.monotonic() < deadline:
            if killed < kills:
                phase = SHARES[killed % len(SHARES)]
                assert phase in PHASES
                if phase == "export":
                    kill = killer.kill_export(folder / "exports" / str(killed))
                else:
                    kill = killer.kill(phase)
                results.add("kills", asdict(kill))
                killed += 1
            if built < builds and (killed >= kills or killed % WHOLE_EVERY == 0):
                results.add("builds", {"code": killer.run_whole(), **killer.seconds})
                built += 1
    results.add("readers", {"readers": readers, **reading.found})
    if compare:
        differences = differences_from_fresh(data, database, folder)
        results.add("comparison", {"differences": differences})


def differences_from_fresh(data: Path, database: Path, folder: Path) -> int:
    """Returns the rows in which one more run differs from a first run into a new file."""
    fresh = folder / "fresh" / "lead_scores.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        as_of = connection.execute("select max(as_of) from runs").fetchall()[0][0]
    instant = f"{as_of:%Y-%m-%dT%H:%M:%S}Z"
    for file in (fresh, database):
        given = ("--data", data, "--database", file, "--as-of", instant, "--publish-anyway")
        ended = Command.of("score", *given).ended()
        if ended.code != 0:
            raise RuntimeError(ended.words)
    count = 0
    with duckdb.connect() as connection:
        for name, file in (("fresh", fresh), ("killed", database)):
            connection.execute(f"attach '{file}' as {name} (read_only)")
        for table in COMPARED:
            for one, other in (("fresh", "killed"), ("killed", "fresh")):
                query = f"select count(*) from (from {one}.{table} except all from {other}.{table})"
                count += connection.execute(query).fetchall()[0][0]
    return count
