"""Compares two scored scratch databases: what everyone who looks at a preview is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lead_scoring.databases import rows
from lead_scoring.preview.fail_conditions import Figure, percent_change
from lead_scoring.preview.movers import Mover, find_movers
from lead_scoring.preview.outcomes import Outcomes, compare_outcomes
from lead_scoring.preview.predictions import (
    NO_ROUTES,
    LikelihoodChange,
    Routes,
    compare_likelihoods,
    compare_routes,
)
from lead_scoring.preview.rule_differences import RuleDifference
from lead_scoring.preview.scratch import Instants, Scratch

STAGES = ("sql", "mql", "lead", "disqualified")
QUALIFIED = {"mql": ("mql", "sql"), "sql": ("sql",)}  # stage -> the stages at or above it
BIN_WIDTH = 5  # points of total score; the last bin holds 100 as well
BINS = 100 // BIN_WIDTH


@dataclass(frozen=True)
class Change:
    """A count of leads under the base rules and under the edited ones."""

    before: int
    after: int

    @property
    def difference(self) -> int:
        """Returns how many leads more there are."""
        return self.after - self.before

    @property
    def percent(self) -> Figure:
        """Returns the change in percent; infinite where something comes from nothing."""
        return percent_change(self.before, self.after)


Changes = Mapping[str, Change]


@dataclass(frozen=True)
class Comparison:
    """How the scores of the same leads differ between two rule sets."""

    base: str  # what the base rules are, in words
    edited: str
    instants: Instants
    rules: Sequence[RuleDifference]
    leads: int
    score_changes: int
    grade_changes: int
    stages: Changes  # by stage, the highest first
    moves: Mapping[tuple[str, str], int]  # stage before, stage after -> leads
    grades: Mapping[tuple[str, str], Change]  # fit grade, engagement grade
    scores: Sequence[Change]  # by bins of total score, the lowest first
    movers: Sequence[Mover]  # leads that enter or leave mql or sql
    handoffs: Change  # leads that reached mql or sql in the last week
    handoffs_to: Changes  # the same by stage
    weekly_capacity: int | None
    outcomes: Outcomes
    likelihoods: Sequence[LikelihoodChange] = ()
    routes: Routes = NO_ROUTES

    @property
    def stage_changes(self) -> int:
        """Returns how many leads are in another stage."""
        return sum(leads for (before, after), leads in self.moves.items() if before != after)

    def qualified(self, stage: str) -> Change:
        """Returns the leads at a stage, mql or sql, or above."""
        found = [self.stages[name] for name in QUALIFIED[stage] if name in self.stages]
        return Change(sum(one.before for one in found), sum(one.after for one in found))

    @property
    def figures(self) -> dict[str, Figure]:
        """Returns the figures that a condition of --fail-if may name; None: not known."""
        found: dict[str, Figure] = {
            "leads": self.leads,
            "rule_changes": len(self.rules),
            "score_changes": self.score_changes,
            "stage_changes": self.stage_changes,
            "grade_changes": self.grade_changes,
        }
        counts = {
            "mql": self.qualified("mql"),
            "sql": self.qualified("sql"),
            "disqualified": self.stages.get("disqualified", Change(0, 0)),
            "handoffs": self.handoffs,
        }
        for name, change in counts.items():
            found[f"{name}_before"] = change.before
            found[f"{name}_after"] = change.after
            found[f"{name}_change"] = change.percent
        for stage in QUALIFIED:
            crossings = [mover.crosses(stage) for mover in self.movers]
            found[f"{stage}_entered"] = crossings.count(1)
            found[f"{stage}_left"] = crossings.count(-1)
        found["likelihood_changes"] = sum(one.moved for one in self.likelihoods)
        found["handoffs_rerouted"] = self.routes.leads
        found["capacity_used"] = self.capacity_used
        found["auc_before"], found["auc_after"] = self.outcomes.auc_before, self.outcomes.auc_after
        found["auc_change"] = self.outcomes.auc_change
        return found

    @property
    def capacity_used(self) -> Figure:
        """Returns the hand-offs after the change in percent of the capacity, None without one."""
        if self.weekly_capacity is None:
            return None
        return percent_change(self.weekly_capacity, self.handoffs.after) + 100


def compare(
    scratch: Scratch,
    *,
    base: str,
    edited: str,
    instants: Instants,
    rules: Sequence[RuleDifference],
    weekly_capacity: int | None,
) -> Comparison:
    """Compares the scores of two scratch databases."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        for side, database in (("base", scratch.base), ("edited", scratch.edited)):
            _read_scores(connection, side, database)
        connection.execute(_PAIRS, {"now": instants.now.replace(tzinfo=None)})
        leads, score_changes, grade_changes = _one(connection, _TOTALS)
        connection.execute(_CROSSINGS, {"week_ago": instants.week_ago.replace(tzinfo=None)})
        handoffs = _one(connection, _HANDOFFS)
        databases = {"base": scratch.base, "edited": scratch.edited}
        moves = {
            (str(row["before_stage"]), str(row["after_stage"])): int(row["leads"])
            for row in rows(connection, _MOVES)
        }
        return Comparison(
            base=base,
            edited=edited,
            instants=instants,
            rules=rules,
            leads=leads,
            score_changes=score_changes,
            grade_changes=grade_changes,
            stages=_stages(moves),
            moves=moves,
            grades=_grades(connection),
            scores=_bins(connection),
            movers=find_movers(connection),
            handoffs=Change(handoffs[0], handoffs[3]),
            handoffs_to={
                "mql": Change(handoffs[1], handoffs[4]),
                "sql": Change(handoffs[2], handoffs[5]),
            },
            weekly_capacity=weekly_capacity,
            outcomes=compare_outcomes(connection, instants),
            likelihoods=compare_likelihoods(connection),
            routes=compare_routes(connection, databases, instants) if rules else NO_ROUTES,
        )


