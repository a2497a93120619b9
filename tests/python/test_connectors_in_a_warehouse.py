"""The connectors as dbt runs them, on tables of tools: the rows are those of exports."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connector_reading import Files, read
from lead_scoring.exports.recognition import TOOLS
from lead_scoring.postgres.connection import Connection
from lead_scoring.reading.headers import identifier, literal
from lead_scoring.rules.files import lay_out_rules
from lead_scoring.runs import runner
from lead_scoring_workshop.engines.postgres_server import postgres_server
from test_connectors_of_crms import CONTACT, DEALS, LEAD, contact, mail
from test_connectors_of_the_web import IDENTIFIED, hit

SNOWPLOW = {
    "event_id": "s",
    "event": "page_view",
    "event_name": "page_view",
    "domain_userid": "d",
    "collector_tstamp": "2026-03-05 00:00:01",
    "user_id": "1",
}
FILES: Files = {
    **{f"hubspot/{name}": rows for name, rows in DEALS.items()},
    "hubspot/contact.csv": [
        contact(1, email="ann@acme.com", jobtitle="CEO", hs_merged_object_ids="2"),
        contact(2, email="ann@old.com"),
        contact(3, email="bob@acme.com") | {"_fivetran_deleted": "TRUE"},
    ],
    "hubspot/email_event.csv": [mail("a", "ann@old.com"), mail("b", "bob@acme.com")],
    "salesforce/Lead.csv": [
        LEAD | {"Email": "eve@acme.com", "ConvertedContactId": CONTACT["Id"], "IsConverted": "1"}
    ],
    "salesforce/Contact.csv": [CONTACT | {"Email": "eve@acme.com"}],
    "marketo/lead.csv": [{"id": 1, "created_at": "2026-01-01", "email": "mia@acme.com"}],
    **{f"segment/{name}": rows for name, rows in IDENTIFIED.items()},
    "snowplow/events.csv": [SNOWPLOW],
    "ga4/event.csv": [hit("1", "B", "1", at=1), hit("1", "B", at=2)],
}
SETTINGS: Mapping[str, object] = {
    "lead_scoring_sources": list(TOOLS),
    "lead_scoring_hubspot": {"columns": {"product_interest": "jobtitle", "tier": "jobtitle"}},
    "lead_scoring_snowplow": {"schema": "snowplow", "events": "EVENTS"},
    "lead_scoring_ga4": {"schema": "ga4"},
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """A database of a run on tables of all tools, and the same as read from their files."""
    folder = tmp_path_factory.mktemp("warehouse")
    database = folder / "run" / "scores.duckdb"
    database.parent.mkdir()
    files = read(folder / "exports", FILES, None, **_named(SETTINGS))
    with duckdb.connect(str(database)) as connection:
        for name in FILES:
            tool, table = name.removesuffix(".csv").split("/")
            path = literal(folder / "exports" / name)
            connection.execute(f"create schema if not exists {tool}")
            connection.execute(
                f'create table {tool}."{table}" as from read_csv({path}, all_varchar = true)'
            )
    runner.score(database=database, as_of="2026-07-01", variables=SETTINGS, with_tests=False)
    connection = duckdb.connect(str(database))
    for table in ("leads", "events", "outcomes", "lead_merges"):
        rows = files.whole(table)
        connection.execute(f"create temp table of_files_{table} (row_text varchar)")
        connection.executemany(
            f"insert into of_files_{table} values (?)", [[_text(row)] for row in rows]
        )
    return connection


def _named(settings: Mapping[str, object]) -> dict[str, Any]:
    return {name.removeprefix("lead_scoring_"): value for name, value in settings.items()}


def _text(row: object) -> str:
    return json.dumps(row, default=str)


@pytest.mark.parametrize("table", ["leads", "events", "outcomes", "lead_merges"])
def test_tables_and_exports_give_the_same_rows(
    table: str, warehouse: duckdb.DuckDBPyConnection
) -> None:
    names = warehouse.execute(f"describe stg_lead_scoring__connected_{table}").fetchall()
    columns = ", ".join(sorted(row[0] for row in names))
    rows = warehouse.execute(
        f"select {columns} from stg_lead_scoring__connected_{table}"
    ).fetchall()
    of_files = warehouse.execute(f"from of_files_{table}").fetchall()
    assert sorted(_text(row) for row in rows) == sorted(row[0] for row in of_files)
    assert rows


def test_people_of_all_tools_are_scored_once(warehouse: duckdb.DuckDBPyConnection) -> None:
    leads = warehouse.execute("select lead_id from lead_scores order by all").fetchall()
    assert [row[0] for row in leads] == ["003000000000009", "1", "marketo-1", "segment-bob"]
    status = warehouse.execute("select status from lead_scores where lead_id = '1'").fetchall()
    assert status == [("won",)]


def test_nobody_who_is_deleted_lies_in_a_table(warehouse: duckdb.DuckDBPyConnection) -> None:
    tables = warehouse.execute(
        "select table_name from duckdb_tables() where schema_name = 'main' and not temporary"
    ).fetchall()
    assert not [name for (name,) in tables if "connected" in name or "hubspot" in name]


def test_postgresql_gives_the_same_rows(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--all-engines"):
        pytest.skip("The connectors are run on PostgreSQL with --all-engines.")
    files = read(tmp_path / "exports", FILES, None, **_named(SETTINGS))
    with postgres_server() as server, Connection(server) as connection:
        for name in FILES:
            tool, table = name.removesuffix(".csv").split("/")
            text = (tmp_path / "exports" / name).read_text(encoding="utf-8")
            columns = text.partition("\n")[0].strip().split(",")
            connection.execute(f"create schema if not exists {tool}")
            kinds = ", ".join(f"{identifier(column)} text" for column in columns)
            connection.execute(f'create table {tool}."{table}" ({kinds})')
            connection.copy(
                f'copy {tool}."{table}" from stdin with (format csv, header true)',
                io.StringIO(text),
            )
        lay_out_rules(None, tmp_path / "run" / "project" / "seeds")
        runner.build(
            work_folder=tmp_path / "run",
            environment={**server, "LEAD_SCORING_AS_OF": "2026-07-01"},
            target="postgres",
            variables=SETTINGS,
            select=["+lead_scores"],
            with_tests=False,
        )
        for table in ("leads", "events", "outcomes", "lead_merges"):
            place = f"lead_scoring_private.stg_lead_scoring__connected_{table}"
            names = connection.execute(
                "select column_name from information_schema.columns where table_schema = "
                f"'lead_scoring_private' and table_name = '{place.partition('.')[2]}' order by 1"
            ).fetchall()
            columns = [str(row[0]) for row in names]
            rows = connection.execute(f"select {', '.join(columns)} from {place}").fetchall()
            assert sorted(map(_text, map(list, rows))) == sorted(
                map(_text, map(list, files.rows(table, *columns)))
            )
