"""All models compiled for engines that are not run here: is it SQL of the engine?

sqlglot reads each statement in the engine's dialect; functions and names are looked up in lists.
Nothing is sent to an engine, so what it would refuse besides stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlglot import ParseError, exp, parse_one

from compiled_models import EVERYTHING, TYPES, CompiledProject
from engine_words import EVERYWHERE, OWN, RESERVED
from portable_sql import findings

# Columns of seeds and of private tables whose names these engines keep to themselves: what has to
# be mended before a first run there (docs/reference/engines.md).
KEPT = {
    "snowflake": {"of"},
    "bigquery": {"of"},
    "redshift": {"percent"},
    "spark": set[str](),
    "databricks": set[str](),
}
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
    """The functions that an engine does not have, and the names that it keeps to itself."""
    functions = {name.lower() for name in CALL.findall(TEXT_OR_COMMENT.sub("''", sql))}
    names = {name.this.lower() for name in tree.find_all(exp.Identifier) if not name.quoted}
    known = f"{NO_FUNCTIONS} {EVERYWHERE} {OWN[engine]}"
    return (functions - set(known.split())) | (names & set(RESERVED[engine].split()))


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
    assert {words.rpartition(": ")[2] for words in problems} == KEPT[engine]


@pytest.mark.parametrize(
    ("engine", "sql", "word"),
    [
        ("bigquery", "select min_by(a, b), splits(a) from x", "splits"),
        ("redshift", "select min_by(a, b) from x", "min_by"),
        ("snowflake", "select of from x", "of"),
        ("bigquery", "select 1 as a from x as groups", "groups"),
        ("spark", "select strpos(a, b) from x", "strpos"),
    ],
)
def test_what_an_engine_lacks_is_found(engine: str, sql: str, word: str) -> None:
    assert unknown_words(sql, parse_one(sql, dialect=engine), engine) == {word}
