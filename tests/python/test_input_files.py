"""The plugin that shows input files to dbt: what it reads, and what it refuses with which words."""

from __future__ import annotations

import gzip
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from lead_scoring import dbt_plugin
from lead_scoring.data import folder as input_files
from lead_scoring.data.folder import InputError, create_views
from read_inputs import LEADS, columns, refusal, rows, write_inputs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An input folder whose name has all that needs care in SQL and in patterns of file names."""
    return write_inputs(tmp_path / "it's [2026] *")


def test_csv_values_stay_as_they_are_written(folder: Path) -> None:
    (folder / "leads.csv").write_bytes(
        b'\xef\xbb\xbf"Lead_ID", Email ,created_at\r\n007,"a ""b"",\nc",2026-01-01\r\n,,\r\n'
    )
    assert columns(folder) == ["lead_id", "email", "created_at"]
    assert rows(folder) == [("007", 'a "b",\nc', "2026-01-01"), (None, None, None)]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_read_where_they_are_unambiguous(folder: Path, delimiter: str) -> None:
    text = f'lead_id{delimiter} Created_At {delimiter}"a,b;c"\nann{delimiter}2026{delimiter}"1,2"\n'
    (folder / "leads.csv").write_text(text.replace("a,b;c", "a,b"))
    assert columns(folder) == ["lead_id", "created_at", "a,b"]
    assert rows(folder) == [("ann", "2026", "1,2")]


def test_structures_are_set_aside_by_name_and_lists_stay(folder: Path) -> None:
    (folder / "leads.csv").unlink()
    duckdb.sql(
        """
        select 'ann' as lead_id, date '2026-01-01' as created_at, {'n': 1} as Extra,
            map {'a': 1} as props, [{'n': 1}] as items, [1, 2] as numbers
        """
    ).write_parquet(str(folder / "leads.parquet"))
    assert columns(folder) == ["lead_id", "created_at", "numbers"]
    with duckdb.connect() as connection:
        aside = create_views(connection, folder)
    assert [(found.table, found.column) for found in aside] == [
        ("leads", "extra"),
        ("leads", "props"),
        ("leads", "items"),
    ]
    assert input_files.set_aside_columns(folder) == aside
    duckdb.sql("select {'n': 1} as lead_id, 1 as created_at").write_parquet(
        str(folder / "leads.parquet")
    )
    assert "column lead_id is a structure" in refusal(folder)


@pytest.mark.parametrize("kind", ["double", "float"])
def test_numbers_of_parquet_are_written_out(folder: Path, kind: str) -> None:
    (folder / "leads.csv").unlink()
    numbers = ["1e16", "-2e20", "1e-5", "0", "0.25", "1200", "-0.0001", "1e38", "'inf'", "null"]
    duckdb.sql(
        " union all ".join(
            f"select {at} as lead_id, 1 as created_at, cast({number} as {kind}) as size"
            for at, number in enumerate(numbers)
        )
    ).write_parquet(str(folder / "leads.parquet"))
    sizes = {int(str(row[0])): row[2] for row in rows(folder)}
    assert [sizes[at] for at in range(10)] == [
        *("1" + "0" * 16, "-2" + "0" * 20, "0.00001", "0", "0.25", "1200", "-0.0001", "1e+38"),
        *("inf", None),
    ]


def test_packed_csv(folder: Path) -> None:
    (folder / "leads.csv").unlink()
    (folder / "leads.csv.gz").write_bytes(gzip.compress(LEADS.encode()))
    assert rows(folder) == [("ann", "2026-01-01")]


def test_parquet_keeps_its_types_and_lists_become_text(folder: Path) -> None:
    (folder / "leads.csv").unlink()
    duckdb.sql(
        "select 7 as \"Lead_ID\", date '2026-01-01' as created_at, ['a', 'b'] as technologies"
    ).write_parquet(str(folder / "leads.parquet"))
    assert columns(folder) == ["lead_id", "created_at", "technologies"]
    assert [(row[0], str(row[1]), row[2]) for row in rows(folder)] == [(7, "2026-01-01", "a;b")]


def test_a_file_of_a_header_alone_is_an_empty_table(folder: Path) -> None:
    (folder / "outcomes.csv").write_text("lead_id,outcome,occurred_at")
    assert rows(folder, "outcomes") == []


def test_merges_may_be_absent(folder: Path) -> None:
    assert columns(folder, "lead_merges") == ["lead_id", "merged_into_lead_id", "merged_at"]
    assert rows(folder, "lead_merges") == []


def test_nothing_is_stored_in_the_database(folder: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        create_views(connection, folder)
        assert connection.sql("select lead_id from inputs.main.leads").fetchall() == [("ann",)]
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        assert connection.sql("show all tables").fetchall() == []


def test_every_cursor_sees_the_views_of_a_changed_folder(folder: Path) -> None:
    with duckdb.connect() as connection:
        create_views(connection, folder)
        (folder / "leads.csv").write_text(LEADS + "bob,2026-01-01\n")
        create_views(connection, folder)
        count = connection.cursor().sql("select count(*) from inputs.main.leads").fetchall()
    assert count == [(2,)]


def test_a_table_may_be_a_folder_of_parts(folder: Path) -> None:
    (folder / "leads.csv").unlink()
    parts = folder / "leads"
    parts.mkdir()
    (parts / "2026-01.csv").write_text(LEADS)
    (parts / "2026-02.csv.gz").write_bytes(gzip.compress(b"City,Lead_ID,created_at\nBonn,bob,2\n"))
    duckdb.sql("select 'cid' as lead_id, date '2026-01-03' as created_at").write_parquet(
        str(parts / "2026-03.parquet")
    )
    (parts / "_SUCCESS").touch()
    (parts / "_half.csv").write_text("half a")
    assert columns(folder) == ["lead_id", "created_at", "city"]
    assert rows(folder) == [
        ("ann", "2026-01-01", None),
        ("bob", "2", "Bonn"),
        ("cid", "2026-01-03", None),
    ]


def test_without_a_folder_the_demo_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def generate(folder: Path) -> None:
        made.append(folder)
        (folder / "leads.csv").write_text(LEADS)

    monkeypatch.setattr("lead_scoring.demo.files.generate", generate)
    monkeypatch.setattr(input_files, "PROJECT", tmp_path)
    folder = input_files.demo_folder()
    assert input_files.demo_folder() == folder == tmp_path / "build" / "demo"
    assert (folder / "leads.csv").read_text() == LEADS
    assert len(made) == 1
    (folder / ".generator_version").write_text("of an older generator")
    input_files.demo_folder()
    assert len(made) == 2
    assert [path.name for path in folder.parent.iterdir()] == ["demo"]


def test_the_plugin_makes_the_folder_of_the_database(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEAD_SCORING_DATA", str(folder))
    plugin = dbt_plugin.Plugin("dbt_plugin", {})
    database = tmp_path / "new" / "x.duckdb"
    plugin.update_connection_config(SimpleNamespace(path=str(database)), {})
    with duckdb.connect(str(database)) as connection:
        plugin.configure_connection(connection)
        assert connection.sql("select lead_id from inputs.main.leads").fetchall() == [("ann",)]


@pytest.mark.parametrize(
    ("limit", "setting", "given", "shown"),
    [
        ("LEAD_SCORING_MEMORY_LIMIT", "memory_limit", "2GB", "1.8 GiB"),
        ("LEAD_SCORING_CORES", "threads", "1", 1),
    ],
)
def test_the_plugin_sets_the_limits_of_the_environment(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    setting: str,
    given: str,
    shown: object,
) -> None:
    monkeypatch.setenv("LEAD_SCORING_DATA", str(folder))
    for value in (given, "", "much"):
        monkeypatch.setenv(limit, value)
        plugin = dbt_plugin.Plugin("dbt_plugin", {})
        with duckdb.connect(config={"threads": 3}) as connection:
            default = connection.sql(f"select current_setting('{setting}')").fetchall()
            if value == "much":
                with pytest.raises(InputError, match=f"{limit} is much"):
                    plugin.configure_connection(connection)
                continue
            plugin.configure_connection(connection)
            found = connection.sql(f"select current_setting('{setting}')").fetchall()
            assert found == ([(shown,)] if value else default)
