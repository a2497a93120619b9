"""Scores the same leads by two rule sets in a scratch folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from lead_scoring.private_files import copy_file
from lead_scoring.runs import runner
from lead_scoring.runs.failures import RunFailed

# What a comparison reads, each with all that it is built from; and the test that stops a run
# whose rules cannot apply. Every other table and test would only cost time.
TABLES = (
    "int_lead_scoring__scores",
    "int_lead_scoring__leads_at_moments",
    "score_reasons",
)
# The same where there are predictions.
LIKELIHOODS = "int_lead_scoring__likelihoods"
STANDINGS = "int_lead_scoring__prediction_standings"
TEST = "assert_no_rule_is_invalid"
DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class Instants:
    """The instants, in UTC, at which both rule sets score every lead in one pass."""

    now: datetime
    week_ago: datetime
    before_outcomes: datetime

    @classmethod
    def of(cls, now: datetime, outcome_days: int) -> Instants:
        """Returns the instants of a preview at `now`; outcomes are looked at for so many days."""
        return cls(now, now - timedelta(days=DAYS_OF_WEEK), now - timedelta(days=outcome_days))


@dataclass(frozen=True)
class Scratch:
    """Two scored databases."""

    base: Path
    edited: Path


def score_both(
    *,
    data: Path | None,
    base_rules: Path,
    edited_rules: Path,
    changed_tables: Sequence[str],
    instants: Instants,
    folder: Path,
    with_likelihoods: bool = False,
    threads: int | None = None,
    echo: bool = False,
) -> Scratch:
    """Scores the leads of `data` (None: the demo) by two whole rule sets, within `folder`.

    changed_tables: the rule tables, by contract name, that differ; what depends on them is built
    again. with_likelihoods: a rule set has predictions. Raises RunFailed, and names the rule set,
    where one cannot be scored.
    """
    tables = (*TABLES, LIKELIHOODS, STANDINGS) if with_likelihoods else TABLES
    work = folder / "lead_scoring.duckdb"  # the name stays, so that dbt need not parse again
    scratch = Scratch(folder / "base.duckdb", folder / "edited.duckdb")

    def run(rules: Path, select: Sequence[str]) -> None:
        with runner.no_further_tests():
            runner.score(
                data=data,
                rules=rules,
                as_of=instants.now.isoformat(),
                database=work,
                threads=threads,
                variables={"lead_scoring_moments": _moments(instants)},
                select=[*select, TEST],
                echo=echo,
            )

    try:
        run(base_rules, [f"+{table}" for table in tables])
    except RunFailed as error:
        raise RunFailed(f"The base rules cannot be scored.\n{error}") from None
    copy_file(work, scratch.base)
    if changed_tables:
        try:
            run(
                edited_rules,
                [f"lead_scoring__{name}+,+{table}" for name in changed_tables for table in tables],
            )
        except RunFailed as error:
            raise RunFailed(f"The edited rules cannot be scored.\n{error}") from None
    work.rename(scratch.edited)
    return scratch


def _moments(instants: Instants) -> str:
    """Returns the relation of moments: every lead at every instant, once it is known."""
    times = {instants.now, instants.week_ago, instants.before_outcomes}
    values = ", ".join(f"(timestamp '{time:%Y-%m-%d %H:%M:%S.%f}')" for time in sorted(times))
    return (
        "(select identities.lead_id, instants.as_of"
        " from main.stg_lead_scoring__lead_identities as identities"
        f" cross join (values {values}) as instants (as_of))"
    )
