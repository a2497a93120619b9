"""dbt's unit tests as queries: a model's SQL over mocked rows, beside what is expected."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Event, Thread
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.expressions import Expr as Expression

from lead_scoring_workshop.mutations.operators import FIXTURE, Fault, mutants

ACTUAL = "dbt_internal_unit_test_actual"
_PLACE = "place_of_the_part"
_LONG = 80  # characters of a clause that is alike because a macro wrote it
_SECONDS = 30.0  # of the processor; a query that takes more may never end
# Alike at each call, and no more memory or disk than any query takes that does end.
SETTINGS = (
    "set TimeZone = 'UTC'; set threads = 1; set memory_limit = '2GB'; set temp_directory = ''"
)


Place = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """A part of a model. Tests in which it reads the same have it in common."""

    model: str
    name: str  # of the CTE
    text: str


@dataclass(frozen=True)
class Mutant:
    """A part of a model with a fault in it."""

    part: Part
    fault: Fault
    write: Callable[[], str]

    @cached_property
    def text(self) -> str:
        """The part as SQL."""
        return self.write()


def parts_of(tests: Iterable[UnitTest]) -> dict[Part, list[Place]]:
    """Returns the parts that tests look at, and what stands around them in each test."""
    found: dict[Part, list[Place]] = {}
    for test in tests:
        for part, place in test.places():
            found.setdefault(part, []).append(place)
    return found


def mutants_of(parts: Iterable[Part]) -> list[list[Mutant]]:
    """Returns the mutants of parts; those of one fault together.

    One fault of a model is in several tests of it, and one of a macro in several models.
    """
    found: dict[tuple[str, str, Fault], list[Mutant]] = {}
    for part in parts:
        query = sqlglot.parse_one(part.text, dialect="duckdb")
        for fault, write in mutants(query):
            # What is short may be alike by chance.
            is_of_macro = len(fault.clause) >= _LONG
            place = ("", "") if is_of_macro else (part.model, part.name)
            found.setdefault((*place, fault), []).append(Mutant(part, fault, write))
    return list(found.values())


def place_of(part: exp.CTE, query: Expression) -> Place:
    """Returns what stands before and after a part of a query."""
    original = part.this
    part.set("this", exp.select(_PLACE))
    before, after = query.sql(dialect="duckdb").split(exp.select(_PLACE).sql(dialect="duckdb"))
    part.set("this", original)
    return before, after


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

    def places(self) -> Iterator[tuple[Part, Place]]:
        """Yields each part of the model, and what stands around it in this test."""
        for part in self.parts:
            text = part.this.sql(dialect="duckdb")
            yield Part(self.model, part.alias, text), place_of(part, self.query)


@contextmanager
def bounded(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Breaks off a query that may never end. A process that is only stopped for a while goes on."""
    ended, started = Event(), time.process_time()

    def watch() -> None:
        while not ended.wait(1):
            if time.process_time() - started > _SECONDS:
                connection.interrupt()
                return

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def passes(connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    """Tells whether the query of a unit test gives what is expected."""
    try:
        with bounded(connection):
            rows = connection.execute(query).fetchall()
    except duckdb.Error:
        return False
    sides = {"actual": Counter[str](), "expected": Counter[str]()}
    for *cells, side in rows:
        sides[side][repr(cells)] += 1
    return sides["actual"] == sides["expected"]


def read_unit_tests(target: Path, models_named: str = "") -> list[UnitTest]:
    """Returns the unit tests of a target folder in which dbt has run them.

    models_named: only of models with this in their name.
    """
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    models = {node["name"]: node["model"] for node in manifest["unit_tests"].values()}
    found = []
    for file in sorted((target / "run").rglob("*.sql")):
        model = models.get(file.stem)
        if model and models_named in model and ".yml" in str(file.parent):
            text = file.read_text(encoding="utf-8")
            if ACTUAL in text:
                query = sqlglot.parse_one(text, dialect="duckdb")
                found.append(UnitTest(file.stem, model, query))
    return found
