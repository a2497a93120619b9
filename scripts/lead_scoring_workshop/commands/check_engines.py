"""The command workshop check engines: does another engine make the same rows?"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.data.folder import InputError, demo_folder
from lead_scoring.prediction.training import Request, train
from lead_scoring.project import PROJECT
from lead_scoring.rules.files import RulesError
from lead_scoring.runs.evidence import EVIDENCE
from lead_scoring.runs.failures import RunFailed
from lead_scoring.spark.session import NoSparkError
from lead_scoring.suggest.sample import At, Foretold, Question
from lead_scoring.terminal import console
from lead_scoring.times import read_time
from lead_scoring_workshop.engines.comparison import Compared, compare_runs
from lead_scoring_workshop.engines.kills import PHASES, KilledRuns, Warehouse
from lead_scoring_workshop.engines.postgres_server import NoPostgresError
from lead_scoring_workshop.engines.starting import ByServer, EngineName, OfSpark, start
from lead_scoring_workshop.engines.stories import BUILT, Run
from lead_scoring_workshop.engines.typed_demo import write_typed_demo

# Where the generator of cases lies: the tests'.
TESTS = PROJECT / "tests" / "python"
DEMO_INSTANTS = ("2026-06-29T12:00:00Z", "2026-06-30T12:00:00Z")
# What a likelihood for the evidence knows: what became of the leads afterwards it is judged by.
TRAINED_AT = "2026-03-31T12:00:00Z"
BERLIN = "Europe/Berlin"
GATHERED = {"lead_scoring_evidence": True}
LIKELIHOODS_JUDGED = ("+likelihood_calibration", BUILT[-1])


ENDS = {
    0: "no row differs, no unit test fails, and readers saw whole runs",
    1: "one does, or a run failed",
    2: "called wrongly, or the engine is not on this machine",
}
EXAMPLES = {
    "": "PostgreSQL: two days of the demo, its evidence, generated stories",
    "postgres --kills 50": "and runs that are killed as they publish",
    "spark --no-evidence --kills 2": "Spark within this process; ./scripts/setup spark first",
}


def main(
    engine: Annotated[EngineName, typer.Argument(help="Which one.")] = EngineName.POSTGRES,
    schedules: Annotated[
        int, typer.Option(min=0, help="Generated stories of several runs to compare.")
    ] = 3,
    cases: Annotated[int, typer.Option(min=1, help="Leads' cases in each of them.")] = 60,
    seed: Annotated[int, typer.Option(help="Seed of the first.")] = 1,
    demo: Annotated[bool, typer.Option(help="Compare two days of the demo too.")] = True,
    evidence: Annotated[
        bool, typer.Option(help="Compare tables of evidence too, with likelihoods.")
    ] = True,
    unit_tests: Annotated[
        bool, typer.Option(help="Run dbt's unit tests too, on the first story's tables.")
    ] = True,
    kills: Annotated[
        int,
        typer.Option(min=0, help="Runs to kill, half of them as they publish."),
    ] = 0,
    workers: OfSpark = 0,
    thrift: ByServer = False,
) -> None:
    """Every table is compared exactly, hashes aside, which are an engine's own. With --kills it
    also kills runs that publish there, and looks at what readers see.
    """
    out, compared, problems = console(), [], 0
    os.environ["DBT_INDIRECT_SELECTION"] = "empty"  # rows are compared; tests of data run elsewhere
    try:
        with tempfile.TemporaryDirectory() as made, contextlib.ExitStack() as stack:
            folder = Path(made)
            started = start(engine, folder, stack, workers=workers, by_server=thrift)
            stories = _stories(
                folder, schedules, cases, seed, demo=demo, evidence=evidence, unit_tests=unit_tests
            )
            for number, story in enumerate(stories):
                place = folder / f"story{number}"
                place.mkdir()
                for result in compare_runs(started.place(place), story, place):
                    compared.append(result)
                    out.print(_line(result), soft_wrap=True, highlight=False)
            if kills:
                problems = _kill(started.killed, folder, kills, cases, seed)
    except (NoPostgresError, NoSparkError) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(2) from None
    except (InputError, RulesError, RunFailed) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    rows = [difference for result in compared for difference in result.differences]
    tables = sum(result.tables for result in compared)
    failed = [words for each in compared if each.unit_tests for words in each.unit_tests.failures]
    out.print(f"{tables} tables, {len(rows)} differ.", highlight=False)
    raise typer.Exit(1 if rows or failed or problems else 0)


def _kill(warehouse: Warehouse, folder: Path, count: int, cases: int, seed: int) -> int:
    """Kills runs, prints what came of it, and returns how often readers saw no whole run."""
    run = generated_story(folder / "killed", seed, cases)[-1]
    place = folder / "kills"
    place.mkdir()
    runs = KilledRuns(warehouse, run.data, read_time(run.as_of), place, seed)
    done = []
    for number in range(count):
        kill = runs.kill(PHASES[number % len(PHASES)])
        done.append(kill)
        words = f"killed in {kill.phase}, {kill.steps} steps had begun"
        words += ", it had ended" if kill.had_ended else ""
        console().print(f"{words}: {kill.problem or 'whole'}", soft_wrap=True, highlight=False)
    problems = [kill.problem for kill in done if kill.problem]
    problems += [str(difference) for difference in runs.differences()]
    ended = sum(kill.had_ended for kill in done)
    console().print(
        "\n".join(
            [
                f"{count} runs killed, {ended} of them had ended: {len(problems)} problems.",
                *problems,
            ]
        ),
        soft_wrap=True,
        highlight=False,
    )
    return len(problems)


def _stories(
    folder: Path,
    schedules: int,
    cases: int,
    seed: int,
    *,
    demo: bool,
    evidence: bool,
    unit_tests: bool,
) -> Iterator[Sequence[Run]]:
    data = demo_folder()
    if demo:
        yield [Run(f"demo, {as_of}", data, as_of) for as_of in DEMO_INSTANTS]
        yield [typed_demo(folder)]
    if evidence:
        rules = _rules_with_likelihood(folder)
        run = Run("evidence of the demo", data, DEMO_INSTANTS[-1], rules, GATHERED, EVIDENCE)
        yield [run]
    for number in range(seed, seed + schedules):
        story = generated_story(folder / f"schedule{number}", number, cases)
        yield story
        if evidence:
            last = story[-1]
            judged = replace(
                last,
                name=f"evidence of {last.name}",
                variables={**last.variables, **GATHERED},
                select=LIKELIHOODS_JUDGED,
            )
            # Of the first one all tables are made, which unit tests ask for.
            is_first = unit_tests and number == seed
            yield [replace(judged, select=BUILT, with_unit_tests=True) if is_first else judged]


def typed_demo(folder: Path) -> Run:
    """A tenth of the demo whose columns have types, with times of a zone that has summer time."""
    data, zone = write_typed_demo(folder / "typed"), {"lead_scoring_input_time_zone": BERLIN}
    return Run("demo with types", data, DEMO_INSTANTS[-1], variables=zone, typed=True)


def _rules_with_likelihood(folder: Path) -> Path:
    """The project's rules with one for small business that was trained before the demo ended."""
    rules, scratch = folder / "trained", folder / "training"
    scratch.mkdir()
    question = Question(read_time(TRAINED_AT), At.weekly, 1, Foretold.active, 30, 5_000)
    train(Request("small_business", "active", None, None, question), scratch, rules)
    return rules


def generated_story(folder: Path, seed: int, cases: int) -> list[Run]:
    """Returns the runs of a generated schedule: rows arrive, and rules change, run after run."""
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    from generate.predictions import with_predictions
    from generate.schedules import draw_schedule

    runs = []
    for number, drawn in enumerate(draw_schedule(seed, cases).runs):
        pack = with_predictions(drawn, seed)
        data, rules = pack.write(folder / str(number))
        name = f"schedule {seed}, run {number}"
        runs.append(Run(name, data, pack.world.as_of, rules, pack.variables))
    return runs


def _line(result: Compared) -> str:
    seconds = ", ".join(f"{name} {spent:.0f} s" for name, spent in result.seconds.items())
    lines = [f"{result.run.name}: {result.tables} tables, {len(result.differences)} differ"]
    lines[0] += f" ({seconds})"
    lines += [str(difference) for difference in result.differences]
    if found := result.unit_tests:
        words = f"{found.tests} unit tests, {len(found.failures)} fail ({found.seconds:.0f} s)"
        lines += [words, *found.failures]
    return "\n".join(lines)
