"""How likelihoods and hand-offs differ between two scored scratch databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lead_scoring.databases import Row, rows
from lead_scoring.likelihoods import percent
from lead_scoring.model_expressions import Project
from lead_scoring.preview.scratch import LIKELIHOODS, STANDINGS, Instants

MOVED = 0.01  # of a likelihood: less is not worth a word
MOST_MOVERS = 10
ROUTES = "int_lead_scoring__handoff_details"
# What that model reads beside the hand-offs themselves: of their moments, of rules, and nothing of
# their reasons, which are not asked for.
OF_MOMENTS = (
    *("int_lead_scoring__leads_at_moments", "int_lead_scoring__scores"),
    *("int_lead_scoring__rules_that_hold", LIKELIHOODS),
)
OF_RULES = (
    *("int_lead_scoring__scorecard_rules", "int_lead_scoring__rules", STANDINGS),
    *("int_lead_scoring__rule_conditions", "int_lead_scoring__conditions"),
    "lead_scoring__scorecards",
)
OF_REASONS = ("int_lead_scoring__reasons", "int_lead_scoring__reason_texts")
SIDES = {"base": "before", "edited": "after"}


@dataclass(frozen=True)
class LeadMoved:
    """A lead whose likelihood moves. before, after: 0 to 1; None: unknown, or there was none."""

    lead_id: str
    before: float | None
    after: float | None
    band: int | None

    @property
    def words(self) -> str:
        """Returns both likelihoods: '3.0 % -> 31 % (band 7)'."""
        before, after = (
            "none" if one is None else percent(one) for one in (self.before, self.after)
        )
        return f"{before} -> {after}" + (f" (band {self.band})" if self.band is not None else "")


@dataclass(frozen=True)
class LikelihoodChange:
    """What a new or changed prediction says of today's open leads.

    Beside it stands what it said before or, of a new one, what the one says that is shown now.
    """

    prediction: str
    standing_before: str | None  # live or challenger; None: it is new
    standing_after: str
    beside: str | None  # whose likelihoods stand before; None: nothing was foretold
    leads: int
    unknown: int
    expected_before: float  # how many are promised
    expected_after: float
    moved: int  # leads whose likelihood moves by a percent or more
    bands_moved: int | None  # None: bands of another prediction cannot be compared
    movers: Sequence[LeadMoved]  # those that move most


@dataclass(frozen=True)
class Routes:
    """Hand-offs of the last week under both rule sets that go elsewhere: from and to, how many."""

    moves: Mapping[tuple[str, str], int]

    @property
    def leads(self) -> int:
        """Returns how many hand-offs go elsewhere."""
        return sum(self.moves.values())


NO_ROUTES = Routes({})


def compare_likelihoods(connection: duckdb.DuckDBPyConnection) -> list[LikelihoodChange]:
    """Compares the likelihoods of the leads of the table `pairs`, by each prediction that is new,
    trained anew or of another standing. The databases are attached as base and edited.
    """
    if not _has(connection, "edited", STANDINGS):
        return []
    for side in SIDES:
        if _has(connection, side, STANDINGS):
            connection.execute(_LIKELIHOODS.format(side=side))
        else:  # nothing was foretold
            connection.execute(_NO_LIKELIHOODS.format(side=side))
    changed = rows(connection, _CHANGED)
    return [_change(connection, row) for row in changed]


def compare_routes(
    connection: duckdb.DuckDBPyConnection, databases: Mapping[str, Path], instants: Instants
) -> Routes:
    """Compares to which queue, and for which action, leads are handed over that reached a stage in
    the last week by both rule sets, by the engine's own model.

    connection: with the table `crossings`. databases: the scratch databases, by side.
    """
    found = {
        side: _routes(
            database,
            connection.execute(
                f"select {word}_moment_key, lead_id, {word}_stage, {word}_scorecard"
                f" from crossings where {word}_crosses order by lead_id"
            ).fetchall(),
            instants,
        )
        for (side, word), database in zip(SIDES.items(), databases.values(), strict=True)
    }
    moves: dict[tuple[str, str], int] = {}
    for lead in found["base"].keys() & found["edited"].keys():
        move = (found["base"][lead], found["edited"][lead])
        if move[0] != move[1]:
            moves[move] = moves.get(move, 0) + 1
    return Routes(dict(sorted(moves.items(), key=lambda item: (-item[1], item[0]))))


def _routes(
    database: Path, handed_over: Sequence[tuple[object, ...]], instants: Instants
) -> dict[str, str]:
    """Queue and action of each lead that is handed over."""
    now = instants.now.replace(tzinfo=None)
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        quoted = str(database).replace("'", "''")
        connection.execute(f"attach '{quoted}' as side (read_only)")
        connection.execute(_STANDINGS_OF_STAGES)
        if handed_over:
            connection.executemany(
                "insert into int_lead_scoring__stage_standings values (?, ?, ?, ?, 'met', ?)",
                [(*one, now) for one in handed_over],
            )
        for names, which in (
            (OF_MOMENTS, "semi join int_lead_scoring__stage_standings using (moment_key)"),
            (OF_RULES, ""),
            (OF_REASONS, "limit 0"),
        ):
            for name in names:
                is_there = name not in _NOTHING or _has(connection, "side", name)
                found = f"from side.{name} {which}" if is_there else _NOTHING[name]
                connection.execute(f"create temp table {name} as {found}")
        connection.execute(_NO_REASONS)
        connection.execute(
            "create temp table int_lead_scoring__recorded_instants as select"
            " cast(? as timestamp) as as_of, 0 as minimum_dwell_days, true as hands_over",
            [now],
        )
        routes = Project(connection=connection).relation_of_model(ROUTES)
        return dict(
            connection.execute(
                "select leads.lead_id, concat_ws(', ', routes.queue, routes.action)"
                f" from {routes} as routes"
                " inner join temp.int_lead_scoring__leads_at_moments as leads using (moment_key)"
            ).fetchall()
        )


def _has(connection: duckdb.DuckDBPyConnection, side: str, table: str) -> bool:
    found = connection.execute(
        "select 1 from duckdb_tables() where database_name = ? and table_name = ?", [side, table]
    )
    return found.fetchone() is not None


def _change(connection: duckdb.DuckDBPyConnection, row: Row) -> LikelihoodChange:
    names = {"prediction": row["prediction"], "beside": row["beside"] or ""}
    totals = rows(connection, _TOTALS, names)[0]
    is_itself = row["beside"] == row["prediction"]
    return LikelihoodChange(
        prediction=row["prediction"],
        standing_before=row["standing_before"],
        standing_after=row["standing_after"],
        beside=row["beside"],
        leads=totals["leads"],
        unknown=totals["unknown"],
        expected_before=float(totals["expected_before"] or 0),
        expected_after=float(totals["expected_after"] or 0),
        moved=totals["moved"],
        bands_moved=totals["bands_moved"] if is_itself else None,
        movers=[
            LeadMoved(
                one["lead_id"],
                None if one["before"] is None else float(one["before"]),
                None if one["after"] is None else float(one["after"]),
                one["band"],
            )
            for one in rows(connection, _MOVERS, names)
        ],
    )


_LIKELIHOODS = f"""
    create table {{side}}_likelihoods as
    select
        pairs.lead_id, likelihoods.prediction, likelihoods.probability, likelihoods.band,
        standings.status, standings.fingerprint, standings.scorecard
    from pairs
    inner join {{side}}.{LIKELIHOODS} as likelihoods
        on likelihoods.moment_key
            = if('{{side}}' = 'base', pairs.before_moment_key, pairs.after_moment_key)
    inner join {{side}}.{STANDINGS} as standings using (prediction)
