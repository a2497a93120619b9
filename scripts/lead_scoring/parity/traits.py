"""What is known of each lead that either number may rest on: events, attributes, our reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import duckdb
import numpy as np
import numpy.typing as npt

from lead_scoring.data.known_then import events_then, versions_then
from lead_scoring.data.leaks import NUMERIC, given_columns
from lead_scoring.reading.headers import identifier

FEWEST = 20  # leads with a trait, and without it; a value that fewer share is shown to nobody
MOST_VALUES = 40  # of a column, the most frequent
QUARTERS = (0.25, 0.5, 0.75)
# What the project makes of other columns, and a rule may name.
DERIVED = ("seniority", "department", "company_size", "email_type")
Flags = npt.NDArray[np.bool_]


class Kind(str, Enum):
    """What a trait is."""

    event = "event type"
    attribute = "attribute"
    reason = "reason of ours"


@dataclass(frozen=True)
class Trait:
    """Something that leads have or have not. is_named: whether a rule of ours looks at it.

    has: of each lead of the table compared, by its place.
    """

    kind: Kind
    name: str
    is_named: bool
    has: Flags


def traits(connection: duckdb.DuckDBPyConnection) -> Iterator[Trait]:
    """Yields what the leads of the table compared have, of which enough have it and enough not."""
    (size,) = connection.execute("select count(*) from compared").fetchall()[0]
    for kind, queries in (
        (Kind.event, [_EVENTS]),
        (Kind.reason, [_REASONS]),
        (Kind.attribute, _attributes(connection)),
    ):
        for query in queries:
            connection.execute(f"create or replace temp table traits as {query}")
            found = connection.execute(
                "select name, is_named, list(distinct place) as places from traits"
                " group by name, is_named"
                f" having count(distinct place) between {FEWEST} and {size - FEWEST}"
                " order by name"
            ).fetchall()
            for name, is_named, places in found:
                has = np.zeros(size, dtype=np.bool_)
                has[places] = True
                yield Trait(kind, name, is_named, has)


def _attributes(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yields a query of each column's values, and makes the table that it reads."""
    connection.execute(
        f"create or replace temp table compared_leads as {versions_then('compared')}"
    )
    columns = [*given_columns(connection), *DERIVED]
    types = dict(
        connection.execute(
            "select lower(trim(attribute)), lower(trim(type)) from lead_scoring__attributes"
            " where lower(trim(of)) = 'lead'"
        ).fetchall()
    )
    read = {name for (name,) in connection.execute(_READ_COLUMNS).fetchall()}
    for column in columns:
        connection.execute(
            "create or replace temp table column_values as select place,"
            f" nullif(lower(trim(cast({identifier(column)} as varchar))), '') as value"
            " from compared_leads"
        )
        words = column.replace("_", " ")
        yield _query(f"{words} is known", column in read, "value is not null")
        numbers = _limits(connection)
        if types.get(column) == "date":
            continue
        if numbers and types.get(column) not in ("text", "list", "flag"):
            for limit in numbers:
                number = "try_cast(value as decimal(38, 4))"
                yield _query(f"{words} from {limit:,} on", column in read, f"{number} >= {limit}")
        else:
            yield _values(words, column in read, types.get(column) == "list")


def _limits(connection: duckdb.DuckDBPyConnection) -> list[int | float]:
    """Returns the quartiles of a column of many different numbers; none of another."""
    numbers = "try_cast(value as decimal(38, 4))"
    quarters = ", ".join(f"quantile_disc({numbers}, {quarter})" for quarter in QUARTERS)
    filled, known, different, *limits = connection.execute(
        f"select count(value), count({numbers}), count(distinct {numbers}), {quarters}"
        " from column_values"
    ).fetchall()[0]
    if different <= MOST_VALUES or known < NUMERIC * filled:
        return []
    return sorted({int(limit) if limit == int(limit) else float(limit) for limit in limits})


def _query(name: str, is_named: bool, condition: str) -> str:
    quoted = name.replace("'", "''")
    return (
        f"select place, '{quoted}' as name, {is_named} as is_named from column_values"
        f" where {condition}"
    )


def _values(words: str, is_named: bool, is_list: bool) -> str:
    # An address is a person's, however many leads share it.
    entries = "trim(unnest(string_split(value, ';')))" if is_list else "value"
    quoted = words.replace("'", "''")
    return f"""
        with entries as (select place, {entries} as entry from column_values),
        frequent as (
            select entry from entries where entry is not null and entry not like '%@%'
            group by entry having count(distinct place) >= {FEWEST}
            order by count(distinct place) desc, entry limit {MOST_VALUES}
        )
        select place, '{quoted} is ' || entry as name, {is_named} as is_named
        from entries semi join frequent using (entry)
    """


_EVENTS = f"""
select events.place, events.event_type as name, known.is_named_by_rules as is_named
from ({events_then("compared")}) as events
inner join input_event_types as known
    on known.input_table = 'events' and known.event_type = events.event_type
"""
_REASONS = """
select compared.place, reasons.reason as name, true as is_named
from compared
inner join score_reasons as reasons
    on compared.lead_id = reasons.lead_id and compared.scorecard = reasons.scorecard
    and compared.as_of = reasons.as_of
"""
# Of the columns of leads those that a rule looks at, also through what is made of them.
_READ_COLUMNS = """
select column_name from input_columns
where input_table = 'leads' and is_read and taken_for <> 'required'
union
select attribute from int_lead_scoring__rule_conditions
where
    subject = 'lead' and attribute is not null
    and (rule_key is not null or audience_of is not null)
"""
