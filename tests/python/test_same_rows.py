"""The comparison of two databases sees every kind of difference."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from comparison import Difference
from same_rows import compare_databases

TABLE = "lead_scores"


def database(folder: Path, *statements: str) -> Path:
    """A database under the name that both sides have."""
    folder.mkdir()
    path = folder / "scores.duckdb"
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


def compared(folder: Path, full: str, incremental: str) -> list[Difference]:
    """What differs between two tables, each given as the query that makes it."""
    sides = [
        database(folder / name, f"create table {TABLE} as {query}")
        for name, query in (("full", full), ("incremental", incremental))
    ]
    return compare_databases(sides[0], sides[1], [TABLE])


def row(lead_id: str, score: object) -> str:
    return f"select '{lead_id}' as lead_id, timestamp '2026-06-30' as as_of, {score} as total_score"


@pytest.mark.parametrize(
    ("full", "incremental", "column", "count"),
    [
        (row("a", 1), row("a", 1), "", 0),
        (row("a", "null::integer"), row("a", "null::integer"), "", 0),
        (row("a", 1), row("a", 2), "total_score", 1),
        (row("a", 1), row("a", "null::integer"), "total_score", 1),
        (row("a", 1), f"{row('a', 1)} union all {row('b', 1)}", "row", 1),
        (row("a", 1), f"{row('a', 1)} union all {row('a', 1)}", "row", 1),
        (f"{row('a', 1)} union all {row('b', 1)}", row("b", 1), "row", 1),
        (row("a", 1), row("a", "1::bigint"), "columns", 1),
        (row("a", 1), f"select *, 1 as more from ({row('a', 1)})", "columns", 1),
    ],
)
def test_differences_are_seen(
    full: str, incremental: str, column: str, count: int, tmp_path: Path
) -> None:
    differences = compared(tmp_path, full, incremental)
    assert [one.column for one in differences] == [column] * count


def test_columns_can_be_left_out(tmp_path: Path) -> None:
    sides = [
        database(tmp_path / name, f"create table {TABLE} as {row('a', score)}")
        for name, score in (("full", 1), ("incremental", 2))
    ]
    assert not compare_databases(sides[0], sides[1], [TABLE], without=["total_score"])


def test_views_are_read_within_their_own_database(tmp_path: Path) -> None:
    sides = [
        database(
            tmp_path / name,
            f"create table made as {row('a', score)}",
            f"create view {TABLE} as select * from scores.main.made",
        )
        for name, score in (("full", 1), ("incremental", 2))
    ]
    differences = compare_databases(sides[0], sides[1], [TABLE])
    assert [(one.expected, one.actual) for one in differences] == [(1, 2)]
