"""What compares two engines' tables finds a difference, and says what it needs."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lead_scoring.postgres.connection import Connection
from lead_scoring.project import PROJECT
from lead_scoring_workshop.commands.app import app
from lead_scoring_workshop.commands.check_engines import typed_demo
from lead_scoring_workshop.engines.comparison import compare_runs
from lead_scoring_workshop.engines.postgres_engine import PostgresEngine
from lead_scoring_workshop.engines.postgres_server import NoPostgresError, postgres_server
from lead_scoring_workshop.engines.same_tables import compare, tables_of_schema


@pytest.fixture(scope="module")
def server() -> Iterator[Mapping[str, str]]:
    try:
        with postgres_server() as variables:
            yield variables
    except NoPostgresError as error:
        pytest.skip(str(error))


def test_a_difference_is_found(server: Mapping[str, str]) -> None:
    with Connection(server) as connection:
        connection.execute("create schema said")
        connection.execute("create table said.scores as select 1 as lead_id, 1.50 as points")
    theirs = tables_of_schema(server, "said")

    def ours(table: str) -> tuple[list[str], Counter[tuple[object, ...]]] | None:
        return (["lead_id", "points"], Counter([(1, 1.5)])) if table == "scores" else None

    assert compare(ours, theirs, ["scores", "absent"]) == []
    with Connection(server) as connection:
        connection.execute("update said.scores set points = 1.51")
    assert [str(found).splitlines()[0] for found in compare(ours, theirs, ["scores"])] == [
        "scores: 1 rows differ"
    ]
    with Connection(server) as connection:
        connection.execute("alter table said.scores rename points to score")
    assert "its columns differ: points, score" in str(compare(ours, theirs, ["scores"])[0])
    with Connection(server) as connection:
        connection.execute("drop table said.scores")
    assert "the other engine does not have it" in str(compare(ours, theirs, ["scores"])[0])


def test_columns_with_types_give_the_same_rows(
    server: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBT_INDIRECT_SELECTION", "empty")  # tests of data run elsewhere
    (result,) = compare_runs(PostgresEngine(server, "typed"), [typed_demo(tmp_path)], tmp_path)
    assert (result.tables > 90, [str(each) for each in result.differences]) == (True, [])


def test_a_database_without_small_letters_is_refused(server: Mapping[str, str]) -> None:
    test = (PROJECT / "tests" / "inputs" / "assert_letters_have_small_ones.sql").read_text()
    query = "select as_of from (values (1)) as run(as_of) where " + test.partition("where")[2]
    found: dict[str, list[tuple[int]]] = {}
    for locale in ("C", "C.UTF-8"):
        name = f"letters_{len(found)}"
        with Connection(server) as connection:
            connection.execute(
                f"create database {name} template template0 encoding 'UTF8' lc_ctype '{locale}'"
            )
        with Connection({**server, "PGDATABASE": name}) as connection:
            found[locale] = connection.execute(query).fetchall()
    assert found == {"C": [(1,)], "C.UTF-8": []}


def test_a_machine_without_postgres_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr("lead_scoring_workshop.engines.postgres_server.FOLDERS", ())
    done = CliRunner().invoke(app, ["check", "engines", "--no-demo", "--schedules", "0"])
    assert done.exit_code == 2
    assert "apt-get install postgresql" in done.output
