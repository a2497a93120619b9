"""The command ./scripts/check_mutations: puts small faults into the SQL, and looks who notices."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.progress import track

from lead_scoring import runner
from lead_scoring.mutations.survivors import fate, read_built
from lead_scoring.mutations.unit_tests import (
    Mutant,
    mutants_of,
    parts_of,
    passes,
    read_unit_tests,
)
from lead_scoring.reliability.results import Results

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    sample: Annotated[int, typer.Option(min=0, help="Mutants to try at random; 0: all.")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of the sample.")] = 1,
    models: Annotated[str, typer.Option(help="Only models with this in their name.")] = "",
    folder: Annotated[
        Path, typer.Option(help="Folder to work in, for the demo's database.")
    ] = runner.PROJECT / "build" / "mutations",
    built: Annotated[
        Path | None,
        typer.Option(help="Target folder of a whole build of the demo; none: build it."),
    ] = None,
    database: Annotated[Path | None, typer.Option(help="The database of that build.")] = None,
    least: Annotated[float, typer.Option(help="Percent to be killed, else it ends with 1.")] = 0,
) -> None:
    """Tries mutants of every model that has a unit test, and writes those that survive.

    Killed: a unit test fails, or a data test on the demo's rows. A mutant that gives the same rows
    there is counted apart: it may be equivalent.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if built is None or database is None:
        database, target, tested = prepare(folder)
    else:
        target = tested = built
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'; set threads = 1")
        fates, survivors = try_mutants(connection, tested, sample, seed, models)
    demo = read_built(database, target)
    lines = []
    for mutant in survivors:
        found = fate(demo, mutant)
        fates[found] += 1
        lines.append(
            {"fate": found, "kind": mutant.kind, **vars(mutant.part), "mutant": mutant.text}
        )
    (folder / "survivors.json").write_text(json.dumps(lines, indent=1), encoding="utf-8")
    for name, count in fates.most_common():
        typer.echo(f"{count:6,}  {name}")
    survived = [line for line in lines if line["fate"] == "survived"]
    Results(runner.PROJECT / "build" / "reliability" / "results").add(
        "mutations", {"sample": sample, "seed": seed, "fates": dict(fates), "survivors": survived}
    )
    killed = sum(count for name, count in fates.items() if name.startswith("killed"))
    share = 100 * killed / max(1, killed + fates["survived"])
    typer.echo(f"{share:.1f} % of those that change rows, or a unit test, are killed.")
    if share < least:
        raise typer.Exit(1)


def prepare(folder: Path) -> tuple[Path, Path, Path]:
    """Builds the demo and lets dbt run the unit tests; returns the database and both targets."""
    database, target = folder / "mutations.duckdb", folder / "target"
    if not database.exists():
        runner.score(database=database, full_refresh=True)
    if not (target / "run").exists():
        copy = folder / "unit_tests.duckdb"
        shutil.copyfile(database, copy)
        dbt = Path(sys.executable).with_name("dbt")
        command = [str(dbt), "--quiet", "test", "--select", "test_type:unit"]
        subprocess.run(
            [*command, "--target-path", str(target), "--log-path", str(folder / "logs")],
            cwd=runner.PROJECT,
            env={**_environment(), "LEAD_SCORING_DATABASE": str(copy)},
            check=True,
        )
    return database, folder / "mutations.run" / "target", target


def try_mutants(
    connection: duckdb.DuckDBPyConnection, target: Path, sample: int, seed: int, models: str
) -> tuple[Counter[str], list[Mutant]]:
    """Runs the unit tests on mutants; returns how many were killed, and those that were not."""
    tests = read_unit_tests(target, models)
    for test in tests:
        if not passes(connection, test.text()):
            raise typer.BadParameter(f"The unit test {test.name} fails without a mutant.")
    parts = parts_of(tests)
    chosen = mutants_of(parts)
    if sample and sample < len(chosen):
        chosen = random.Random(seed).sample(chosen, sample)
    fates: Counter[str] = Counter()
    survivors = []
    for same in track(chosen, "Trying mutants", console=Console(stderr=True)):
        queries = (mutant.text.join(place) for mutant in same for place in parts[mutant.part])
        if all(passes(connection, query) for query in queries):
            survivors.append(same[0])
        else:
            fates["killed by a unit test"] += 1
    return fates, survivors


def _environment() -> dict[str, str]:
    return {**os.environ, "LEAD_SCORING_DATA": ""}


if __name__ == "__main__":
    app(prog_name="./scripts/check_mutations")
