"""What SQL must not hold if every engine is to run it: found in compiled models, by sqlglot.

Each rule has its reason in docs/reference/engines.md: an engine refuses what it names, or takes it
for something else without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlglot import exp

# Names of types that not every engine has, in what people write: dbt.type_string() and the like.
TYPES = re.compile(r"\b(varchar|double precision|float|hugeint)\b(?=\s*\))", re.I)
SHORTHANDS = re.compile(
    r"::|\bqualify\b|\bilike\b|\busing\s*\(|\bgroup by all\b|\b[lr]trim\(|\bexcept all\b"
    r"|\b\d+(\.\d+)?e\d+\b",
    re.I,
)
TEXT_OR_COMMENT = re.compile(r"'(?:[^']|'')*'|--[^\n]*|\{#.*?#\}", re.S)
ORDERED = (exp.RowNumber, exp.Lag, exp.Lead)


def findings(tree: exp.Expr, model: str) -> list[str]:
    """What a compiled model, as sqlglot reads it, holds that it must not, in words."""
    found = []
    for rule in RULES:
        found += [f"{model}: {words}" for words in rule(tree)]
    return found


def source_findings(path: Path) -> list[str]:
    """What the text of a model or macro holds that it must not, in words."""
    text = TEXT_OR_COMMENT.sub("''", path.read_text(encoding="utf-8"))
    return [
        f"{path.name}: {match[0].strip()}"
        for pattern in (TYPES, SHORTHANDS)
        for match in pattern.finditer(text)
    ]


def _untyped_nulls(tree: exp.Expr) -> Iterator[str]:
    for union in tree.find_all(exp.Union):
        first = union.left
        if isinstance(first, exp.Select):
            for column in first.expressions:
                if isinstance(column.unalias(), exp.Null):
                    yield f"the first branch of a union has no type for {column.alias}"


def _nameless_selects(tree: exp.Expr) -> Iterator[str]:
    for subquery in tree.find_all(exp.Subquery):
        if isinstance(subquery.parent, exp.From | exp.Join) and not subquery.alias:
            yield "a select in brackets has no name"


def _subqueries_in_joins(tree: exp.Expr) -> Iterator[str]:
    for join in tree.find_all(exp.Join):
        condition = join.args.get("on")
        if condition is not None and condition.find(exp.Select):
            yield "the condition of a join holds a select"


def _windows_without_order(tree: exp.Expr) -> Iterator[str]:
    for window in tree.find_all(exp.Window):
        if isinstance(window.this, ORDERED) and not window.args.get("order"):
            yield f"{window.this.sql()} has no order"


def _recursion(tree: exp.Expr) -> Iterator[str]:
    if any(clause.args.get("recursive") for clause in tree.find_all(exp.With)):
        yield "it is recursive"


def _relations_named_like_a_column(tree: exp.Expr) -> Iterator[str]:
    for column in tree.find_all(exp.Column):
        if column.table and column.table == column.name:
            yield f"{column.table} is the name of a relation and of its column"


def _outer_joins_without_equality(tree: exp.Expr) -> Iterator[str]:
    for join in tree.find_all(exp.Join):
        condition = join.args.get("on")
        if join.side and condition is not None:
            parts = condition.flatten() if isinstance(condition, exp.And) else [condition]
            if not any(isinstance(part.unnest(), exp.EQ) for part in parts):
                yield "an outer join has no equality"


def _set_operations(tree: exp.Expr) -> Iterator[str]:
    for operation in tree.find_all(exp.Except, exp.Intersect):
        if not operation.args.get("distinct"):
            yield f"{operation.key} all"


RULES: tuple[Callable[[exp.Expr], Iterator[str]], ...] = (
    _untyped_nulls,
    _nameless_selects,
    _subqueries_in_joins,
    _windows_without_order,
    _recursion,
    _relations_named_like_a_column,
    _outer_joins_without_equality,
    _set_operations,
)
