"""Queries taken apart into tables and a rest, as Spark gets them: the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import duckdb
import pytest
from sqlglot import exp, parse_one

from compiled_models import EVERYTHING, CompiledProject
from lead_scoring.model_expressions import Project


class Made(NamedTuple):
    """What dbt knows a relation as, as far as the macro asks."""

    identifier: str

    def incorporate(self, path: Mapping[str, str]) -> Made:
        return Made(path["identifier"])

    def __str__(self) -> str:
        return self.identifier


LONG = "    -- " + "long " * 3000
QUERY = f"""-- What it is.
with first as (
    select 1 as id
),

unread as (
    select id from first
),

said_often as (
{LONG}
    select first.id + numbers.id as id
    from first
    cross join
        numbers
),

final as (
    select one.id from said_often as one
    inner join said_often as other on one.id = other.id
)

select * from final
"""


def test_a_long_cte_that_is_read_twice_is_a_table() -> None:
    parts = Project().macro("ctes_apart")(QUERY, Made("model"))
    [part] = parts["tables"]
    assert str(part["table"]) == "model__said_often"
    assert "unread" not in part["query"]
    assert LONG in part["query"]
    assert LONG not in parts["rest"]
    with duckdb.connect() as engine:
        engine.execute("create table numbers as select unnest([1, 2, 2]) as id")
        whole = engine.execute(QUERY).fetchall()
        engine.execute(f"create table {part['table']} as {part['query']}")
        assert sorted(engine.execute(parts["rest"]).fetchall()) == sorted(whole)
        assert len(whole) == 5


def test_no_part_of_a_model_reads_a_cte_that_it_lacks() -> None:
    project = CompiledProject("spark", is_later_run=False, **EVERYTHING)
    taken_apart = 0
    for model, query in project.statements():
        parts = project.macro("ctes_apart")(query, Made(model))
        made = {str(part["table"]) for part in parts["tables"]}
        taken_apart += bool(made)
        for text in [*(part["query"] for part in parts["tables"]), parts["rest"]]:
            tree = parse_one(text, dialect="spark")
            known = made | {cte.alias for cte in tree.find_all(exp.CTE)}
            read = {table.name for table in tree.find_all(exp.Table) if not table.db}
            assert read <= known, f"{model}: {read - known}"
    assert taken_apart


@pytest.mark.parametrize(
    "query",
    [
        QUERY.replace(LONG, ""),
        QUERY.replace("    inner join said_often as other on one.id = other.id\n", ""),
        QUERY.replace("one.id = other.id\n)", "one.id = other.id)"),
        QUERY.replace("with first as (\n    select 1 as id\n),", "with first as (select 1 as id),"),
        "select 1 as id",
    ],
)
def test_other_queries_stay_whole(query: str) -> None:
    parts = Project().macro("ctes_apart")(query, Made("model"))
    assert parts["tables"] == []
    with duckdb.connect() as engine:
        engine.execute("create table numbers as select unnest([1, 2, 2]) as id")
        assert engine.execute(parts["rest"]).fetchall() == engine.execute(query).fetchall()
