"""dbt's unit tests on an engine, whose own SQL computes the rows that they expect."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dbt.cli.main import dbtRunner

from lead_scoring.project import PROJECT
from lead_scoring.runs.failures import RunFailed, reason, sentence


@dataclass(frozen=True)
class UnitTests:
    """How many unit tests there are, their seconds, and a sentence for each that fails."""

    tests: int
    seconds: float
    failures: Sequence[str]


def run_unit_tests(
    target: str, environment: Mapping[str, str], variables: Mapping[str, object], folder: Path
) -> UnitTests:
    """Runs the unit tests of all models.

    target: of the profile; environment: the variables by which it finds the engine, and there the
    tables that the tests name. variables: dbt's, of the run that made those. folder: for logs.
    Raises RunFailed where dbt does not start.
    """
    started = time.monotonic()
    os.environ.update(environment)
    outcome = dbtRunner().invoke(
        [
            *("--no-send-anonymous-usage-stats", "--log-level", "none", "--no-write-json"),
            *("test", "--select", "test_type:unit", "--target", target),
            *("--vars", json.dumps(variables), "--log-path", str(folder / "logs")),
            *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
            *("--target-path", str(folder / "target")),
        ]
    )
    if outcome.exception is not None:
        raise RunFailed(reason(outcome.exception))
    results = list(outcome.result)
    return UnitTests(
        len(results),
        time.monotonic() - started,
        [sentence(each) for each in results if each.status != "pass"],
    )
