"""Whether the ways of others and the project give each lead the same points.

They can only where they compute the same: the rules are `plain` ones, bare sums of decayed points.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

# The project rounds each day's term of a rule to four decimals: half a unit of the last at most.
TOLERANCE_PER_EVENT = 0.00005
# What doubles may lose of a sum of some thousands.
TOLERANCE_OF_DOUBLES = 0.000001

QUERY = """
with project as (
    select lead_id, cast(engagement_points as double) as points from lead_engagement_scores
    where is_own_scorecard
),

matches as (
    select lead_decay.lead_id, sum(lead_decay.events) as events
    from lead_decay
    inner join lead_scores
        on
            lead_decay.lead_id = lead_scores.lead_id
            and lead_decay.scorecard = lead_scores.scorecard
    group by lead_decay.lead_id
),

other as (
    select lead_id, points from read_parquet($totals)
),

differences as (
    select
        abs(coalesce(project.points, 0) - coalesce(other.points, 0)) as difference,
        $per_event * coalesce(matches.events, 0) + $of_doubles as tolerance,
        coalesce(project.points, 0) <> 0 or coalesce(other.points, 0) <> 0 as has_points
    from project
    full outer join other on project.lead_id = other.lead_id
    left join matches on project.lead_id = matches.lead_id
)

select
    count(*) filter (where has_points) as leads,
    count(*) filter (where difference > tolerance) as differing_leads,
    max(difference) as greatest_difference
from differences
"""


@dataclass(frozen=True)
class Agreement:
    """A comparison of all leads that have points by either way."""

    leads: int
    differing_leads: int  # by more than what rounding explains
    greatest_difference: float  # points


def compare(database: Path, totals: Path) -> Agreement:
    """Compares the engagement points of a scored database with a Parquet file of totals."""
    with duckdb.connect(str(database), read_only=True) as connection:
        row = connection.execute(
            QUERY,
            {
                "totals": str(totals),
                "per_event": TOLERANCE_PER_EVENT,
                "of_doubles": TOLERANCE_OF_DOUBLES,
            },
        ).fetchone()
    assert row is not None  # an aggregate always has its one row
    return Agreement(*row)
