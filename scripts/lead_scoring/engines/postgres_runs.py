"""A run of the project on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lead_scoring.rule_files import lay_out_rules
from lead_scoring.rules_commit import rules_commit
from lead_scoring.runner import BuildResult, build


def score_on_postgres(
    server: Mapping[str, str],
    *,
    schema: str,
    input_schema: str,
    work_folder: Path,
    as_of: str,
    rules: Path | None = None,
    threads: int | None = None,
    variables: Mapping[str, object] | None = None,
    select: Sequence[str] = (),
    with_tests: bool = True,
) -> BuildResult:
    """Scores the leads of a schema of input tables into another schema, by `dbt build`.

    The arguments are those of `runner.score`. Raises RunFailed and RulesError.
    """
    lay_out_rules(rules, work_folder / "project" / "seeds")
    return build(
        work_folder=work_folder,
        environment={
            **server,
            "LEAD_SCORING_SCHEMA": schema,
            "LEAD_SCORING_AS_OF": as_of,
            "LEAD_SCORING_RULES_COMMIT": rules_commit(rules),
        },
        target="postgres",
        threads=threads,
        variables={**(variables or {}), "lead_scoring_input_schema": input_schema},
        select=select,
        with_tests=with_tests,
    )
