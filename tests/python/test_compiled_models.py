"""All models compiled for engines that are not run here: is it SQL of the engine?

sqlglot reads each statement in the engine's dialect; functions and names are looked up in lists.
Nothing is sent to an engine, so what it would refuse besides stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from dbt_common.clients import agate_helper
from sqlglot import ParseError, exp, parse_one

from compiled_models import EVERYTHING, TYPES, CompiledProject, Relation
from engine_words import EVERYWHERE, OWN, RESERVED
from lead_scoring.project import PROJECT
from portable_sql import findings

TEXT_OR_COMMENT = re.compile(r"r?'(?:[^'\\]|''|\\.)*'|--[^\n]*", re.S)
CALL = re.compile(r"\b([a-z_][a-z0-9_]*)\s*\(", re.I)
# Words that brackets follow, and types of so many digits.
NO_FUNCTIONS = (
    "all and any as between bignumeric by case decimal distinct else end exists from group having "
    "in interval is join not numeric on or order over select then union using values varchar "
    "when where with"
)


def statements(engine: str) -> Iterator[tuple[str, str]]:
    """Of each model what a first run sends, and where a later one differs what that sends."""
    seen = set()
    for is_later_run in (False, True):
        project = CompiledProject(engine, is_later_run=is_later_run, **EVERYTHING)
        for statement in project.statements(only_kept=is_later_run):
            if statement not in seen:
                seen.add(statement)
                yield statement


def unknown_words(sql: str, tree: exp.Expr, engine: str) -> set[str]:
    """What an engine does not have or read: functions, names that it keeps, parts of patterns."""
    functions = {name.lower() for name in CALL.findall(TEXT_OR_COMMENT.sub("''", sql))}
    names = {name.this.lower() for name in tree.find_all(exp.Identifier) if not name.quoted}
    known = f"{NO_FUNCTIONS} {EVERYWHERE} {OWN[engine]}"
    # within a pattern: Java takes it for a class in a class
    patterns = {"[["} if engine in ("spark", "databricks") and "[[" in sql else set()
    return (functions - set(known.split())) | (names & set(RESERVED[engine].split())) | patterns


@pytest.mark.parametrize("engine", sorted(TYPES))
def test_models_are_sql_of_the_engine(engine: str) -> None:
    problems, models = set(), set()
    for model, sql in statements(engine):
        models.add(model)
        try:
            tree = parse_one(sql, dialect=engine)
        except ParseError as error:
            problems.add(f"{model}: {error}")
        else:
            problems |= set(findings(tree, model))
            problems |= {f"{model}: {word}" for word in unknown_words(sql, tree, engine)}
    assert len(models) > 100
    assert not problems


@pytest.mark.parametrize(
    ("engine", "sql", "word"),
    [
        ("bigquery", "select min_by(a, b), splits(a) from x", "splits"),
        ("redshift", "select min_by(a, b) from x", "min_by"),
        ("snowflake", "select of from x", "of"),
        ("bigquery", "select 1 as a from x as groups", "groups"),
        ("spark", "select strpos(a, b) from x", "strpos"),
        ("spark", "select regexp_like(a, '[[]') from x", "[["),
    ],
)
def test_what_an_engine_lacks_is_found(engine: str, sql: str, word: str) -> None:
    assert unknown_words(sql, parse_one(sql, dialect=engine), engine) == {word}


def test_seeds_of_snowflake_have_columns_that_models_find(tmp_path: Path) -> None:
    # dbt quotes all names of a seed or none; models quote those alone that an engine keeps
    project = CompiledProject("snowflake", is_later_run=False)
    made: list[object] = []
    adapter = project._environment.globals["adapter"]
    adapter.convert_type = lambda rows, index: "text"  # type: ignore[attr-defined]
    project._environment.globals |= {
        "run_query": made.append,
        "this": Relation("a.b"),
        "dbt": SimpleNamespace(
            default__load_csv_rows=lambda seed, rows: made.append(rows.column_names)
        ),
    }
    seed = {"config": {"column_types": {"days": "integer"}}}
    file = tmp_path / "seed.csv"
    file.write_text("of,days,percent\nlead,7,5\n", encoding="utf-8")
    rows = agate_helper.from_csv(file, ())
    project.macro("snowflake__create_csv_table")(seed, rows)
    project.macro("snowflake__load_csv_rows")(seed, rows)
    assert made == [
        'create table a.b ("of" text, days integer, "percent" text)',
        ('"of"', "days", '"percent"'),
    ]


@pytest.mark.parametrize("engine", sorted(TYPES))
def test_columns_of_rule_tables_are_quoted_where_the_engine_keeps_their_name(engine: str) -> None:
    project = CompiledProject(engine, is_later_run=False)
    for seed in (PROJECT / "seeds").glob("*.csv"):
        for name in seed.read_text(encoding="utf-8").splitlines()[0].split(","):
            if name in RESERVED[engine].split():
                assert project.expression("rule_column", name) != name, f"{seed.name}: {name}"
