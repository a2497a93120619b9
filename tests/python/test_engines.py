"""PostgreSQL makes the same rows as DuckDB: a generated story, run after run.

./scripts/check_engines compares more stories, and the demo. Without PostgreSQL on the
machine this is left out.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlglot import parse_one
from typer.testing import CliRunner

from lead_scoring import check_engines
from lead_scoring.check_engines import generated_story
from lead_scoring.engines.comparison import compare_runs
from lead_scoring.engines.postgres_inputs import connect
from lead_scoring.engines.postgres_runs import score_on_postgres
from lead_scoring.engines.postgres_server import NoPostgresError, postgres_server
from lead_scoring.engines.same_tables import compare, tables_of_schema
from portable_sql import findings

CASES, SEED = 20, 11
PRIVATE = "int_lead_scoring__reasons"


@pytest.fixture(scope="module")
def server() -> Iterator[Mapping[str, str]]:
    try:
        with postgres_server() as variables:
            yield variables
    except NoPostgresError as error:
        pytest.skip(str(error))


def test_a_story_leaves_the_same_tables(
    server: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBT_INDIRECT_SELECTION", "empty")
    story = generated_story(tmp_path / "story", SEED, CASES)
    for result in compare_runs(server, [story[0], story[-1]], tmp_path, "story"):
        assert not result.differences, "\n".join(map(str, result.differences))
        assert result.tables > 70
    compiled = [
        path
        for path in (tmp_path / "postgres" / "target" / "compiled").rglob("*.sql")
        if "models" in path.parts and "unit_tests" not in str(path)
    ]
    assert len(compiled) > 70
    assert not [
        words
        for path in compiled
        for words in findings(parse_one(path.read_text(), dialect="postgres"), path.stem)
    ]


def test_readers_see_scores_and_no_contacts(server: Mapping[str, str], tmp_path: Path) -> None:
    with connect(server) as connection:
        connection.cursor().execute("create role reporting; create role sales")
        connection.cursor().execute("grant usage on schema story to reporting, sales")
    score_on_postgres(
        server,
        schema="story",
        input_schema="story_inputs",
        work_folder=tmp_path / "postgres",
        as_of="2026-06-30T12:00:00Z",
        variables={
            "lead_scoring_readers": ["reporting"],
            "lead_scoring_contact_readers": ["sales"],
        },
        select=["lead_scores", "score_reasons", "lead_contacts"],
        with_tests=False,
    )
    seen = set()
    with connect(server) as connection:
        for role in ("reporting", "sales"):
            for table in ("lead_scores", "score_reasons", "lead_contacts", PRIVATE):
                cursor = connection.cursor()
                cursor.execute(
                    "select has_table_privilege(%s, %s, 'select')", [role, f"story.{table}"]
                )
                if cursor.fetchone() == (True,):
                    seen.add((role, table))
    assert seen == {
        ("reporting", "lead_scores"), ("reporting", "score_reasons"), ("sales", "lead_contacts")
    }  # fmt: skip


def test_a_difference_is_found(server: Mapping[str, str]) -> None:
    with connect(server) as connection:
        cursor = connection.cursor()
        cursor.execute("create schema said")
        cursor.execute("create table said.scores as select 1 as lead_id, 1.50 as points")
    theirs = tables_of_schema(server, "said")

    def ours(table: str) -> tuple[list[str], Counter[tuple[object, ...]]] | None:
        return (["lead_id", "points"], Counter([(1, 1.5)])) if table == "scores" else None

    assert compare(ours, theirs, ["scores", "absent"]) == []
    with connect(server) as connection:
        connection.cursor().execute("update said.scores set points = 1.51")
    assert [str(found).splitlines()[0] for found in compare(ours, theirs, ["scores"])] == [
        "scores: 1 rows differ"
    ]
    with connect(server) as connection:
        connection.cursor().execute("alter table said.scores rename points to score")
    assert "its columns differ: points, score" in str(compare(ours, theirs, ["scores"])[0])
    with connect(server) as connection:
        connection.cursor().execute("drop table said.scores")
    assert "the other engine does not have it" in str(compare(ours, theirs, ["scores"])[0])


def test_a_machine_without_postgres_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr("lead_scoring.engines.postgres_server.FOLDERS", ())
    done = CliRunner().invoke(check_engines.app, ["--no-demo", "--schedules", "0"])
    assert done.exit_code == 2
    assert "apt-get install postgresql" in done.output
