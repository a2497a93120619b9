"""Makes input folders of any size, and what arrives in them afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lead_scoring_workshop.benchmark import data_queries, event_queries

BEGINS_AT = "2024-06-30 12:00:00"
AS_OF = "2026-06-30 00:30:00"
EVENTS_PER_LEAD = 20
# One 365th of the events arrives in each batch: of 20 million that is 55,000.
BATCHES_IN_ALL = 365
MERGED_SHARE = 0.006  # of every second lead


@dataclass(frozen=True)
class Batch:
    """What arrives between two runs: the name of its folder, and the instant of the later run."""

    name: str
    as_of: str


SAME_DAY = Batch("same_day", "2026-06-30 23:30:00")
NEXT_DAY = Batch("next_day", "2026-07-01 00:30:00")
BATCHES = (SAME_DAY, NEXT_DAY)


def make_data(folder: Path, events: int) -> None:
    """Writes `folder`/base, the story until AS_OF, and a folder for each of the BATCHES.

    Each holds leads, events, outcomes and lead_merges as folders of Parquet files; those of a
    batch are the files of base and one more. base/kept_events.parquet is what counts of the events
    by the way they were made. Nothing is done where `folder` is whole already.
    """
    done = folder / "done"
    if done.exists():
        return
    base = folder / "base"
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"set temp_directory = '{folder / 'spill'}'")
        connection.execute(data_queries.MACROS)
        connection.execute(event_queries.AGENTS)
        _load_kinds(connection)
        _make_base(connection, base, events)
        for batch in BATCHES:
            _make_batch(connection, folder / batch.name, base, batch, events)
    done.touch()


def leads_of(events: int) -> int:
    """Returns how many leads there are for so many events."""
    return events // EVENTS_PER_LEAD


def _make_base(connection: duckdb.DuckDBPyConnection, base: Path, events: int) -> None:
    settings: dict[str, object] = {
        "leads": leads_of(events),
        "events": events,
        "begins_at": BEGINS_AT,
        "as_of": AS_OF,
        "from_at": BEGINS_AT,
        "to_at": AS_OF,
        "merged_from": 0.0,
        "merged_to": MERGED_SHARE,
    }
    _table(connection, "first_versions", data_queries.FIRST_VERSIONS, settings)
    connection.execute("create or replace view versions as from first_versions")
    _write(connection, base / "leads" / "part-1.parquet", data_queries.LEADS, settings)
    _write(connection, base / "lead_merges" / "part-1.parquet", data_queries.LEAD_MERGES, settings)
    _write(connection, base / "outcomes" / "part-1.parquet", data_queries.OUTCOMES, settings)
    # Sorted while a row is four numbers wide, and not when it has its texts.
    ordered = f"{event_queries.FIRST_EVENTS} order by loaded_at, number"
    _table(connection, "event_rows", ordered, settings)
    _write(connection, base / "events" / "part-1.parquet", event_queries.EVENTS, settings)
    for table in ("leads", "events", "lead_merges"):
        connection.execute(
            f"create or replace view {table} as from read_parquet('{base / table / '*.parquet'}')"
        )
    _write(connection, base / "kept_events.parquet", event_queries.KEPT_EVENTS, {})


def _make_batch(
    connection: duckdb.DuckDBPyConnection, folder: Path, base: Path, batch: Batch, events: int
) -> None:
    settings: dict[str, object] = {
        "leads": leads_of(events),
        "events": events,
        "begins_at": BEGINS_AT,
        "as_of": AS_OF,
        "from_at": AS_OF,
        "to_at": batch.as_of,
        "merged_from": MERGED_SHARE,
        "merged_to": MERGED_SHARE * 1.01,
        "arriving": max(1, events // BATCHES_IN_ALL),
    }
    _table(connection, "later_versions", data_queries.LATER_VERSIONS, settings)
    connection.execute("create or replace view versions as from later_versions")
    ordered = f"{event_queries.LATER_EVENTS} order by loaded_at, number"
    _table(connection, "event_rows", ordered, settings)
    for table, query in (
        ("leads", data_queries.LEADS),
        ("lead_merges", data_queries.LEAD_MERGES),
        ("events", event_queries.EVENTS),
    ):
        _write(connection, folder / table / "part-2.parquet", query, settings)
    for table in ("leads", "lead_merges", "events", "outcomes"):
        part = folder / table / "part-1.parquet"
        part.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.hardlink_to(base / table / "part-1.parquet")


def _load_kinds(connection: duckdb.DuckDBPyConnection) -> None:
    columns = (
        "event_type",
        "channel",
        "has_url",
        "has_asset",
        "has_quantity",
        "is_activity",
        "is_click",
    )
    connection.execute(
        "create or replace table kinds_of_events as select * from (values "
        + ", ".join(
            f"({place}, {{{', '.join(_field(pair) for pair in zip(columns, kind, strict=True))}}})"
            for place, kind in enumerate(event_queries.EVENT_TYPES)
        )
        + ") as kinds (place, kind)"
    )


def _field(pair: tuple[str, object]) -> str:
    name, value = pair
    return f"{name}: '{value}'" if isinstance(value, str) else f"{name}: {value}"


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, query: str, settings: Mapping[str, object]
) -> None:
    connection.execute(f"create or replace table {name} as {query}", _used(query, settings))


def _write(
    connection: duckdb.DuckDBPyConnection, path: Path, query: str, settings: Mapping[str, object]
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(
        f"copy ({query}) to '{path}' (format parquet, compression zstd)", _used(query, settings)
    )


def _used(query: str, settings: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in settings.items() if f"${name}" in query}
