"""Puts both numbers of each lead on ranks, and says how far the two orders agree."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from lead_scoring.data.checks.ids import told_otherwise
from lead_scoring.databases import Row, rows

SURE = 1.96  # standard errors on either side, 95 %
FULL = 0.9995  # correlation from which on the orders are the same, but for ties
NOTHING = 0.1  # correlation below which, either way, two orders have nothing in common to speak of
FIFTH = 80  # percent of the order above which the top fifth begins
APART = 10  # percent of the order, from which on a lead counts as higher or lower with them
MOST_DIFFERENT = 15  # leads listed on either side


@dataclass(frozen=True)
class Agreement:
    """How far two orders agree. None: it cannot be told.

    correlation: Spearman's, with ties at their middle place, and its 95 % interval.
    top_theirs, top_ours, top_both: leads in the top fifth of either order, and of both.
    """

    leads: int
    correlation: float | None
    low: float | None
    high: float | None
    top_theirs: int
    top_ours: int
    top_both: int

    @property
    def is_full(self) -> bool:
        """Whether both put the leads in one order."""
        return self.correlation is not None and self.correlation >= FULL

    @property
    def is_by_chance(self) -> bool:
        """Whether orders that have nothing to do with each other might well agree as much."""
        if self.correlation is None or self.low is None or self.high is None:
            return False
        return abs(self.correlation) < NOTHING or self.low <= 0 <= self.high

    @property
    def top_by_chance(self) -> float | None:
        """The share of their top fifth that unrelated orders would have in common with ours."""
        return self.top_ours / self.leads if self.top_theirs and self.leads else None


@dataclass(frozen=True)
class Standing:
    """What leads there are in both, and of the others why they are in one alone."""

    in_both: int
    only_theirs: Mapping[str, int]  # what became of the lead here -> leads
    only_ours: int
    written_otherwise: Mapping[str, int]  # how ids of theirs differ from one of ours -> ids


def set_beside(connection: duckdb.DuckDBPyConnection, part: str) -> Standing:
    """Makes the temporary table compared, of crm_scores and the published scores.

    part: total, fit or engagement. One row per lead in both: place (0, 1, ...), its keys, both
    numbers, and our_place and their_place, percent of the order from the lowest (0) on.
    """
    connection.execute(_COMPARED.format(part=part))
    fates = rows(
        connection,
        """
        select case
                when identities.is_merged then 'merged into another lead'
                when identities.is_erased then 'erased'
                when identities.lead_hash is not null then 'without a score'
                else 'unknown here'
            end as fate, count(*) as leads
        from crm_scores as theirs
        left join stg_lead_scoring__lead_identities as identities
            on identities.lead_hash = hash(theirs.lead_id)
        where theirs.lead_id not in (select lead_id from compared)
        group by fate order by leads desc, fate
        """,
    )
    connection.execute(
        "create or replace temp table lead_ids as select lead_id as id from lead_scores"
    )
    connection.execute(
        "create or replace temp table unmatched_ids as select lead_id as id, 1 as id_rows from"
        " crm_scores where lead_id not in (select lead_id from compared)"
    )
    both, ours = _numbers(
        connection,
        "select (select count(*) from compared), count(distinct lead_id) from lead_scores",
    )
    return Standing(
        int(both),
        {row["fate"]: row["leads"] for row in fates},
        int(ours - both),
        told_otherwise(connection),
    )


def agreement(connection: duckdb.DuckDBPyConnection) -> Agreement:
    """Returns how far the orders of the table compared agree."""
    leads, correlation, theirs, ours, both = _numbers(
        connection,
        f"""
        select count(*), corr(our_place, their_place),
            count(*) filter (their_place >= {FIFTH}), count(*) filter (our_place >= {FIFTH}),
            count(*) filter (their_place >= {FIFTH} and our_place >= {FIFTH})
        from compared
        """,
    )
    known = correlation is not None and math.isfinite(correlation) and leads > 3
    low, high = _interval(float(correlation), int(leads)) if known else (None, None)
    return Agreement(
        int(leads), float(correlation) if known else None, low, high,
        int(theirs), int(ours), int(both),
    )  # fmt: skip


def stages_by_band(
    connection: duckdb.DuckDBPyConnection, is_graded: bool
) -> dict[str, dict[str, int]]:
    """Returns how many leads of each of our stages are in each band of theirs, the best first.

    A band is a grade as it is written, else a fifth of their order: band -> stage -> leads.
    """
    fifth = "'fifth ' || (5 - least(4, cast(floor(their_place / 20) as integer)))"
    found: dict[str, dict[str, int]] = {}
    for band, stage, leads in connection.execute(
        f"select {'label' if is_graded else fifth} as band, coalesce(stage, 'none') as stage,"
        " count(*) as leads from compared group by band, stage"
        " order by max(max(theirs_score)) over (partition by band) desc, band, stage"
    ).fetchall():
        found.setdefault(band, {})[stage] = leads
    return found


def most_different(connection: duckdb.DuckDBPyConnection, is_higher: bool) -> list[Row]:
    """Returns the leads that stand higher (or lower) with them than here, by most first."""
    sign = "desc" if is_higher else "asc"
    reasons = "down" if is_higher else "up"
    return rows(
        connection,
        f"""
        select lead_id, ours, label, our_place, their_place,
            concat_ws('; ', reason_{reasons}_1, reason_{reasons}_2, reason_{reasons}_3) as reasons
        from compared
        where {"their_place - our_place" if is_higher else "our_place - their_place"} >= {APART}
        order by their_place - our_place {sign}, lead_id limit {MOST_DIFFERENT}
        """,
    )


def _interval(correlation: float, leads: int) -> tuple[float, float]:
    """Returns where the true correlation lies, 95 % sure (Bonett and Wright, 2000)."""
    held = max(-1 + 1e-12, min(1 - 1e-12, correlation))
    half = SURE * math.sqrt((1 + held**2 / 2) / (leads - 3))
    return math.tanh(math.atanh(held) - half), math.tanh(math.atanh(held) + half)


def _numbers(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[float, ...]:
    return connection.execute(query).fetchall()[0]


# Ties stand at the middle of the places that they take.
_COMPARED = """
create or replace temp table compared as
with latest as (
    select * from lead_scores where as_of = (select max(as_of) from lead_scores)
),
both_scores as (
    select
        latest.*, latest.{part}_score as ours, theirs.label, theirs.score as theirs_score,
        moments.moment_key
    from latest
    inner join crm_scores as theirs on latest.lead_id = theirs.lead_id
    inner join int_lead_scoring__moments as moments
        on latest.lead_id = moments.lead_id and latest.as_of = moments.as_of
)
select
    *,
    cast(row_number() over (order by lead_id) - 1 as integer) as place,
    100.0 * (rank() over (order by ours) - 1 + (count(*) over (partition by ours)) / 2.0)
        / count(*) over () as our_place,
    100.0 * (
        rank() over (order by theirs_score) - 1 + (count(*) over (partition by theirs_score)) / 2.0
    ) / count(*) over () as their_place
from both_scores
"""
