"""Runs the project in a process of its own, and reads what each of its models took."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

from lead_scoring.runs.runner import score
from lead_scoring_workshop.benchmark.groups import Group, models_of_groups

MEMORY_LIMIT = "5GB"
# Of five times the events: with less, int_lead_scoring__reasons finds no room for its windows.
LARGE_MEMORY_LIMIT = "15GB"


@dataclass(frozen=True)
class Measure:
    """What a process took: seconds from start to end, and its greatest memory in bytes."""

    seconds: float
    memory: int
    output: str


@dataclass(frozen=True)
class ProjectRun:
    """One run of the project: seconds of each model, without dbt's start-up, seeds and tests."""

    process: Measure
    models: Mapping[str, float]  # name: seconds
    groups: Mapping[Group, float]  # seconds


class MeasureFailed(RuntimeError):
    """A process that was to be measured failed. The message holds the end of its words."""


def measure(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Measure:
    """Runs a command to its end. Raises MeasureFailed where it fails."""
    with TemporaryFile("w+") as output:
        started = time.monotonic()
        actions = [
            (os.POSIX_SPAWN_DUP2, output.fileno(), 1),
            (os.POSIX_SPAWN_DUP2, output.fileno(), 2),
        ]
        process = os.posix_spawn(
            command[0], list(command), {**os.environ, **(environment or {})}, file_actions=actions
        )
        # wait4 tells the memory of this process alone.
        _, status, usage = os.wait4(process, 0)
        seconds = time.monotonic() - started
        output.seek(0)
        text = output.read()
    if status:
        raise MeasureFailed(f"{' '.join(command)} failed:\n{text[-3000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Measure(seconds, usage.ru_maxrss * unit, text)


def run_project(
    *,
    data: Path,
    rules: Path,
    as_of: str,
    database: Path,
    memory_limit: str = MEMORY_LIMIT,
) -> ProjectRun:
    """Scores `data`, one model at a time, without tests; each may use all cores."""
    call = (
        f"from pathlib import Path; from {score.__module__} import score; score("
        f"data=Path({str(data)!r}), rules=Path({str(rules)!r}), as_of={as_of!r}, "
        f"database=Path({str(database)!r}), threads=1, "
        "with_tests=False)"
    )
    process = measure(
        [sys.executable, "-c", call],
        {"LEAD_SCORING_MEMORY_LIMIT": memory_limit, "DBT_WRITE_JSON": "true"},
    )
    target = database.with_name(f"{database.stem}.run") / "target"
    models = seconds_of_models(target)
    groups = {
        group: sum(models.get(name, 0.0) for name in names)
        for group, names in models_of_groups(target).items()
    }
    return ProjectRun(process, models, groups)


def seconds_of_models(target: Path) -> dict[str, float]:
    """Returns the seconds that each model took in the run whose artifacts lie in `target`."""
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    return {
        result["unique_id"].split(".")[-1]: _executing(result["timing"])
        for result in results
        if result["unique_id"].startswith("model.")
    }


def _executing(timings: Sequence[Mapping[str, str]]) -> float:
    for timing in timings:
        if timing["name"] == "execute":
            started, completed = (
                datetime.fromisoformat(timing[name].replace("Z", "+00:00"))
                for name in ("started_at", "completed_at")
            )
            return (completed - started).total_seconds()
    return 0.0
