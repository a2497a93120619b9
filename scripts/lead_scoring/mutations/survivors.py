"""What unit tests let pass, tried on real rows: does it change the model there, and a data test?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import sqlglot

from lead_scoring.input_files import create_views, demo_folder
from lead_scoring.mutations.fates import DATA_TEST, ERROR, NOT_TRIED, SAME, SURVIVED
from lead_scoring.mutations.operators import Fault, mutants
from lead_scoring.mutations.outcomes import Outcomes
from lead_scoring.mutations.unit_tests import Mutant


@dataclass(frozen=True)
class Built:
    """A connection to a built database, the compiled SQL of its models and of the tests on each."""

    connection: duckdb.DuckDBPyConnection
    version: str  # another one for each build
    models: Mapping[str, Any]
    tests: Mapping[str, list[str]]
    relations: Mapping[str, str]
    faults: dict[tuple[str, str], dict[Fault, str]] = field(default_factory=dict)

    def with_fault(self, model: str, name: str, fault: Fault) -> str | None:
        """Returns the model's SQL with a fault in one of its parts, if that is built with it."""
        query = self.models.get(model)
        part = next((cte for cte in query.ctes if cte.alias == name), None) if query else None
        if query is None or part is None:
            return None
        if (model, name) not in self.faults:
            self.faults[model, name] = dict(mutants(part.this))
        text = self.faults[model, name].get(fault)
        if text is None:
            return None
        original = part.this
        part.set("this", sqlglot.parse_one(text, dialect="duckdb"))
        changed: str = query.sql(dialect="duckdb")
        part.set("this", original)
        return changed


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
    connection = duckdb.connect()
    path = str(database).replace("'", "''")
    connection.execute(f'attach \'{path}\' as "{database.stem}" (read_only); use "{database.stem}"')
    connection.execute("set TimeZone = 'UTC'; set threads = 1")
    create_views(connection, demo_folder())
    return Built(connection, str(database.stat().st_mtime_ns), models, tests, relations)


def fate(built: Built, same: Iterable[Mutant], outcomes: Outcomes) -> str:
    """Returns what becomes of a fault on the rows of a built database, in any model that has it.

    killed by a data test; same rows: nothing changes; survived: rows change, and no test says so;
    not tried: no model is built with what the fault is in.
    """
    found = {NOT_TRIED}
    for model, name, fault in dict.fromkeys(
        (mutant.part.model, mutant.part.name, mutant.fault) for mutant in same
    ):
        changed = built.with_fault(model, name, fault)
        if changed is not None:
            question = f"{built.version} {built.tests.get(model)} {changed}"
            found.add(outcomes.of(question, partial(_fate, built, model, changed)))
        if found & {DATA_TEST, ERROR}:
            break
    return next(each for each in (DATA_TEST, ERROR, SURVIVED, SAME, NOT_TRIED) if each in found)


def _fate(built: Built, model: str, changed: str) -> str:
    before = built.models[model].sql(dialect="duckdb")
    try:
        # As it is now: tables that runs record cannot be compared with what they hold.
        built.connection.execute(f"create temp table if not exists before_{model} as {before}")
    except duckdb.Error:
        return NOT_TRIED
    try:
        built.connection.execute(f"create or replace temp table after_ as {changed}")
        differs = built.connection.execute(
            f"select count(*) from ((from before_{model} except all from after_)"
            f" union all (from after_ except all from before_{model}))"
        ).fetchall()[0][0]
    except duckdb.Error:
        return ERROR
    if not differs:
        return SAME
    relation = built.relations[model]
    for test in built.tests.get(model, []):
        try:
            text = test.replace(relation, "temp.after_")
            if built.connection.execute(f"select count(*) from ({text})").fetchall() != [(0,)]:
                return DATA_TEST
        except duckdb.Error:
            continue
    return SURVIVED
