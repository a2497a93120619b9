"""Finds columns of leads that know the answer: written, or changed, once the outcome was there.

A score that reads such a column ranks the past without fault and the future not at all. Nothing
in one row of a lead says when a cell was written, so four signs are looked for; each names the
column and its evidence, and no value of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import duckdb

FEWEST_LEADS = 20  # with a value, for it to be looked at by itself
FEWEST_OUTCOMES = 40  # won leads, and others
TOO_GOOD = 0.9  # AUC of a column alone
WON_ALONE = 0.95  # share of won leads among those that the column is filled for
COMMON_WINS = 0.8  # share of won leads among all, above which being filled tells nothing
SHIFT = 0.5  # between the shares of open and of closed leads of a month
MOST_VALUES = 10  # of a column, whose shares are compared
BINS_OF_NUMBERS = 20
NUMERIC = 0.95  # of the filled cells are numbers

# What attributes.csv says of columns that a score may look at.
KNOWN_BEFORE = ("at_creation", "later")
# Neither facts nor anything that a rule should look at.
NOT_FACTS = frozenset(
    (
        *("lead_id", "lead_key", "created_at", "updated_at", "deleted_at", "holds_since"),
        *("quarantine_cause", "fate", "email", "first_name", "last_name", "account_id"),
    )
)


@dataclass(frozen=True)
class Leak:
    """A column that knows the answer. words: how one can tell, with counts and without values."""

    column: str
    words: str


def find_leaks(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    columns: Iterable[str],
    versions: str | None = None,
) -> list[Leak]:
    """Returns the columns that know the answer, each with the first sign of it.

    relation: a query with one row per lead: label (true where it was won, null where that is not
    known), is_closed, month of its creation, and the columns. versions: a query with one row per
    version of each lead that was won and has several: lead_key, is_before (whether the version is
    older than the win), and the columns; None: leads have one row each.
    """
    connection.execute(f"create or replace temp table leak_rows as {relation}")
    if versions:
        connection.execute(f"create or replace temp table leak_versions as {versions}")
    found = []
    for column in columns:
        words = next(_signs(connection, column, versions is not None), None)
        if words is not None:
            found.append(Leak(column, words))
    return found


def _signs(connection: duckdb.DuckDBPyConnection, column: str, has_versions: bool) -> Iterator[str]:
    name = '"' + column.replace('"', '""') + '"'
    connection.execute(
        "create or replace temp table leak_values as select label, is_closed, month,"
        f" nullif(lower(trim(cast({name} as varchar))), '') as value from leak_rows"
    )
    yield from _filled_for_winners(connection)
    yield from _too_good(connection)
    yield from _shifted(connection)
    if has_versions:
        yield from _filled_afterwards(connection, name)


def _filled_for_winners(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    filled, filled_won, leads, won = _row(
        connection,
        "select count(value), count(value) filter (label), count(*), count(*) filter (label)"
        " from leak_values where label is not null",
    )
    if filled >= FEWEST_LEADS and filled_won >= WON_ALONE * filled and won <= COMMON_WINS * leads:
        yield (
            f"it is filled for {filled:,} leads, and {filled_won:,} of them were won "
            f"({_percent(won / leads)} of all were)"
        )


def _too_good(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    groups = connection.execute(
        f"""
        with numbered as (
            select label, value, try_cast(value as double) as number,
                count(*) over (partition by value) as alike
            from leak_values where label is not null
        ),
        kinds as (
            select count(number) >= {NUMERIC} * count(value)
                and count(distinct number) > {2 * BINS_OF_NUMBERS} as is_number
            from numbered
        )
        select count(*) filter (label) as won, count(*) filter (not label) as others
        from (
            select label, case
                when value is null then '(none)'
                when is_number then cast(ntile({BINS_OF_NUMBERS}) over (
                    partition by value is null order by number) as varchar)
                when alike >= {FEWEST_LEADS} then '= ' || value
                else '(other)'
            end as bin
            from numbered cross join kinds
        ) as bins
        group by bin
        """
    ).fetchall()
    won, others = (sum(group[side] for group in groups) for side in (0, 1))
    if min(won, others) < FEWEST_OUTCOMES:
        return
    area = _area(groups)
    if area > TOO_GOOD:
        yield f"alone it ranks {_percent(area)} of the pairs of a won lead and another right"


def _area(groups: Sequence[tuple[int, int]]) -> float:
    """The AUC of groups, ranked by their own shares of won leads; ties count half."""
    below, beaten = 0, 0.0
    for won, others in sorted(groups, key=lambda group: group[0] / (group[0] + group[1])):
        beaten += won * (below + others / 2)
        below += others
    return beaten / (below * sum(won for won, _ in groups))


def _shifted(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Compares open and closed leads of one month: of other months they differ anyway."""
    open_share, closed_share, leads = _row(
        connection,
        f"""
        with frequent as (
            select value from leak_values where value is not null
            group by value order by count(*) desc, value limit {MOST_VALUES}
        ),
        sides as (
            select month, is_closed, count(*) as leads, count(value) as filled
            from leak_values group by month, is_closed
        ),
        weights as (
            select closed.month, closed.leads * open.leads / (closed.leads + open.leads) as weight,
                closed.leads as closed_leads, open.leads as open_leads
            from sides as closed inner join sides as open
                on closed.month = open.month and closed.is_closed and not open.is_closed
        ),
        counts as (
            select month, is_closed, 'filled' as what, filled as leads from sides
            union all
            select month, is_closed, '= ' || value, count(*)
            from leak_values semi join frequent using (value) group by month, is_closed, value
        ),
        shares as (
            select
                whats.what,
                sum(weight * coalesce(own.leads, 0) / open_leads) / sum(weight) as open_share,
                sum(weight * coalesce(other.leads, 0) / closed_leads) / sum(weight)
                    as closed_share,
                least(sum(open_leads), sum(closed_leads)) as leads
            from weights
            cross join (select distinct what from counts) as whats
            left join counts as own
                on own.month = weights.month and own.what = whats.what and not own.is_closed
            left join counts as other
                on other.month = weights.month and other.what = whats.what and other.is_closed
            group by whats.what
        )
        select open_share, closed_share, leads from shares
        order by abs(open_share - closed_share) desc, what limit 1
        """,
    ) or (0, 0, 0)
    if leads >= FEWEST_OUTCOMES and abs(open_share - closed_share) >= SHIFT:
        yield (
            f"what it says of {_percent(closed_share)} of the closed leads it says of "
            f"{_percent(open_share)} of the open ones of the same month"
        )