def _read_scores(connection: duckdb.DuckDBPyConnection, side: str, database: Path) -> None:
    """Attaches a database, and lists in `<side>_scores` every score on a lead's own scorecard."""
    quoted = str(database).replace("'", "''")
    connection.execute(f"attach '{quoted}' as {side} (read_only)")
    connection.execute(
        f"""
        create table {side}_scores as
        select
            moments.moment_key, moments.lead_key, moments.lead_id, moments.as_of,
            scores.scorecard, coalesce(scores.stage, 'none') as stage,
            scores.fit_grade, scores.engagement_grade,
            scores.total_score, scores.fit_score, scores.engagement_score,
            scores.is_disqualified, moments.status
        from {side}.int_lead_scoring__scores as scores
        join {side}.int_lead_scoring__leads_at_moments as moments using (moment_key)
        where scores.is_own_scorecard
        """
    )


def _one(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    parameters: Mapping[str, object] | None = None,
) -> tuple[int, ...]:
    """Returns the only row of a query of whole numbers."""
    found = connection.execute(query, parameters or {}).fetchone()
    return tuple(int(number or 0) for number in found or ())


# The leads that exist now, with both scores: `before_...` by the base rules, `after_...`.
_PAIRS = """
    create table pairs as
    select
        before.lead_id,
        before.as_of,
        before.status,
        before.moment_key as before_moment_key,
        after.moment_key as after_moment_key,
        columns(before.* exclude (lead_id, lead_key, as_of, status, moment_key)) as 'before_\\0',
        columns(after.* exclude (lead_id, lead_key, as_of, status, moment_key)) as 'after_\\0'
    from base_scores as before
    join edited_scores as after using (lead_id, as_of)
    where as_of = $now
"""

_TOTALS = """
    select
        count(*),
        count(*) filter (before_total_score <> after_total_score),
        count(*) filter (
            before_fit_grade is distinct from after_fit_grade
            or before_engagement_grade is distinct from after_engagement_grade
        )
    from pairs
"""

_MOVES = """
    select before_stage, after_stage, count(*) as leads from pairs
    group by before_stage, after_stage order by before_stage, after_stage
"""

# Open leads that are at or above a stage now and were not a week ago, or were not there at all.
_CROSSINGS = """
    create table crossings as
    with last_week as (
        select
            pairs.*,
            coalesce(base_scores.stage, 'none') as before_then,
            coalesce(edited_scores.stage, 'none') as after_then
        from pairs
        left join base_scores
            on pairs.lead_id = base_scores.lead_id and base_scores.as_of = $week_ago
        left join edited_scores
            on pairs.lead_id = edited_scores.lead_id and edited_scores.as_of = $week_ago
        where pairs.status = 'open'
    ),

    sides as (
        select
            *,
            before_stage in ('mql', 'sql') and before_then not in ('mql', 'sql') as before_mql,
            before_stage = 'sql' and before_then <> 'sql' as before_sql,
            after_stage in ('mql', 'sql') and after_then not in ('mql', 'sql') as after_mql,
            after_stage = 'sql' and after_then <> 'sql' as after_sql
        from last_week
    )

    select
        *,
        before_mql or before_sql as before_crosses,
        after_mql or after_sql as after_crosses
    from sides
"""

_HANDOFFS = """
    select
        count(*) filter (before_mql or before_sql),
        count(*) filter (before_mql),
        count(*) filter (before_sql),
        count(*) filter (after_mql or after_sql),
        count(*) filter (after_mql),
        count(*) filter (after_sql)
    from crossings
"""


def _stages(moves: Mapping[tuple[str, str], int]) -> dict[str, Change]:
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for (left, entered), leads in moves.items():
        before[left] += leads
        after[entered] += leads
    others = sorted((before | after).keys() - set(STAGES))
    return {
        stage: Change(before[stage], after[stage])
        for stage in (*STAGES[:-1], *others, STAGES[-1])
        if stage in STAGES or before[stage] or after[stage]
    }


def _grades(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], Change]:
    """Returns the leads per grade; leads without a grade are left out."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, side in enumerate(("before", "after")):
        for row in rows(
            connection,
            f"select {side}_fit_grade as fit, {side}_engagement_grade as engagement,"
            " count(*) as leads from pairs"
            f" where {side}_fit_grade || {side}_engagement_grade is not null group by all",
        ):
            found.setdefault((row["fit"], row["engagement"]), [0, 0])[place] = row["leads"]
    return {grade: Change(*found[grade]) for grade in sorted(found)}


def _bins(connection: duckdb.DuckDBPyConnection) -> list[Change]:
    bins = [[0, 0] for _ in range(BINS)]
    for place, side in enumerate(("before", "after")):
        for row in rows(
            connection,
            f"select least({side}_total_score // {BIN_WIDTH}, {BINS - 1}) as bin,"
            " count(*) as leads from pairs group by bin",
        ):
            bins[row["bin"]][place] = row["leads"]
    return [Change(*counts) for counts in bins]
