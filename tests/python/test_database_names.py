"""A database file stays whole when it is copied, renamed or attached under another name."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from generate.packs import seeded_pack
from runs import run_pack

CASES = 3


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_pack(seeded_pack(107, CASES), tmp_path_factory.mktemp("run"), with_tests=False)


def rows_of_relations(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, int]:
    """The number of rows of every table and view of an attached database; each is read whole."""
    relations = connection.execute(
        "select table_name from information_schema.tables where table_catalog = ?", [database]
    ).fetchall()
    return {
        name: len(connection.execute(f'select * from "{database}"."main"."{name}"').fetchall())
        for (name,) in relations
    }


def test_a_copy_under_another_name_can_be_read(database: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = rows_of_relations(connection, database.stem)
    assert rows["score_reasons"] > 0 and rows["lead_decay"] > 0
    copy = tmp_path / "another name.duckdb"
    shutil.copy(database, copy)
    with duckdb.connect(str(copy), read_only=True) as connection:
        assert rows_of_relations(connection, copy.stem) == rows
    with duckdb.connect() as connection:
        connection.execute(f"attach '{copy}' as warehouse (read_only)")
        assert rows_of_relations(connection, "warehouse") == rows