"""
_NO_LIKELIHOODS = """
    create table {side}_likelihoods as
    select
        '' as lead_id, '' as prediction, 0.5 as probability, 1 as band, '' as status,
        '' as fingerprint, '' as scorecard
    where false
"""
# Beside a new prediction stand the likelihoods that are shown of most of its leads.
_CHANGED = """
    with before as (
        select distinct prediction, status, fingerprint from base_likelihoods
    ),

    after as (
        select distinct prediction, status, fingerprint from edited_likelihoods
    ),

    shown as (
        select edited_likelihoods.prediction, mode(base_likelihoods.prediction) as beside
        from edited_likelihoods
        inner join base_likelihoods using (lead_id)
        where base_likelihoods.status = 'live'
        group by edited_likelihoods.prediction
    )

    select
        after.prediction, before.status as standing_before, after.status as standing_after,
        coalesce(before.prediction, shown.beside) as beside
    from after
    left join before using (prediction)
    left join shown using (prediction)
    where
        before.prediction is null
        or before.fingerprint <> after.fingerprint
        or before.status <> after.status
    order by after.status = 'live' desc, after.prediction
"""
_BOTH = f"""
    with compared as (
        select
            after.lead_id, before.probability as before, after.probability as after,
            before.band as band_before, after.band,
            case
                when before.probability is null or after.probability is null
                    then before.probability is distinct from after.probability
                else abs(after.probability - before.probability) >= {MOVED}
            end as is_moved
        from edited_likelihoods as after
        left join base_likelihoods as before
            on after.lead_id = before.lead_id and before.prediction = $beside
        where after.prediction = $prediction
    )
"""
_TOTALS = f"""
    {_BOTH}

    select
        count(*) as leads,
        count(*) filter (after is null) as unknown,
        sum(before) as expected_before,
        sum(after) as expected_after,
        count(*) filter (is_moved) as moved,
        count(*) filter (band_before is distinct from band) as bands_moved
    from compared
"""
_MOVERS = f"""
    {_BOTH}

    select lead_id, before, after, band from compared
    where is_moved
    order by abs(coalesce(after, 0) - coalesce(before, 0)) desc, lead_id
    limit {MOST_MOVERS}
"""
# Of rules without predictions.
_NOTHING = {
    LIKELIHOODS: (
        "select cast(0 as bigint) as moment_key, '' as prediction, 0.5 as probability where false"
    ),
    STANDINGS: "select '' as prediction, '' as scorecard, '' as status where false",
}
_NO_REASONS = """
    create temp table int_lead_scoring__reason_words as
    select cast(0 as bigint) as words_key, '' as words where false
"""
_STANDINGS_OF_STAGES = """
    create temp table int_lead_scoring__stage_standings (
        moment_key bigint, lead_id varchar, stage varchar, scorecard varchar, standing varchar,
        as_of timestamp
    )
"""
