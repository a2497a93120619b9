"""Gathers evidence: scores leads at honest instants and sets the scores beside what became of them.

The tables of evidence lie in a database of their own, so that nothing that is read daily changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lead_scoring.project import DATABASE
from lead_scoring.runs import runner

# Everything that the tables of evidence need, and tests of what is built alone.
EVIDENCE = ("+path:models/evidence", "--indirect-selection", "buildable")


def database_of(database: Path) -> Path:
    """The file for the evidence on the leads that are scored in `database`."""
    return database.with_name(f"{database.stem}.evidence.duckdb")


def gather(
    *,
    data: Path | None = None,
    rules: Path | None = None,
    as_of: str | None = None,
    database: Path = DATABASE,
    threads: int | None = None,
    variables: Mapping[str, object] | None = None,
    echo: bool = False,
) -> runner.RunResult:
    """Builds the tables of evidence beside `database`; its result names the file.

    Arguments are those of runner.score; as_of is the instant until which outcomes are known.
    Raises RunFailed where an input, a rule table, the database or a part of the run fails.
    """
    return runner.score(
        data=data,
        rules=rules,
        as_of=as_of,
        database=database_of(database),
        threads=threads,
        full_refresh=True,
        variables={**(variables or {}), "lead_scoring_evidence": True},
        select=EVIDENCE,
        echo=echo,
    )
