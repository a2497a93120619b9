"""The command workshop check mutations: puts small faults into the SQL, looks who notices."""

from __future__ import annotations

import json
import logging
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.progress import track

from lead_scoring.data.folder import demo_folder
from lead_scoring.project import PROJECT
from lead_scoring.runs import runner
from lead_scoring_workshop.mutations.built import Built, read_built
from lead_scoring_workshop.mutations.fates import (
    EQUIVALENT,
    NOT_TRIED,
    SAME,
    SURVIVED,
    UNIT_TEST,
    killed_share,
)
from lead_scoring_workshop.mutations.outcomes import Outcomes
from lead_scoring_workshop.mutations.reasons import Reason, read_reasons, reason_of
from lead_scoring_workshop.mutations.survivors import fate
from lead_scoring_workshop.mutations.unit_tests import (
    SETTINGS,
    Mutant,
    mutants_of,
    parts_of,
    passes,
    read_unit_tests,
)
from lead_scoring_workshop.reliability.results import Results

LISTED = (SURVIVED, EQUIVALENT, NOT_TRIED)

ENDS = {0: "enough are killed", 1: "fewer than --least", 2: "called wrongly"}
EXAMPLES = {"--sample 300": "20 minutes", "--models decay": "those of some models"}


def main(
    sample: Annotated[int, typer.Option(min=0, help="Mutants to try at random; 0: all.")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of the sample.")] = 1,
    models: Annotated[str, typer.Option(help="Only models with this in their name.")] = "",
    folder: Annotated[
        Path, typer.Option(help="Folder to work in, for the demo's database.")
    ] = PROJECT / "build" / "mutations",
    built: Annotated[
        Path | None,
        typer.Option(help="Target folder of a whole build of the demo; none: build it."),
    ] = None,
    database: Annotated[Path | None, typer.Option(help="The database of that build.")] = None,
    cases: Annotated[
        int, typer.Option(min=0, help="Generated cases to try, if the demo is built here.")
    ] = 600,
    least: Annotated[
        float, typer.Option(help="Percent to be killed of all, else it ends with 1.")
    ] = 0,
) -> None:
    """Killed: a unit test fails, or a data test on the rows of the demo or of generated cases, or
    the oracle would not agree with these any more. A mutant that gives the same rows in all of
    them is counted apart: it may be equivalent. What is known of a survivor is in
    scripts/lead_scoring_workshop/mutations/known_reasons. What has been tried in the folder before,
    with the same SQL and tests, is not tried again.
    """
    logging.getLogger("sqlglot").setLevel(logging.ERROR)  # a mutant may be SQL that it warns of
    folder.mkdir(parents=True, exist_ok=True)
    generated: list[Path] = []
    if built is None or database is None:
        database, target, tested = prepare(folder)
        generated = prepare_cases(folder / "cases", cases)
    else:
        target = tested = built
    outcomes = Outcomes(folder / "outcomes.txt")
    with duckdb.connect() as connection:
        connection.execute(SETTINGS)
        killed, lived = try_mutants(connection, tested, sample, seed, models, outcomes)
    manifest = target / "manifest.json"
    runs = [read_built(database, target, manifest, demo_folder())]
    for file in generated:
        target = file.with_suffix(".run") / "target"
        runs.append(read_built(file, target, manifest, file.parent / "data", has_oracle=True))
    fates, survivors, unused = explain(runs, lived, outcomes)
    fates[UNIT_TEST] = killed
    (folder / "survivors.json").write_text(json.dumps(survivors, indent=1), encoding="utf-8")
    for name, count in fates.most_common():
        typer.echo(f"{count:6,}  {name}")
    told = killed_share(fates, {SAME, NOT_TRIED})
    typer.echo(f"{told:.1f} % of those that change rows, or a unit test, are killed.")
    typer.echo(
        f"{killed_share(fates):.1f} % of all are, those aside that are equivalent for a reason."
    )
    if not sample:
        for each in unused:
            if models in each.model:
                typer.echo(f"A reason fits no survivor: {each.model}, {each.part}, {each.texts}")
    if not models:
        Results(PROJECT / "build" / "reliability" / "results").add(
            "mutations",
            {
                "sample": sample,
                "seed": seed,
                "fates": dict(fates),
                "survivors": [each for each in survivors if each["fate"] in LISTED],
            },
        )
    if killed_share(fates) < least:
        raise typer.Exit(1)


def explain(
    runs: Sequence[Built], lived: list[list[Mutant]], outcomes: Outcomes
) -> tuple[Counter[str], list[dict[str, str]], set[Reason]]:
    """Looks what becomes of mutants that unit tests let pass, and why.

    Returns how many have each fate, what is known of each, and the reasons that fit none.
    """
    reasons = read_reasons()
    unused = set(reasons)
    fates: Counter[str] = Counter()
    survivors = []
    for same in track(lived, "Trying them on real rows", console=Console(stderr=True)):
        reason = reason_of(reasons, same)
        unused -= {reason} if reason else set()
        found = EQUIVALENT if reason and reason.is_equivalent else fate(runs, same, outcomes)
        fates[found] += 1
        first = same[0]
        survivors.append(
            {
                "fate": found,
                "kind": first.fault.kind,
                **vars(first.part),
                "mutant": first.text,
                "why": reason.why if reason else "",
            }
        )
    return fates, survivors, unused


def prepare(folder: Path) -> tuple[Path, Path, Path]:
    """Builds the demo and lets dbt run the unit tests; returns the database and both targets."""
    database, target = folder / "mutations.duckdb", folder / "target"
    with runner.keeping_artifacts():
        runner.score(database=database, full_refresh=True)
    copy = folder / "unit_tests.duckdb"
    shutil.copyfile(database, copy)
    shutil.rmtree(target, ignore_errors=True)  # with tests that are there no more
    dbt = Path(sys.executable).with_name("dbt")
    command = [str(dbt), "--quiet", "test", "--select", "test_type:unit"]
    subprocess.run(
        [*command, "--target-path", str(target), "--log-path", str(folder / "logs")],
        cwd=PROJECT,
        env={**_environment(), "LEAD_SCORING_DATABASE": str(copy)},
        check=True,
    )
    return database, folder / "mutations.run" / "target", target


def prepare_cases(folder: Path, cases: int) -> list[Path]:
    """Compares runs of generated cases with the oracle, by its own test; returns their databases.

    Raises CalledProcessError where they do not agree.
    """
    if not cases:
        return []
    command = [sys.executable, "-m", "pytest", "--quiet", "tests/python/test_oracle.py"]
    subprocess.run(
        [*command, "--cases", str(cases), "--basetemp", str(folder)],
        cwd=PROJECT,
        env=_environment(),
        check=True,
    )
    databases = (path for path in folder.glob("*/*.duckdb") if not path.parent.is_symlink())
    return sorted(databases)


def try_mutants(
    connection: duckdb.DuckDBPyConnection,
    target: Path,
    sample: int,
    seed: int,
    models: str,
    outcomes: Outcomes,
) -> tuple[int, list[list[Mutant]]]:
    """Runs the unit tests on mutants; returns how many were killed, and those that were not."""
    tests = read_unit_tests(target, models)
    for test in tests:
        if not passes(connection, test.text()):
            raise typer.BadParameter(f"The unit test {test.name} fails without a mutant.")
    parts = parts_of(tests)
    chosen = mutants_of(parts)
    if sample and sample < len(chosen):
        chosen = random.Random(seed).sample(chosen, sample)

    def lives(query: str) -> bool:
        question = f"{duckdb.__version__} {query}"
        return outcomes.of(question, lambda: str(passes(connection, query))) == str(True)

    survivors = []
    for same in track(chosen, "Trying mutants", console=Console(stderr=True)):
        if all(lives(m.text.join(place)) for m in same for place in parts[m.part]):
            survivors.append(same)
    return len(chosen) - len(survivors), survivors


def _environment() -> dict[str, str]:
    return {**os.environ, "LEAD_SCORING_DATA": ""}
