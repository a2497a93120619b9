"""What unit tests let pass, tried on real rows: does it change the model there, and a data test?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp

from lead_scoring.mutations.unit_tests import FIXTURE, Mutant, plain


@dataclass(frozen=True)
class Built:
    """A connection to a built database, the compiled SQL of its models and of the tests on each."""

    connection: duckdb.DuckDBPyConnection
    models: Mapping[str, Any]
    tests: Mapping[str, list[str]]
    relations: Mapping[str, str]


def read_built(database: Path, target: Path) -> Built:
    """Reads what a run compiled. target: the run's; every model was built anew in it."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    models: dict[str, Any] = {}
    tests: dict[str, list[str]] = {}
    relations: dict[str, str] = {}
    for node in manifest["nodes"].values():
        file = target / "compiled" / node["package_name"] / node["original_file_path"]
        if node["resource_type"] == "test":
            file = file / node["path"] if file.suffix == ".yml" else file
        if not file.is_file():
            continue
        text = file.read_text(encoding="utf-8")
        if node["resource_type"] == "model":
            models[node["name"]] = sqlglot.parse_one(text, dialect="duckdb")
            relations[node["name"]] = node["relation_name"]
        elif node["resource_type"] == "test" and node["config"]["severity"].lower() == "error":
            for parent in node["depends_on"]["nodes"]:
                tests.setdefault(parent.split(".")[-1], []).append(text)
    connection = duckdb.connect(str(database), read_only=True)
    connection.execute("set TimeZone = 'UTC'")
    return Built(connection, models, tests, relations)


def fate(built: Built, mutant: Mutant) -> str:
    """Returns what becomes of a mutant on the rows of a built database.

    killed by a data test; same rows: nothing changes; survived: rows change, and no test says so;
    not tried: the part is another one where the model is built.
    """
    model, name = mutant.part.model, mutant.part.name
    query = built.models.get(model)
    part = next((cte for cte in query.ctes if cte.alias == name), None) if query else None
    tested = sqlglot.parse_one(mutant.part.text, dialect="duckdb")
    if query is None or part is None or plain(part.this) != plain(tested):
        return "not tried"
    whole = {table.name: table for table in part.this.find_all(exp.Table)}
    changed = sqlglot.parse_one(mutant.text, dialect="duckdb")
    for table in changed.find_all(exp.Table):
        relation = whole.get(table.name.removeprefix(FIXTURE))
        if relation is not None:
            for part_of_name in ("this", "db", "catalog"):
                found = relation.args.get(part_of_name)
                table.set(part_of_name, found.copy() if found is not None else None)
    before = query.sql(dialect="duckdb")
    original = part.this
    part.set("this", changed)
    after = query.sql(dialect="duckdb")
    part.set("this", original)
    try:
        # As it is now: tables that runs record cannot be compared with what they hold.
        built.connection.execute(f"create temp table if not exists before_{model} as {before}")
        built.connection.execute(f"create or replace temp table after_ as {after}")
        differs = built.connection.execute(
            f"select count(*) from ((from before_{model} except all from after_)"
            f" union all (from after_ except all from before_{model}))"
        ).fetchall()[0][0]
    except duckdb.Error:
        return "killed by an error on real rows"
    if not differs:
        return "same rows"
    relation = built.relations[model]
    for test in built.tests.get(model, []):
        try:
            text = test.replace(relation, "temp.after_")
            if built.connection.execute(f"select count(*) from ({text})").fetchall() != [(0,)]:
                return "killed by a data test"
        except duckdb.Error:
            continue
    return "survived"
