"""Files of tools that are cut off, doubled, in parts, or called and written in odd ways."""

from __future__ import annotations

import gzip
import random
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow
import pyarrow.parquet
import pytest

from connector_reading import read, write
from connector_rows import contact
from lead_scoring.data.folder import InputError
from lead_scoring.exports import exports_of
from lead_scoring.exports.header import export_query
from lead_scoring.reading.csv_files import csv_query
from lead_scoring.reading.parquet_files import parquet_query


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Record ID,Email,Create Date\n1,a@b.com,2026-01-01\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04 a workbook \x00", "a workbook"),
        (gzip.compress(b"Record ID,Email\n" * 9)[:20], "cannot be read"),
    ],
    ids=["wide", "workbook", "cut off"],
)
def test_a_file_whose_header_cannot_be_read_is_no_unknown_table(
    tmp_path: Path, content: bytes, words: str
) -> None:
    write(tmp_path, {"contacts.csv": [contact(1)]})
    name = "my deals.csv.gz" if content.startswith(b"\x1f") else "my deals.csv"
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words) as refused:
        exports_of(tmp_path)
    assert "let its name begin with _" in str(refused.value)
    for empty in (b"", b"\xef\xbb\xbf\n \n"):
        (tmp_path / name).write_bytes(gzip.compress(empty) if name.endswith(".gz") else empty)
        assert exports_of(tmp_path) is not None
    # a tool's folder that is not read says nothing
    (tmp_path / "segment").mkdir()
    (tmp_path / name).rename(tmp_path / "segment" / name)
    (tmp_path / "segment" / name).write_bytes(content)
    assert exports_of(tmp_path, "hubspot") is not None


def test_a_double_may_have_a_quote_in_its_name(tmp_path: Path) -> None:
    path = tmp_path / "contact.parquet"
    duckdb.sql("""select 1.5::double as "a""b", 2::float as id""").write_parquet(str(path))
    with duckdb.connect() as connection:
        assert connection.execute(export_query(connection, path)).fetchall() == [("1.5", "2")]


def test_a_packed_export_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv.gz"
    rows = random.Random(1).randbytes(6_000_000).hex()
    path.write_bytes(gzip.compress(f"Record ID,Email,Create Date\n1,{rows},\n".encode())[:-99])
    with pytest.raises(InputError, match="is not a whole gzip file"):
        read(tmp_path, {})


def test_names_that_differ_in_capitals_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("Id,Email,EMAIL\n1,a@b.com,c@d.com\n")
    with duckdb.connect() as connection:
        rows = connection.execute(export_query(connection, path)).fetchall()
    assert rows == [("1", "a@b.com", "c@d.com")]


def test_numbered_parts_are_one_table_and_a_copy_is_none(tmp_path: Path) -> None:
    def page(key: str) -> dict[str, str]:
        seen = "2026-01-01T10:00:00Z"
        return {
            "id": key, "anonymous_id": "D", "user_id": "ann", "received_at": seen,
            "timestamp": seen, "url": "https://us.com/pricing",
        }  # fmt: skip

    found = read(
        tmp_path,
        {
            "pages_1.csv": [page("a")],
            "pages_2.csv": [page("b")],
            "pages (1).csv": [page("c")],
            "users.csv": [{"id": "ann", "received_at": "2026-01-01", "email": "ann@acme.com"}],
        },
    )
    assert found.rows("events", "event_id") == ["a", "b"]
    assert (
        "Not read, since another file has the name of the table: pages (1).csv."
        in found.exports.in_words
    )


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_name_is_no_pattern(tmp_path: Path, kind: str) -> None:
    for number, name in enumerate(("a1", "a[1]", "a?", "a*")):
        (tmp_path / name).mkdir()
        lead = f"select {number} as lead_id, '2026-01-01' as created_at"
        duckdb.sql(f"copy ({lead}) to '{tmp_path / name / f'leads.{kind}'}'")
    with duckdb.connect() as connection:
        found = {}
        for name in ("a1", "a[1]", "a?", "a*"):
            path = tmp_path / name / f"leads.{kind}"
            query = (
                parquet_query(connection, "leads", path, [])
                if kind == "parquet"
                else csv_query(connection, "leads", path)
            )
            exported = connection.execute(export_query(connection, path)).fetchall()
            rows = connection.execute(query).fetchall()
            assert [str(cell) for cell in exported[0]] == [str(cell) for cell in rows[0]]
            found[name] = [int(row[0]) for row in rows]
    assert found == {"a1": [0], "a[1]": [1], "a?": [2], "a*": [3]}


def test_parts_of_an_export_in_parquet_are_read_alike(tmp_path: Path) -> None:
    at, zone = "2026-01-01 10:00:00", "+02:00"
    for number, cells in enumerate(
        (
            f"cast('{at}' as timestamp) as property_createdate, cast(55 as double) as id",
            f"cast('{at}{zone}' as timestamptz) as property_createdate, 56 as id",
        )
    ):
        duckdb.sql(
            f"select {cells}, 'a@b.com' as property_email, 'Ann' as property_firstname"
        ).write_parquet(str(tmp_path / f"contact_{number}.parquet"))
    found = read(tmp_path, {}, "hubspot", input_time_zone="America/New_York")
    assert found.rows("leads", "lead_id", "created_at") == [
        ("55", at),
        ("56", "2026-01-01 08:00:00Z"),
    ]


def test_decimals_that_duckdb_reads_as_others_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "leads.parquet"
    for digits in (50, 76):  # of 76 all bytes of its words are there
        revenue = pyarrow.array([Decimal("12.50")], pyarrow.decimal256(digits, 2))
        table = pyarrow.table({"lead_id": ["a"], "created_at": ["2026-01-01"], "revenue": revenue})
        pyarrow.parquet.write_table(table, str(path))
        with duckdb.connect() as connection:
            if digits == 50:
                with pytest.raises(InputError, match="column revenue has decimals of 50 digits"):
                    parquet_query(connection, "leads", path, [])
            else:
                query = parquet_query(connection, "leads", path, [])
                assert connection.execute(query).fetchall() == [("a", "2026-01-01", "12.5")]
