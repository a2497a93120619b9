"""Runs the engine for a fit: scratch rule tables, the moments, and the scores that came out."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np

from lead_scoring.rules.files import PREFIX, lay_out_rules, seed_columns
from lead_scoring.rules.rule_set import Cells, RuleSet, clean
from lead_scoring.runs import runner
from lead_scoring.suggest.rule_rows import Tables
from lead_scoring.suggest.sample import Whole

RULES_HOLD = "assert_no_rule_is_invalid"


@dataclass(frozen=True)
class Step:
    """A part of the engine: models and what they are built from, but for what is there already."""

    select: tuple[str, ...]
    exclude: tuple[str, ...] = ()


# Which leads there are at which moments, and whose they are. No point is given yet.
MOMENTS = Step(
    ("+int_lead_scoring__leads_at_moments", "+int_lead_scoring__moment_scorecards", RULES_HOLD)
)
INPUTS = (
    "path:models/inputs",
    "int_lead_scoring__lead_versions",
    "int_lead_scoring__job_titles",
)
SCORES = Step(
    (
        "+int_lead_scoring__scores",
        "+int_lead_scoring__counting_events",
        "+int_lead_scoring__leads_at_moments",
        "+int_lead_scoring__active_colleagues",
        RULES_HOLD,
    ),
    INPUTS,
)
# At the same moments by other rules, which have no part in leads and events.
SCORES_AGAIN = Step(
    SCORES.select,
    (
        *INPUTS,
        "int_lead_scoring__moments",
        "int_lead_scoring__leads_at_moments",
        "int_lead_scoring__merged_attributes",
        "int_lead_scoring__bot_bursts",
        "int_lead_scoring__counting_events",
    ),
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


def write_rules(
    rules: Path | None, added: Tables, target: Path, *, beside: Collection[str] | None = None
) -> None:
    """Makes a folder of rule tables: those of `rules` or the project, and rows added to them.

    OWN_TABLES are left out where they are the project's own: a run takes them from there.
    beside: scorecards of `rules` that stay, the others are off; None: all stay.
    Raises RulesError.
    """
    target.mkdir(parents=True)
    laid_out = target / ".laid_out"
    lay_out_rules(rules, laid_out)
    own = {path.name.removeprefix(PREFIX) for path in rules.glob("*.csv")} if rules else set()
    for name, columns in seed_columns().items():
        source = laid_out / f"{PREFIX}{name}.csv"
        if added.get(name) or f"{name}.csv" in own or name not in OWN_TABLES:
            with source.open(encoding="utf-8", newline="") as lines:
                rows: list[Cells] = list(csv.DictReader(lines))
            if beside is not None and name == "scorecards":
                for row in rows:
                    if clean("scorecard", row["scorecard"]) not in beside:
                        row["status"] = "off"
            _write(target / f"{name}.csv", columns, [*rows, *added.get(name, [])])
    for path in laid_out.iterdir():
        path.unlink()
    laid_out.rmdir()


# Long ones, and those that say how inputs are read: the project's own name types of its own.
OWN_TABLES = ("lists", "title_keywords", "event_names", "outcome_stages")


def _write(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@dataclass(frozen=True)
class Engine:
    """The engine on one input, at moments of one's own. as_of: until when anything is known.
    database: a scratch one.
    """

    data: Path | None
    as_of: datetime
    database: Path
    threads: int | None = None
    echo: bool = False

    def run(self, rules: Path, moments: str, step: Step) -> None:
        """Runs a step by a folder of rule tables. Raises RunFailed.

        moments: a select of lead_id and as_of.
        """
        with runner.no_further_tests():
            runner.score(
                data=self.data,
                rules=rules,
                as_of=self.as_of.isoformat(),
                database=self.database,
                threads=self.threads,
                variables={"lead_scoring_moments": moments},
                select=step.select,
                exclude=step.exclude,
                echo=self.echo,
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
