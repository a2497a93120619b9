"""Reads what was known of each lead at its instant: everything that a rule could look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from lead_scoring.data.known_then import events_then, versions_then
from lead_scoring.data.leaks import KNOWN_BEFORE, given_columns
from lead_scoring.model_expressions import Project
from lead_scoring.rules.checks.characters import can_be_named
from lead_scoring.rules.checks.values import NUMBERS
from lead_scoring.rules.rule_set import Cells, RuleSet
from lead_scoring.suggest.candidate_kinds import Candidate, Days, Numbers, Values
from lead_scoring.suggest.card import Source
from lead_scoring.suggest.sample import Flags, Real, Sample

WINDOWS = (None, 30, 7)  # days back from the instant in which events are counted
MOST_VALUES = 60  # of a text that are looked at one by one: the most frequent
FEWEST_ROWS = 20  # with a value, for a rule of its own
LEAST_SHARE = 0.005


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
    connection.execute(
        f"create or replace temp table sample_events as {events_then('sample_rows')}"
    )
    found, refused = attribute_candidates(connection, sample, rules, without)
    types = rules.names("event_types", "event_type")
    # An address is a person's, however many have it: here and below.
    seen = connection.execute(
        "select distinct event_type from sample_events where event_type not like '%@%' order by all"
    )
    for (event_type,) in seen.fetchall():
        if event_type in without:
            refused.append(f"{event_type}: left out on request")
            continue
        if not can_be_named(event_type):
            refused.append(f"{event_type}: a rule cannot name it, for one of its characters")
            continue
        words = types[event_type]["description"] if event_type in types else ""
        counts = _counts(connection, len(sample.label), event_type)
        found += _of_type(connection, counts, event_type, words or event_type)
        has_event = ~np.isnan(counts[0])
        for row in rules.tables["attributes"]:
            if (
                row["of"] == "event"
                and row["known"] in KNOWN_BEFORE
                and row["attribute"] not in without
            ):
                found += _of_events(connection, has_event, event_type, words, row)
    return Candidates(tuple(found), tuple(refused))


def attribute_candidates(
    connection: duckdb.DuckDBPyConnection,
    sample: Sample,
    rules: RuleSet,
    without: frozenset[str] = frozenset(),
) -> tuple[list[Candidate], list[str]]:
    """Returns the candidates among attributes of leads, and what is refused, each with the reason.

    Makes the table sample_versions: of each place what was known of its lead.
    """
    connection.execute(
        f"create or replace temp table sample_versions as {versions_then('sample_rows')}"
    )
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
    refused += [
        f"{name}: no row in attributes says when it is known"
        for name in undeclared_columns(connection, rules)
    ]
    return found, refused


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
            f"select place, {number_of(value, kind)} as number from sample_versions",
        )
    elif kind in ("text", "list", "flag"):
        entries = f"unnest(string_split({value}, ';'))" if kind == "list" else value
        query = f"select place, {_text(entries, kind)} as value from sample_versions"
        yield _values(connection, size, source, query, None)
    else:
        refused.append(f"{name}: dates are not looked at")


def _counts(connection: duckdb.DuckDBPyConnection, size: int, event_type: str) -> list[Real]:
    """How many events of a type there are in each of the windows, of every row; NaN: none."""
    sums = ", ".join(
        f"sum(events){'' if window is None else f' filter (age < {window})'} as window_{place}"
        for place, window in enumerate(WINDOWS)
    )
    found = connection.execute(
        f"select place, {sums} from sample_events where event_type = $1 group by place",
        [event_type],
    ).fetchnumpy()
    counts = [np.full(size, np.nan) for _ in WINDOWS]
    for place, one in enumerate(counts):
        column = np.ma.asarray(found[f"window_{place}"]).astype(np.float64)
        one[found["place"]] = np.ma.filled(column, np.nan)
    return counts


def _of_type(
    connection: duckdb.DuckDBPyConnection, counts: Sequence[Real], event_type: str, words: str
) -> Iterator[Candidate]:
    all_time = np.nan_to_num(counts[0])
    for window, one in zip(WINDOWS, counts, strict=True):
        # A window that holds nearly all events says the same again.
        if window is not None and np.mean(np.nan_to_num(one) != all_time) < 0.05:
            continue
        suffix = "" if window is None else f"_{window}_days"
        named = words if window is None else f"{words} in the last {window} days"
        source = Source(event_type + suffix, named, event_type=event_type, within_days=window)
        yield Numbers(source, one, ~np.isnan(one), is_count=True)
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
    connection: duckdb.DuckDBPyConnection,
    has_event: Flags,
    event_type: str,
    words: str,
    row: Cells,
) -> Iterator[Candidate]:
    name, kind = row["attribute"], row["type"]
    contents = "stg_lead_scoring__event_contents"
    if name not in {name for name, *_ in connection.execute(f"describe {contents}").fetchall()}:
        return
    named = row["description"] or name
    source = Source(
        f"{event_type}_{name}",
        named if named == words else f"{words or event_type}: {named.lower()}",
        attribute=name,
        event_type=event_type,
    )
    is_number = kind in NUMBERS
    if not is_number and kind not in ("text", "flag"):
        return
    value = number_of(f'"{name}"', kind) if is_number else _text(f'"{name}"', kind)
    # Contents are few: each is read once, whatever the number of its events.
    connection.execute(
        f"create or replace temp table sample_contents as select content_key, {value} as value"
        f" from {contents} where event_type = $1 and value is not null",
        [event_type],
    )
    events = "from sample_events inner join sample_contents using (content_key)"
    if is_number:
        query = f"select place, max(value) as number {events} group by place"
        yield _numbers(connection, len(has_event), source, query, has_event)
    else:
        query = f"select distinct place, value {events}"
        yield _values(connection, len(has_event), source, query, has_event)


def _numbers(
    connection: duckdb.DuckDBPyConnection,
    size: int,
    source: Source,
    query: str,
    has_event: Flags | None = None,
) -> Numbers:
    numbers = np.full(size, np.nan)
    found = connection.execute(
        f"select place, cast(number as double) as number from ({query}) where number is not null"
    ).fetchnumpy()
    numbers[found["place"]] = found["number"]
    return Numbers(source, numbers, ~np.isnan(numbers) if has_event is None else has_event)


def _values(
    connection: duckdb.DuckDBPyConnection,
    size: int,
    source: Source,
    query: str,
    has_event: Flags | None,
) -> Values:
    connection.execute(
        f"create or replace temp table sample_values as select * from ({query})"
        " where value is not null and value not like '%@%'"
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
    if has_event is None:
        has_event = np.zeros(size, dtype=np.bool_)
        places = connection.execute("select distinct place from sample_values").fetchnumpy()
        has_event[places["place"]] = True
    return Values(source, has_value, has_event)


def number_of(value: str, kind: str) -> str:
    """Returns SQL that reads a number as the engine does, in all forms that inputs may have."""
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


BLANKS = "chr(32) || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(160)"