def _filled_afterwards(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[str]:
    filled, later = _row(
        connection,
        f"""
        select count(*), count(*) filter (not is_known_before) from (
            select lead_key, bool_or(is_before and value is not null) as is_known_before
            from (
                select lead_key, is_before, nullif(trim(cast({name} as varchar)), '') as value
                from leak_versions
            ) as versions
            group by lead_key having count(value) > 0
        ) as leads
        """,
    )
    if later >= FEWEST_LEADS and later >= filled / 2:
        yield f"of {filled:,} won leads that have it {later:,} got it after they were won"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    found = connection.execute(query).fetchone()
    return found or ()


def leaks_of_scored_leads(
    connection: duckdb.DuckDBPyConnection, labels: str, columns: Iterable[str]
) -> list[Leak]:
    """Returns the leaks of a database of scored leads: find_leaks on what held at their instants.

    labels: a query of moment_key, lead_key and label, one row per lead.
    """
    closed = (
        "select distinct lead_key from stg_lead_scoring__outcomes"
        " where quarantine_cause is null and outcome in ('won', 'lost', 'disqualified')"
    )
    relation = f"""
        select given.*, labels.label, closed.lead_key is not null as is_closed,
            date_trunc('month', moments.as_of) as month
        from ({labels}) as labels
        inner join int_lead_scoring__leads_at_moments as moments using (moment_key)
        inner join stg_lead_scoring__leads as given
            on given.lead_key = moments.lead_key and given.holds_since = moments.holds_since
            and given.fate = 'used'
        left join ({closed}) as closed on closed.lead_key = labels.lead_key
    """
    versions = """
        select given.*, given.holds_since < wins.won_at as is_before
        from stg_lead_scoring__leads as given
        inner join (
            select lead_key, min(occurred_at) as won_at from stg_lead_scoring__outcomes
            where quarantine_cause is null and outcome = 'won' group by lead_key
        ) as wins using (lead_key)
        where given.fate = 'used'
        qualify count(*) over (partition by lead_key) > 1
    """
    return find_leaks(connection, relation, columns, versions)


def given_columns(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Returns the columns of a database's leads that any lead has a value in, facts alone."""
    described = connection.execute("describe stg_lead_scoring__leads").fetchall()
    names = [name for name, *_ in described if name not in NOT_FACTS]
    if not names:
        return []
    counts = _row(
        connection,
        "select "
        + ", ".join('count("' + name.replace('"', '""') + '")' for name in names)
        + " from stg_lead_scoring__leads where fate = 'used'",
    )
    return [name for name, count in zip(names, counts, strict=True) if count]
