"""The connectors as dbt runs them, on tables of tools: the rows are those of exports."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
from rich.console import Console

from connector_reading import read
from connector_samples import ALL, AS_OF, EXPLAINED
from lead_scoring.explain.explanation import print_explanation
from lead_scoring.explain.finding import find_score
from lead_scoring.exports.counts import COUNTS
from lead_scoring.exports.recognition import TOOLS
from lead_scoring.postgres.connection import Connection
from lead_scoring.project import PROJECT
from lead_scoring.reading.headers import identifier, literal
from lead_scoring.rules.files import lay_out_rules
from lead_scoring.runs import runner
from lead_scoring_workshop.engines.postgres_server import postgres_server
from test_connectors_put_aside import FATES

WIDTH = 110  # of an explanation, in signs
SETTINGS: Mapping[str, object] = {
    "lead_scoring_sources": list(TOOLS),
    "lead_scoring_hubspot": {"columns": {"product_interest": "jobtitle", "tier": "jobtitle"}},
    "lead_scoring_marketo": {"website": "https://us.com"},
    "lead_scoring_snowplow": {"schema": "snowplow", "events": "EVENTS"},
    "lead_scoring_ga4": {"schema": "ga4"},
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """A database of a run on tables of all tools, and the same as read from their files."""
    folder = tmp_path_factory.mktemp("warehouse")
    database = folder / "run" / "scores.duckdb"
    database.parent.mkdir()
    files = read(folder / "exports", ALL, None, **_named(SETTINGS))
    with duckdb.connect(str(database)) as connection:
        for name in ALL:
            tool, table = name.removesuffix(".csv").split("/")
            path = literal(folder / "exports" / name)
            connection.execute(f"create schema if not exists {tool}")
            connection.execute(
                f'create table {tool}."{table}" as from read_csv({path}, all_varchar = true)'
            )
    runner.score(database=database, as_of=AS_OF, variables=SETTINGS, with_tests=False)
    connection = duckdb.connect(str(database))
    for table in ("leads", "events", "outcomes", "lead_merges"):
        rows = files.whole(table)
        connection.execute(f"create temp table of_files_{table} (row_text varchar)")
        connection.executemany(
            f"insert into of_files_{table} values (?)", [[_text(row)] for row in rows]
        )
    return connection


def explanation(connection: duckdb.DuckDBPyConnection, lead_id: str) -> str:
    """What lead-scoring explain says of the rules that a lead meets, and of its scores."""
    written = io.StringIO()
    screen = Console(width=WIDTH, file=written, highlight=False, markup=False)
    print_explanation(connection, screen, find_score(connection, lead_id, None))
    text = "\n".join(line.rstrip() for line in written.getvalue().splitlines())
    parts = (("", "\n\n"), ("Fit rules", "Inactivity"), ("Scores, held", "\n\nLabels"))
    return "\n\n".join(
        text[(start := text.index(begin)) : text.index(end, start)].strip() for begin, end in parts
    )


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
    assert [row[0] for row in leads] == sorted(EXPLAINED.values())
    status = warehouse.execute("select status from lead_scores where lead_id = '101'").fetchall()
    assert status == [("open",)]


def test_what_was_put_aside_is_the_same(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute(f"select tool, input_table, fate, input_rows from {COUNTS}").fetchall()
    assert sorted(rows) == sorted(
        (tool, table, fate, count)
        for tool, tables in FATES.items()
        for table, fates in tables.items()
        for fate, count in fates.items()
    )


@pytest.mark.parametrize("tool", EXPLAINED)
def test_each_page_shows_the_score_of_its_sample(
    tool: str, warehouse: duckdb.DuckDBPyConnection
) -> None:
    page = (PROJECT / "docs" / "how-to" / "connectors" / f"{tool}.md").read_text(encoding="utf-8")
    shown = page.partition("```text\n")[2].partition("\n```")[0]
    assert shown == explanation(warehouse, EXPLAINED[tool])


def test_nobody_who_is_deleted_lies_in_a_table(warehouse: duckdb.DuckDBPyConnection) -> None:
    tables = warehouse.execute(
        "select table_name from duckdb_tables() where schema_name = 'main' and not temporary"
    ).fetchall()
    assert not [name for (name,) in tables if "connected" in name or "hubspot" in name]


@pytest.mark.thorough
def test_postgresql_gives_the_same_rows(tmp_path: Path) -> None:
    files = read(tmp_path / "exports", ALL, None, **_named(SETTINGS))
    with postgres_server() as server, Connection(server) as connection:
        for name in ALL:
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
            environment={**server, "LEAD_SCORING_AS_OF": AS_OF},
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
