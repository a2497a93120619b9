"""dbt's unit tests on an engine, whose own SQL computes the rows that they expect."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dbt.cli.main import dbtRunner

from lead_scoring.project import PROJECT
from lead_scoring.runs.failures import RunFailed, reason, sentence
from lead_scoring.runs.runner import in_environment

# Models, and whether the tables of evidence are asked for: else these are not there.
SELECTIONS = (("path:models", False), ("path:models/evidence", True))


@dataclass(frozen=True)
class UnitTests:
    """How many unit tests there are, their seconds, and a sentence for each that fails."""

    tests: int
    seconds: float
    failures: Sequence[str]


def run_unit_tests(
    target: str, environment: Mapping[str, str], schema: str, folder: Path
) -> UnitTests:
    """Runs the unit tests of all models, where all tables are, those of evidence too.

    target: of the profile; its first word is the engine's name, which tests that it cannot run are
    tagged with. environment: the variables by which it finds the engine. schema: of the public
    tables; the inputs' lies beside it. folder: for logs. Raises RunFailed where dbt does not start.
    """
    started, results = time.monotonic(), []
    environment = {**environment, "LEAD_SCORING_SCHEMA": schema, "LEAD_SCORING_AS_OF": ""}
    for models, has_evidence in SELECTIONS:
        variables = {
            "lead_scoring_input_schema": f"{schema}_inputs",
            "lead_scoring_evidence": has_evidence,
        }
        arguments = [
            *("--no-send-anonymous-usage-stats", "--log-level", "none", "--no-write-json"),
            *("test", "--select", f"{models},test_type:unit", "--target", target),
            *("--exclude", f"tag:not_on_{target.split('_')[0]}", "--vars", json.dumps(variables)),
            *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
            *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
        ]
        with in_environment(environment):
            outcome = dbtRunner().invoke(arguments)
        if outcome.exception is not None:
            raise RunFailed(reason(outcome.exception))
        results += list(outcome.result)
    failures = [sentence(each) for each in results if each.status != "pass"]
    return UnitTests(len(results), time.monotonic() - started, failures)
