"""Runs the engine for a fit: scratch rule tables, the moments, and the scores that came out."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import numpy as np

from lead_scoring import runner
from lead_scoring.rule_files import PREFIX, lay_out_rules, seed_columns
from lead_scoring.rule_set import Cells, RuleSet
from lead_scoring.suggest.rule_rows import Tables
from lead_scoring.suggest.sample import Question, Whole

# What a fit reads, each with all that it is built from, and the test that stops bad rules.
MODELS = (
    "+int_lead_scoring__scores",
    "+int_lead_scoring__counting_events",
    "+int_lead_scoring__leads_at_moments",
    "+int_lead_scoring__active_colleagues",
    "assert_no_rule_is_invalid",
)


def new_event_types(rules: RuleSet, event_types: Sequence[str]) -> Tables:
    """Returns rows for those of the input's event types that event_types.csv does not know yet."""
    known = rules.names("event_types", "event_type")
    return {
        "event_types": [
            {"event_type": one, "note": "In the input, without a rule so far"}
            for one in event_types
            if one not in known
        ]
    }


def write_rules(rules: Path | None, added: Tables, target: Path) -> None:
    """Writes a folder of rule tables: those of `rules` or the project, and rows added to them.

    The long lists are left out where they are the project's own: a run takes them from there.
    Raises RulesError.
    """
    laid_out = target / ".laid_out"
    lay_out_rules(rules, laid_out)
    own = {path.name.removeprefix(PREFIX) for path in rules.glob("*.csv")} if rules else set()
    for name, columns in seed_columns().items():
        source = laid_out / f"{PREFIX}{name}.csv"
        if added.get(name) or f"{name}.csv" in own or name not in BIG_TABLES:
            with source.open(encoding="utf-8", newline="") as lines:
                rows: list[Cells] = list(csv.DictReader(lines))
            _write(target / f"{name}.csv", columns, [*rows, *added.get(name, [])])
    for path in laid_out.iterdir():
        path.unlink()
    laid_out.rmdir()


BIG_TABLES = ("lists", "title_keywords")


def _write(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def run_engine(
    data: Path | None,
    rules: Path,
    question: Question,
    database: Path,
    threads: int | None = None,
    echo: bool = False,
) -> None:
    """Scores the moments of a question by every scorecard of a rules folder. Raises RunFailed."""
    with runner.no_further_tests():
        runner.score(
            data=data,
            rules=rules,
            as_of=question.as_of.isoformat(),
            database=database,
            threads=threads,
            variables={"lead_scoring_moments": question.relation()},
            select=MODELS,
            echo=echo,
        )


def read_scores(
    connection: duckdb.DuckDBPyConnection, scorecard: str, keys: Whole
) -> dict[str, Whole]:
    """Returns the three scores, and both points in units of 1/10000, of every moment in `keys`."""
    found = connection.execute(
        "select moment_key, cast(total_score as bigint) as total_score,"
        " cast(fit_score as bigint) as fit_score,"
        " cast(engagement_score as bigint) as engagement_score,"
        " cast(fit_points * 10000 as bigint) as fit_points,"
        " cast(engagement_points * 10000 as bigint) as engagement_points"
        " from int_lead_scoring__scores where scorecard = $1 order by moment_key",
        [scorecard],
    ).fetchnumpy()
    places = np.searchsorted(found["moment_key"], keys)
    return {
        name: np.asarray(np.ma.getdata(found[name])[places], dtype=np.int64)
        for name in found
        if name != "moment_key"
    }
