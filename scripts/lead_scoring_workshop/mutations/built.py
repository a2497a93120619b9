"""Built databases, and what the runs that built them compiled."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import sqlglot

from lead_scoring.data.folder import create_views
from lead_scoring_workshop.mutations.operators import Fault, mutants
from lead_scoring_workshop.mutations.unit_tests import SETTINGS, Place, bounded, place_of


@dataclass(frozen=True)
class Built:
    """A connection to a built database, the compiled SQL of its models and of the tests on each."""

    connection: duckdb.DuckDBPyConnection
    version: str  # another one for each build
    models: Mapping[str, Any]  # in an order in which they can be built
    parents: Mapping[str, set[str]]
    tests: Mapping[str, list[str]]
    relations: Mapping[str, str]
    has_oracle: bool  # the run was compared with the oracle, and agreed
    places: dict[tuple[str, str], Place] = field(default_factory=dict)  # of parts of models

    def with_fault(self, model: str, name: str, fault: Fault) -> str | None:
        """Returns the model's SQL with a fault in one of its parts, if that is built with it."""
        query = self.models.get(model)
        part = next((cte for cte in query.ctes if cte.alias == name), None) if query else None
        if query is None or part is None:
            return None
        write = _faults(part.this.sql(dialect="duckdb")).get(fault)
        if write is None:
            return None
        if (model, name) not in self.places:
            self.places[model, name] = place_of(part, query)
        return write().join(self.places[model, name])

    def make_before(self, model: str) -> bool:
        """Makes before_<model>, what the model's SQL gives now; tells whether that is possible.

        Tables that runs record cannot be compared with what they hold.
        """
        before = self.models[model].sql(dialect="duckdb")
        try:
            self.connection.execute(f"create temp table if not exists before_{model} as {before}")
        except duckdb.Error:
            return False
        return True

    def make_after(self, model: str, query: str) -> None:
        """Makes after_<model> by a query in the model's place. Raises duckdb.Error."""
        with bounded(self.connection):
            self.connection.execute(f"create or replace temp table after_{model} as {query}")

    def differs(self, model: str, query: str = "from {table}") -> bool:
        """Tells whether a query on the model gives other rows after than before."""
        before, after = (query.format(table=f"temp.{side}_{model}") for side in ("before", "after"))
        rows = self.connection.execute(
            f"select 1 from (({before} except all {after}) union all ({after} except all {before}))"
            " limit 1"
        ).fetchall()
        return bool(rows)


@cache
def _faults(part: str) -> dict[Fault, Callable[[], str]]:
    """Returns the mutants of a part. Runs have most parts in common."""
    return dict(mutants(sqlglot.parse_one(part, dialect="duckdb")))


def read_built(
    database: Path, target: Path, manifest: Path, data: Path, has_oracle: bool = False
) -> Built:
    """Reads what a run compiled. target: the run's; every model was built anew in it.

    manifest: of a run of the same project. data: the run's input folder.
    """
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    texts: dict[str, Any] = {}
    parents: dict[str, set[str]] = {}
    tests: dict[str, list[str]] = {}
    relations: dict[str, str] = {}
    for node in nodes:
        file = target / "compiled" / node["package_name"] / node["original_file_path"]
        if node["resource_type"] == "test":
            file = file / node["path"] if file.suffix == ".yml" else file
        if not file.is_file():
            continue
        name, text = node["name"], file.read_text(encoding="utf-8")
        read = {parent.split(".")[-1] for parent in node["depends_on"]["nodes"]}
        if node["resource_type"] == "model":
            texts[name] = sqlglot.parse_one(text, dialect="duckdb")
            parents[name] = read
            relations[name] = f'"{database.stem}"."{node["schema"]}"."{node["alias"]}"'
        elif node["resource_type"] == "test" and node["config"]["severity"].lower() == "error":
            for parent in read:
                tests.setdefault(parent, []).append(text)
    order = [name for name in TopologicalSorter(parents).static_order() if name in texts]
    connection = duckdb.connect()
    path = str(database).replace("'", "''")
    connection.execute(f'attach \'{path}\' as "{database.stem}" (read_only); use "{database.stem}"')
    connection.execute(SETTINGS)
    create_views(connection, data)
    models = {name: texts[name] for name in order}
    version = str(database.stat().st_mtime_ns)
    return Built(connection, version, models, parents, tests, relations, has_oracle)
