"""The plugin that shows input files to dbt: what it reads, and what it refuses with which words."""

from __future__ import annotations

import gzip
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from lead_scoring import input_files
from lead_scoring.input_files import InputError, create_views

LEADS = "lead_id,created_at\nann,2026-01-01\n"
EVENTS = "event_id,lead_id,event_type,occurred_at\n1,ann,visit,2026-01-02\n"
OUTCOMES = "lead_id,outcome,occurred_at\nann,won,2026-01-03\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An input folder whose name has all that needs care in SQL and in patterns of file names."""
    made = tmp_path / "it's [2026] *"
    made.mkdir()
    (made / "leads.csv").write_text(LEADS)
    (made / "events.csv").write_text(EVENTS)
    (made / "outcomes.csv").write_text(OUTCOMES)
    return made


def rows(folder: Path, table: str = "leads") -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        create_views(connection, folder)
        return connection.cursor().sql(f"select * from inputs.main.{table}").fetchall()


def columns(folder: Path, table: str = "leads") -> list[str]:
    with duckdb.connect() as connection:
        create_views(connection, folder)
        return connection.sql(f"select * from inputs.main.{table}").columns


def refusal(folder: Path) -> str:
    with duckdb.connect() as connection, pytest.raises(InputError) as caught:
        create_views(connection, folder)
    return str(caught.value)


def test_csv_values_stay_as_they_are_written(folder: Path) -> None:
    (folder / "leads.csv").write_bytes(
        b'\xef\xbb\xbf"Lead_ID", Email ,created_at\r\n007,"a ""b"",\nc",2026-01-01\r\n,,\r\n'
    )
    assert columns(folder) == ["lead_id", "email", "created_at"]
    assert rows(folder) == [("007", 'a "b",\nc', "2026-01-01"), (None, None, None)]


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


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"lead_id,created_at,email\nann,2026-01-01\n", "line 2: it has 2 values"),
        (b"lead_id,created_at\nann,2026-01-01\nbob,2026,x\n", "line 3: it has 3 values"),
        (b'lead_id,created_at\n"ann,2026-01-01\n', "has no closing quote"),
        (b"lead_id,created_at\n\xe9va,2026-01-01\n", "is not UTF-8"),
        (b"lead_id,created_at,city\nann,2026-01-01,Z\xfcrich\n", "is not UTF-8"),
        ("lead_id,created_at\n".encode("utf-16"), "is not UTF-8"),
        (b"lead_id,created_at,Lead_ID \n1,2,3\n", "several columns named lead_id"),
        (b"lead_id,created_at,\n1,2,3\n", "column 3 has no name"),
        (b'lead_id,created_at,"a"" ; select 1; --"\n1,2,3\n', "a double quote in the name"),
        (b"lead_id;created_at\n1;2\n", "separated by commas"),
        (b"lead_id,email\n1,2\n", "has no column created_at. Its columns are lead_id, email."),
    ],
)
def test_a_broken_csv_file_is_refused(folder: Path, content: bytes, words: str) -> None:
    (folder / "leads.csv").write_bytes(content)
    message = refusal(folder)
    assert words in message
    assert str(folder / "leads.csv") in message
    assert "ann" not in message  # a message may end up in a log: no input in it


@pytest.mark.parametrize("ending", [".csv", ".csv.gz"])
def test_a_last_line_that_the_reader_would_drop_is_refused(folder: Path, ending: str) -> None:
    """DuckDB leaves a last line of more than 32 MB out, and says nothing."""
    (folder / "leads.csv").unlink(missing_ok=True)
    row = ",".join(["ann", "2026-01-01", *["x" * 4_000_000] * 9])
    columns = ",".join(["lead_id", "created_at", *(f"note_{number}" for number in range(9))])
    content = f"{columns}\n{row}\n".encode()
    written = gzip.compress(content, 1) if ending == ".csv.gz" else content
    (folder / f"leads{ending}").write_bytes(written)
    assert "the last line is longer than 2 MB" in refusal(folder)


def test_a_cut_off_gzip_file_is_refused(folder: Path) -> None:
    (folder / "leads.csv").unlink()
    whole = gzip.compress(LEADS.encode() * 9999)
    for content in (LEADS.encode(), whole[:-500], whole[:-8], whole[:100] + b"x" + whole[101:]):
        (folder / "leads.csv.gz").write_bytes(content)
        assert "is not a whole gzip file" in refusal(folder)


def test_a_file_that_is_no_parquet_is_refused(folder: Path) -> None:
    (folder / "leads.csv").rename(folder / "leads.parquet")
    assert "cannot be read as Parquet" in refusal(folder)


def test_several_files_of_a_table_are_refused(folder: Path) -> None:
    (folder / "leads.csv.gz").write_bytes(gzip.compress(LEADS.encode()))
    assert "holds leads.csv and leads.csv.gz. Keep one" in refusal(folder)


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


def test_a_broken_part_is_refused_by_its_name(folder: Path) -> None:
    parts = folder / "leads"
    parts.mkdir()
    (folder / "leads.csv").rename(parts / "1.csv")
    (parts / "2.csv").write_text("lead_id,email\n1,2\n")
    assert f"{parts / '2.csv'} has no column created_at" in refusal(folder)


def test_a_folder_of_parts_is_not_empty_and_stands_alone(folder: Path) -> None:
    (folder / "leads").mkdir()
    assert "holds leads.csv and leads/. Keep one" in refusal(folder)
    (folder / "leads.csv").unlink()
    assert "holds no part of the table" in refusal(folder)


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "events.csv").rename(folder / "Events.csv")
    assert "has no file for the table events. Add one of events.csv," in refusal(folder)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"no folder {tmp_path / 'none'}" in refusal(tmp_path / "none")


def test_without_a_folder_the_demo_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def generate(folder: Path) -> None:
        made.append(folder)
        (folder / "leads.csv").write_text(LEADS)

    monkeypatch.setattr("lead_scoring.demo.generate", generate)
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
    plugin = input_files.Plugin("input_files", {})
    database = tmp_path / "new" / "x.duckdb"
    plugin.update_connection_config(SimpleNamespace(path=str(database)), {})
    with duckdb.connect(str(database)) as connection:
        plugin.configure_connection(connection)
        assert connection.sql("select lead_id from inputs.main.leads").fetchall() == [("ann",)]


def test_the_plugin_sets_the_limit_of_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEAD_SCORING_DATA", str(folder))
    for limit, shown in (("2GB", "1.8 GiB"), ("", None), ("much", None)):
        monkeypatch.setenv("LEAD_SCORING_MEMORY_LIMIT", limit)
        plugin = input_files.Plugin("input_files", {})
        with duckdb.connect() as connection:
            default = connection.sql("select current_setting('memory_limit')").fetchall()
            if limit == "much":
                with pytest.raises(InputError, match="LEAD_SCORING_MEMORY_LIMIT is much"):
                    plugin.configure_connection(connection)
                continue
            plugin.configure_connection(connection)
            found = connection.sql("select current_setting('memory_limit')").fetchall()
            assert found == ([(shown,)] if shown else default)
