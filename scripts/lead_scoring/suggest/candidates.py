"""Reads what was known of each lead at its instant: everything that a rule could look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import duckdb
import numpy as np

from lead_scoring.leaks import KNOWN_BEFORE, given_columns
from lead_scoring.model_expressions import Project
from lead_scoring.rule_checks.characters import can_be_named
from lead_scoring.rule_checks.values import NUMBERS
from lead_scoring.rule_set import Cells, RuleSet
from lead_scoring.suggest.card import Source
from lead_scoring.suggest.sample import Flags, Real, Sample, Whole

WINDOWS = (None, 30, 7)  # days back from the instant in which events are counted
MOST_VALUES = 60  # of a text that are looked at one by one: the most frequent
FEWEST_ROWS = 20  # with a value, for a rule of its own
LEAST_SHARE = 0.005


@dataclass(frozen=True)
class Values:
    """Texts of a lead, or of its events of a type: none, one or several per row.

    has_value: value -> which rows have it. is_present: which rows have any value, or any event.
    """

    source: Source
    has_value: Mapping[str, Flags] = field(repr=False)
    is_present: Flags = field(repr=False)


@dataclass(frozen=True)
class Numbers:
    """A number of a lead, the largest of its events, or how many events there are (NaN: none)."""

    source: Source
    numbers: Real = field(repr=False)
    is_present: Flags = field(repr=False)
    is_count: bool = False

    @property
    def distinct(self) -> Real:
        """The numbers that occur, in their order; NaN, where there is any, comes last."""
        return self._distinct_and_places[0]

    @property
    def places(self) -> Whole:
        """Of every row the place of its number among the distinct ones."""
        return self._distinct_and_places[1]

    @cached_property
    def _distinct_and_places(self) -> tuple[Real, Whole]:
        distinct, places = np.unique(self.numbers, return_inverse=True)
        return distinct, places.ravel()


@dataclass(frozen=True)
class Days:
    """Days with an event of a type: one entry per row and day."""

    source: Source
    rows: Whole = field(repr=False)
    ages: Whole = field(repr=False)


Candidate = Values | Numbers | Days


@dataclass(frozen=True)
class Candidates:
    """What points may be given for. refused: what is not looked at, each with the reason."""

    found: tuple[Candidate, ...]
    refused: tuple[str, ...]


def read_candidates(
    connection: duckdb.DuckDBPyConnection,
    sample: Sample,
    rules: RuleSet,
    without: frozenset[str] = frozenset(),
) -> Candidates:
    """Returns the candidates of a sample, whose table sample_rows is there.

    without: names of attributes and event types that are not to be looked at.
    """
    connection.execute(_VERSIONS)
    connection.execute(_EVENTS)
    refused: list[str] = []
    found: list[Candidate] = []
    columns = {
        name: kind for name, kind, *_ in connection.execute("describe sample_versions").fetchall()
    }
    for row in rules.tables["attributes"]:
        if row["of"] == "lead" and row["on_merge"] and row["attribute"] in columns:
            _take_from_merged_leads(connection, row["attribute"], columns[row["attribute"]])
        if row["attribute"] in without:
            refused.append(f"{row['attribute']}: left out on request")
        elif row["known"] not in KNOWN_BEFORE:
            refused.append(f"{row['attribute']}: only known after contact")
        elif row["of"] == "lead" and row["attribute"] in columns:
            found += _of_attribute(connection, len(sample.label), row, refused)
    types = rules.names("event_types", "event_type")
    seen = connection.execute("select distinct event_type from sample_events order by all")
    for (event_type,) in seen.fetchall():
        if event_type in without:
            refused.append(f"{event_type}: left out on request")
            continue
        if not can_be_named(event_type):
            refused.append(f"{event_type}: a rule cannot name it, for one of its characters")
            continue
        words = types[event_type]["description"] if event_type in types else ""
        found += _of_type(connection, len(sample.label), event_type, words or event_type)
        for row in rules.tables["attributes"]:
            if (
                row["of"] == "event"
                and row["known"] in KNOWN_BEFORE
                and row["attribute"] not in without
            ):
                found += _of_events(connection, len(sample.label), event_type, words, row)
    refused += [
        f"{name}: no row in attributes says when it is known"
        for name in undeclared_columns(connection, rules)
    ]
    return Candidates(tuple(found), tuple(refused))


def undeclared_columns(connection: duckdb.DuckDBPyConnection, rules: RuleSet) -> list[str]:
    """Returns the columns of leads that no row of attributes describes: nobody looks at them."""
    named = {row["attribute"] for row in rules.tables["attributes"]}
    return [name for name in given_columns(connection) if name not in named]


def _take_from_merged_leads(
    connection: duckdb.DuckDBPyConnection, attribute: str, kind: str
) -> None:
    """Puts what leads have from others merged into them in the place of their own, as runs do."""
    connection.execute(
        f'update sample_versions set "{attribute}" = try_cast(merged.value as {kind}) from ('
        " select sample_rows.place, merged_attributes.value"
        " from int_lead_scoring__merged_attributes as merged_attributes"
        " inner join sample_rows using (moment_key) where merged_attributes.attribute = $1"
        ") as merged where merged.place = sample_versions.place",
        [attribute],
    )


def _of_attribute(
    connection: duckdb.DuckDBPyConnection, size: int, row: Cells, refused: list[str]
) -> Iterator[Candidate]:
    name, kind = row["attribute"], row["type"]
    source = Source(name, row["description"] or name, attribute=name)
    value = f'cast("{name}" as varchar)'
    if row["known"] == "later":
        # A row younger than the instant tells nothing of what was known then.
        value = f"case when not is_version_younger then {value} end"
    if kind in NUMBERS:
        yield _numbers(
            connection,
            size,
            source,
            f"select place, {_number(value, kind)} as number from sample_versions",
        )
    elif kind in ("text", "list", "flag"):
        entries = f"unnest(string_split({value}, ';'))" if kind == "list" else value
        query = f"select place, {_text(entries, kind)} as value from sample_versions"
        yield _values(connection, size, source, query, None)
    else:
        refused.append(f"{name}: dates are not looked at")


def _of_type(
    connection: duckdb.DuckDBPyConnection, size: int, event_type: str, words: str
) -> Iterator[Candidate]:
    all_time: Real | None = None
    for window in WINDOWS:
        within = "" if window is None else f" and age < {window}"
        counts = np.full(size, np.nan)
        found = connection.execute(
            "select place, count(*) as events from sample_events"
            f" where event_type = $1{within} group by place",
            [event_type],
        ).fetchnumpy()
        counts[found["place"]] = found["events"]
        # A window that holds nearly all events says the same again.
        if all_time is not None and np.mean(np.nan_to_num(counts) != all_time) < 0.05:
            continue
        all_time = np.nan_to_num(counts) if all_time is None else all_time
        suffix = "" if window is None else f"_{window}_days"
        named = words if window is None else f"{words} in the last {window} days"
        source = Source(event_type + suffix, named, event_type=event_type, within_days=window)
        yield Numbers(source, counts, ~np.isnan(counts), is_count=True)
    days = connection.execute(
        "select distinct place, age from sample_events where event_type = $1 order by all",
        [event_type],
    ).fetchnumpy()
    if len(np.unique(days["age"])) < 2:
        return  # nothing tells how points fade where all happened equally long ago
    yield Days(
        Source(
            f"{event_type}_recency", f"Days with {words}, the latest most", event_type=event_type
        ),
        days["place"].astype(np.int64),
        days["age"].astype(np.int64),
    )


def _of_events(
    connection: duckdb.DuckDBPyConnection, size: int, event_type: str, words: str, row: Cells
) -> Iterator[Candidate]:
    name, kind = row["attribute"], row["type"]
    described = {name for name, *_ in connection.execute("describe sample_events").fetchall()}
    if name not in described:
        return
    named = row["description"] or name
    source = Source(
        f"{event_type}_{name}",
        named if named == words else f"{words or event_type}: {named.lower()}",
        attribute=name,
        event_type=event_type,
    )
    column = f'"{name}"'
    events = f"from sample_events where event_type = '{_escaped(event_type)}'"
    if kind in NUMBERS:
        query = f"select place, max({_number(column, kind)}) as number {events} group by place"
        yield _numbers(connection, size, source, query)
    elif kind in ("text", "flag"):
        query = f"select distinct place, {_text(column, kind)} as value {events}"
        has_event = np.zeros(size, dtype=np.bool_)
        places = connection.execute(f"select distinct place {events}").fetchnumpy()["place"]
        has_event[places] = True
        yield _values(connection, size, source, query, has_event)


def _numbers(
    connection: duckdb.DuckDBPyConnection, size: int, source: Source, query: str
) -> Numbers:
    numbers = np.full(size, np.nan)
    found = connection.execute(
        f"select place, cast(number as double) as number from ({query}) where number is not null"
    ).fetchnumpy()
    numbers[found["place"]] = found["number"]
    present = ~np.isnan(numbers)
    if source.event_type:
        places = connection.execute(
            "select distinct place from sample_events where event_type = $1", [source.event_type]
        ).fetchnumpy()["place"]
        present = np.zeros(size, dtype=np.bool_)
        present[places] = True
    return Numbers(source, numbers, present)


def _values(
    connection: duckdb.DuckDBPyConnection,
    size: int,
    source: Source,
    query: str,
    has_event: Flags | None,
) -> Values:
    connection.execute(
        f"create or replace temp table sample_values as select * from ({query})"
        " where value is not null"
    )
    fewest = max(FEWEST_ROWS, int(LEAST_SHARE * size))
    frequent = connection.execute(
        "select value from sample_values group by value having count(*) >= $1"
        f" order by count(*) desc, value limit {MOST_VALUES}",
        [fewest],
    ).fetchall()
    has_value = {}
    for (value,) in frequent:
        if not can_be_named(value):
            continue  # a rule cannot list it
        rows = np.zeros(size, dtype=np.bool_)
        found = connection.execute("select place from sample_values where value = $1", [value])
        rows[found.fetchnumpy()["place"]] = True
        has_value[value] = rows
    present = np.zeros(size, dtype=np.bool_)
    places = connection.execute("select distinct place from sample_values").fetchnumpy()["place"]
    present[places] = True
    return Values(source, has_value, present if has_event is None else has_event)


def _number(value: str, kind: str) -> str:
    """Reads a number as the engine does, in all forms that inputs may have."""
    text = Project().reading(kind, f"trim({value}, {BLANKS})")
    return f"cast({text} as decimal(38, 10))"


def _text(value: str, kind: str) -> str:
    text = f"nullif(lower(trim({value}, {BLANKS})), '')"
    if kind != "flag":
        return text
    return (
        f"case when {text} in ('true', 'yes', '1') then 'true'"
        f" when {text} in ('false', 'no', '0') then 'false' end"
    )


def _escaped(text: str) -> str:
    return text.replace("'", "''")


BLANKS = "chr(32) || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(160)"

_VERSIONS = """
create or replace temp table sample_versions as
select
    sample_rows.place,
    given.*,
    derived.* exclude (lead_key, account, holds_since, holds_from, holds_until),
    colleagues.active_colleagues,
    leads.is_version_younger
from sample_rows
inner join int_lead_scoring__leads_at_moments as leads using (moment_key)
inner join stg_lead_scoring__leads as given
    on
        leads.lead_key = given.lead_key
        and leads.holds_since = given.holds_since
        and given.fate = 'used'
inner join int_lead_scoring__lead_versions as derived
    on leads.lead_key = derived.lead_key and leads.holds_since = derived.holds_since
left join int_lead_scoring__active_colleagues as colleagues using (moment_key)
"""

_EVENTS = """
create or replace temp table sample_events as
select sample_rows.place, events.age, contents.*
from sample_rows
inner join int_lead_scoring__counting_events as events using (moment_key)
inner join stg_lead_scoring__event_contents as contents using (content_key)
"""
