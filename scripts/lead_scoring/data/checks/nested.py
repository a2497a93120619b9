"""Columns of text that hold JSON: as with structures, no rule can look into one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from lead_scoring.data.checks.findings import Column, Finding, Level, Role
from lead_scoring.data.checks.judgements import Judge
from lead_scoring.reading.headers import identifier

MOST_SHARE = 0.5  # of a column's values: above, it is a column of JSON
# An object, or a list that is empty or of objects, as JSON is written.
_IS_JSON = r"regexp_matches(trim({value}), '^(\{{\s*(\"|\}})|\[\s*[\[{{\]])')"


def findings_on_nested(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[Column], judge: Judge
) -> Iterator[Finding]:
    """Yields, for each table, which of its columns hold JSON."""
    for table in dict.fromkeys(column.table for column in columns):
        texts = [
            column
            for column in columns
            if column.table == table and column.filled and column.role is not Role.SET_ASIDE
        ]
        if not texts:
            continue
        counts = ", ".join(
            "count(*) filter ("
            + _IS_JSON.format(value=f"cast({identifier(column.name)} as varchar)")
            + ")"
            for column in texts
        )
        found = connection.execute(f"select {counts} from inputs.main.{table}").fetchall()[0]
        nested = [
            column.shown
            for column, count in zip(texts, found, strict=True)
            if count > MOST_SHARE * column.filled
        ]
        if nested:
            yield judge.finding(
                Level.WARNING,
                table,
                None,
                f"no rule can look into the JSON of {', '.join(nested)}",
                "Write what rules need (a page's address as url, ...) into columns of its own.",
                len(nested),
            )
