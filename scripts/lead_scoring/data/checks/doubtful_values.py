"""Values that any text can be, and that are most likely another column's or written otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import duckdb

from lead_scoring.data.checks.findings import Column, Finding, Level, Role
from lead_scoring.data.checks.judgements import Judge
from lead_scoring.data.checks.rule_reads import RuleReads
from lead_scoring.model_expressions import Project
from lead_scoring.reading.headers import literal

LEAST = 3  # values, or words of rules: of fewer nothing can be told


class Shape(NamedTuple):
    """What most values of a column are not: a condition of the text t, words and a mend.

    many: more than this share of the values are worth a word.
    """

    many: float
    strange: str
    problem: str
    mend: str


_LIST = Shape(
    0.2,  # a sentence has commas, too
    "not contains(t, ';') and regexp_matches(t, '[,|\\[\\]\\n]')",
    "hold commas, bars or brackets and no semicolon: each is read as one entry",
    "Separate the entries of a list by semicolons.",
)
SHAPES: Mapping[tuple[str, str], Shape] = {
    ("leads", "email"): Shape(
        0.01,
        # as int_lead_scoring__lead_versions finds the domain, which takes gmail.com> for one
        "not regexp_matches(t, '^[^@\\s]+@[^@\\s.]+([.][^@\\s.]+)+$')"
        " or regexp_matches(t, '[<>,;\"()]')",
        "are no e-mail addresses",
        "Is it another column? Write the address alone: ann@acme.com.",
    ),
    ("leads", "company_domain"): Shape(
        0.01,
        "not regexp_matches(lower(t), '^[^\\s/@:.]+([.][^\\s/@:.]+)+$') or starts_with(lower(t), "
        "'www.')",
        "are no bare domains",
        "Write acme.com: by https://www.acme.com or a name no account is found.",
    ),
}
# Of a file that separates by semicolons, 1.200 may be twelve hundred.
_POINT = "regexp_matches(t, '^[+-]?[0-9]*[.][0-9]+$')"
_THOUSANDS = "regexp_matches(t, '^[+-]?[1-9][0-9]{0,2}[.][0-9]{3}$')"


def findings_on_values(
    connection: duckdb.DuckDBPyConnection,
    project: Project,
    columns: Sequence[Column],
    reads: RuleReads,
    judge: Judge,
) -> Iterator[Finding]:
    """Yields what is to be said of the values of each column that means something to a run."""
    for column in columns:
        if column.filled < LEAST or column.role not in (
            *(Role.REQUIRED, Role.OPTIONAL, Role.ATTRIBUTE),
        ):
            continue
        value = project.input_value(column.table, column.name)
        texts = (
            f"(select {value} as t, count(*) as n from inputs.main.{column.table} "
            "where t is not null group by t)"
        )
        shape = SHAPES.get((column.table, column.name))
        if column.type == "list":
            shape = _LIST
        if shape is not None:
            yield from _of_shape(connection, texts, column, shape, judge)
        if column.type in ("number", "whole"):
            yield from _of_points(connection, texts, column, judge)
        wanted = reads.values.get((column.table, column.name))
        if wanted is not None and len(wanted) >= LEAST:
            yield from _of_vocabulary(connection, texts, column, wanted, judge)


def _of_shape(
    connection: duckdb.DuckDBPyConnection, texts: str, column: Column, shape: Shape, judge: Judge
) -> Iterator[Finding]:
    count = _sum(connection, texts, shape.strange)
    if count >= LEAST and count > shape.many * column.filled:
        yield judge.finding(
            Level.WARNING,
            column.table,
            column.shown,
            f"{count:,} of {column.filled:,} values {shape.problem}",
            shape.mend,
            count,
            column.filled,
        )


def _of_points(
    connection: duckdb.DuckDBPyConnection, texts: str, column: Column, judge: Judge
) -> Iterator[Finding]:
    count = _sum(connection, texts, _THOUSANDS)
    if count >= LEAST and count == _sum(connection, texts, _POINT):
        yield judge.finding(
            Level.WARNING,
            column.table,
            column.shown,
            f"{count:,} of {column.filled:,} values have a point before three digits, and are read "
            "as fractions (1.200 as 1.2)",
            "If the point separates thousands, write 1200 or 1,200.",
            count,
            column.filled,
        )


def _of_vocabulary(
    connection: duckdb.DuckDBPyConnection,
    texts: str,
    column: Column,
    wanted: Sequence[str],
    judge: Judge,
) -> Iterator[Finding]:
    entries = "trim(unnest(string_split(t, ';')))" if column.type == "list" else "t"
    known = ", ".join(map(literal, wanted))
    found = connection.execute(
        f"select count(*) from (select lower({entries}) as entry from {texts}) "
        f"where entry in ({known})"
    ).fetchall()[0][0]
    if not found:
        yield judge.finding(
            Level.WARNING,
            column.table,
            column.shown,
            f"none of the {column.filled:,} values is one that rules name ({len(wanted):,} words)",
            "Is it another column, or are they codes? Write them as the rules do, or add them.",
            column.filled,
            column.filled,
        )


def _sum(connection: duckdb.DuckDBPyConnection, texts: str, condition: str) -> int:
    row = connection.execute(
        f"select coalesce(sum(n) filter ({condition}), 0) from {texts}"
    ).fetchall()[0]
    return int(row[0])
