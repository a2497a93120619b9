"""The command ./scripts/check_engines: does another engine make the same rows?"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring import runner
from lead_scoring.engines.comparison import Compared, Run, compare_runs
from lead_scoring.engines.postgres_kills import PHASES, KilledRuns
from lead_scoring.engines.postgres_server import NoPostgresError, postgres_server
from lead_scoring.evidence import EVIDENCE
from lead_scoring.input_files import InputError, demo_folder
from lead_scoring.rule_files import RulesError
from lead_scoring.tables import console
from lead_scoring.times import read_time

# Where the generator of cases lies: the tests'.
TESTS = runner.PROJECT / "tests" / "python"
DEMO_INSTANTS = ("2026-06-29T12:00:00Z", "2026-06-30T12:00:00Z")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    schedules: Annotated[
        int, typer.Option(min=0, help="Generated stories of several runs to compare.")
    ] = 3,
    cases: Annotated[int, typer.Option(min=1, help="Leads' cases in each of them.")] = 60,
    seed: Annotated[int, typer.Option(help="Seed of the first.")] = 1,
    demo: Annotated[bool, typer.Option(help="Compare two days of the demo too.")] = True,
    evidence: Annotated[bool, typer.Option(help="Compare the demo's tables of evidence.")] = True,
    kills: Annotated[
        int, typer.Option(min=0, help="Runs to kill, half of them while they publish.")
    ] = 0,
) -> None:
    """Scores on DuckDB and on a PostgreSQL server of its own, and compares every table exactly.

    Hashes aside, which are an engine's own. With --kills it also kills runs that publish on the
    server, and looks at what readers see. Exit code 0: no row differs, and readers saw whole runs.
    1: some do, or a run failed. 2: there is no PostgreSQL on this machine.
    """
    out, compared = console(), []
    os.environ["DBT_INDIRECT_SELECTION"] = "empty"  # rows are compared; tests of data run elsewhere
    try:
        with tempfile.TemporaryDirectory() as made, postgres_server() as server:
            stories = _stories(Path(made), schedules, cases, seed, demo=demo, evidence=evidence)
            for number, story in enumerate(stories):
                folder = Path(made) / f"story{number}"
                folder.mkdir()
                for result in compare_runs(server, story, folder, f"story{number}"):
                    compared.append(result)
                    out.print(_line(result), soft_wrap=True, highlight=False)
            problems = _kill(server, Path(made), kills, cases, seed) if kills else 0
    except NoPostgresError as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(2) from None
    except (InputError, RulesError, runner.RunFailed) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    rows = [difference for result in compared for difference in result.differences]
    tables = sum(result.tables for result in compared)
    out.print(f"{tables} tables, {len(rows)} differ.", highlight=False)
    raise typer.Exit(1 if rows or problems else 0)


def _kill(server: Mapping[str, str], folder: Path, count: int, cases: int, seed: int) -> int:
    """Kills runs, prints what came of it, and returns how often readers saw no whole run."""
    run = generated_story(folder / "killed", seed, cases)[-1]
    place = folder / "kills"
    place.mkdir()
    runs = KilledRuns(server, run.data, read_time(run.as_of), place, seed)
    done = [runs.kill(PHASES[number % len(PHASES)]) for number in range(count)]
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
    folder: Path, schedules: int, cases: int, seed: int, *, demo: bool, evidence: bool
) -> Iterator[Sequence[Run]]:
    data = demo_folder()
    if demo:
        yield [Run(f"demo, {as_of}", data, as_of) for as_of in DEMO_INSTANTS]
    if evidence:
        variables = {"lead_scoring_evidence": True}
        as_of = DEMO_INSTANTS[-1]
        yield [Run("evidence of the demo", data, as_of, variables=variables, select=EVIDENCE)]
    for number in range(seed, seed + schedules):
        yield generated_story(folder / f"schedule{number}", number, cases)


def generated_story(folder: Path, seed: int, cases: int) -> list[Run]:
    """Returns the runs of a generated schedule: rows arrive, and rules change, run after run."""
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    from generate.schedules import draw_schedule

    runs = []
    for number, pack in enumerate(draw_schedule(seed, cases).runs):
        data, rules = pack.write(folder / str(number))
        name = f"schedule {seed}, run {number}"
        runs.append(Run(name, data, pack.world.as_of, rules, pack.variables))
    return runs


def _line(result: Compared) -> str:
    seconds = ", ".join(f"{name} {spent:.0f} s" for name, spent in result.seconds.items())
    lines = [f"{result.run.name}: {result.tables} tables, {len(result.differences)} differ"]
    lines[0] += f" ({seconds})"
    return "\n".join(lines + [str(difference) for difference in result.differences])


if __name__ == "__main__":
    app(prog_name="./scripts/check_engines")
