"""dbt's unit tests as queries: a model's SQL over mocked rows, beside what is expected."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.expressions import Expr as Expression

from lead_scoring.mutations.operators import mutants

ACTUAL = "dbt_internal_unit_test_actual"
FIXTURE = "__dbt__cte__"
_PLACE = "place_of_the_part"


@dataclass(frozen=True)
class Mutant:
    """A fault in one part of a model. Equal ones in several tests are one."""

    model: str
    part: str  # name of the CTE
    kind: str
    before: str
    after: str


@dataclass(frozen=True)
class UnitTest:
    """A unit test as dbt ran it."""

    name: str
    model: str
    query: Expression

    @property
    def parts(self) -> list[exp.CTE]:
        """The CTEs of the model itself, mocked rows left out."""
        query: Any = self.query
        actual = next(cte for cte in query.ctes if cte.alias == ACTUAL)
        inner = actual.find(exp.Subquery)
        body: Any = inner.this if inner is not None else actual.this
        return [cte for cte in body.ctes if not cte.alias.startswith(FIXTURE)]

    def text(self) -> str:
        """The whole query."""
        return self.query.sql(dialect="duckdb")

    def mutants(self) -> Iterator[tuple[Mutant, Callable[[], str]]]:
        """Yields each fault, and what returns the whole query with it."""
        for part in self.parts:
            original = part.this
            before = plain(original)
            part.set("this", exp.select(_PLACE))
            around = self.text().split(exp.select(_PLACE).sql(dialect="duckdb"))
            part.set("this", original)
            for kind, changed in mutants(original):
                text = changed.sql(dialect="duckdb")
                mutant = Mutant(self.model, part.alias, kind, before, plain(changed))
                yield mutant, partial(str.join, text, around)


def passes(connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    """Tells whether the query of a unit test gives what is expected."""
    try:
        rows = connection.execute(query).fetchall()
    except duckdb.Error:
        return False
    sides = {"actual": Counter[str](), "expected": Counter[str]()}
    for *cells, side in rows:
        sides[side][repr(cells)] += 1
    return sides["actual"] == sides["expected"]


def plain(query: Expression) -> str:
    """Returns a query as text in which tables have the same name mocked or not."""
    copy = query.copy()
    for table in copy.find_all(exp.Table):
        table.set("db", None)
        table.set("catalog", None)
        table.set("this", exp.to_identifier(table.name.removeprefix(FIXTURE)))
    return copy.sql(dialect="duckdb", comments=False)


def read_unit_tests(target: Path) -> list[UnitTest]:
    """Returns the unit tests of a target folder in which dbt has run them."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    models = {node["name"]: node["model"] for node in manifest["unit_tests"].values()}
    found = []
    for file in sorted((target / "run").rglob("*.sql")):
        if file.stem in models and ".yml" in str(file.parent):
            text = file.read_text(encoding="utf-8")
            if ACTUAL in text:
                query = sqlglot.parse_one(text, dialect="duckdb")
                found.append(UnitTest(file.stem, models[file.stem], query))
    return found
