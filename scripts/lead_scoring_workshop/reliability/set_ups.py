"""Kills of ./scripts/setup, and whether the next call makes what it left whole."""

from __future__ import annotations

import random
import shutil
import time
from dataclasses import asdict
from pathlib import Path

from lead_scoring.project import PROJECT
from lead_scoring_workshop.reliability.commands import Command
from lead_scoring_workshop.reliability.kills import Kill
from lead_scoring_workshop.reliability.results import Results

PHASE = "set-up"
# What the environment is for.
_USES = "import dbt.adapters.duckdb, dbt.cli.main, duckdb, rich, typer"


def try_set_ups(folder: Path, results: Results, kills: int, seed: int) -> None:
    """Kills so many set-ups, each in a project of its own. Goes on where `results` ends."""
    killed = len(results.read("set_ups"))
    if killed >= kills:
        return
    project = folder / "set_up"
    seconds = _set_up(_copy(project)).ended().seconds
    dice = random.Random(seed + killed)
    for _ in range(killed, kills):
        results.add("set_ups", asdict(_kill(_copy(project), dice.uniform(0, seconds))))


def _kill(project: Path, wait: float) -> Kill:
    """Kills a set-up, then sets up again and uses what is there."""
    command = _set_up(project)
    deadline = time.monotonic() + wait
    command.wait_until(lambda: time.monotonic() >= deadline)
    step = _step(project / ".venv") if command.runs else "ended"
    command.kill()
    again = _set_up(project).ended()
    third = _set_up(project).ended()
    used = Command(project / ".venv" / "bin" / "python", "-c", _USES).ended()
    problem = "\n".join(filter(None, (again.words if again.code else "", third.words, used.words)))
    codes = (again.code, third.code, used.code)
    return Kill(
        PHASE, step, wait, codes == (0, 0, 0) and not problem, is_lost=False, problem=problem
    )


def _step(environment: Path) -> str:
    if not (environment / "bin" / "pip").exists():
        return "environment"
    return "end" if (environment / "installed").exists() else "packages"


def _copy(project: Path) -> Path:
    """Makes a project in which nothing is set up."""
    shutil.rmtree(project, ignore_errors=True)
    (project / "scripts").mkdir(parents=True)
    shutil.copy(PROJECT / "scripts" / "setup", project / "scripts")
    for file in PROJECT.glob("requirements*.txt"):
        shutil.copy(file, project)
    return project


def _set_up(project: Path) -> Command:
    return Command(project / "scripts" / "setup", project=project)
