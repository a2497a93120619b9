"""The record of published runs on Spark: the tables `runs` and `run_tables` of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from lead_scoring.published.record import COLUMNS, RunRecord, records_of
from lead_scoring.spark.connection import Connection, Refused, literal
from lead_scoring.warehouses.schemas import Schemas

_TABLES = "run_id varchar, table_name varchar, rows bigint"


def write_record(
    connection: Connection,
    place: Schemas,
    earlier: Sequence[RunRecord],
    record: RunRecord,
    tables: Mapping[str, int],
) -> None:
    """Writes `runs` and `run_tables` beside the public tables of a run. tables: name -> rows."""
    runs = [list(asdict(each).values()) for each in (*earlier, record)]
    counts = [[record.run_id, name, count] for name, count in sorted(tables.items())]
    for name, columns, rows in (("runs", COLUMNS, runs), ("run_tables", _TABLES, counts)):
        pairs = [column.split() for column in columns.split(",")]
        values = ", ".join(f"({', '.join(map(literal, row))})" for row in rows)
        chosen = ", ".join(
            f"cast({column} as {'string' if kind == 'varchar' else kind}) as {column}"
            for column, kind in pairs
        )
        connection.execute(
            f"create table {place.name}.{name} using parquet as select {chosen}"
            f" from (values {values}) as written({', '.join(column for column, _ in pairs)})"
        )


def read_records(connection: Connection, place: Schemas) -> list[RunRecord]:
    """Returns the runs that led to one, which is the last; none where they cannot be read."""
    try:
        return records_of(connection, f"{place.name}.runs")
    except Refused:
        return []
