"""Loads rule tables as dbt does, and runs the model invalid_rules on them, without starting dbt.

A start of dbt takes seconds; this takes a fraction of one. What it runs is what dbt compiled, and
what it loads is read by dbt's own reader and written by the adapter's own statements.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from dbt_common.clients.agate_helper import from_csv

TARGET = "model.lead_scoring.invalid_rules"


@dataclass(frozen=True)
class Statement:
    """A compiled model and the relation that it makes."""

    relation: str
    query: str


class RuleModels:
    """The seeds and the models up to invalid_rules, as a finished run compiled them."""

    def __init__(self, work_folder: Path) -> None:
        """Read dbt's artifacts of a run."""
        target = work_folder / "target"
        manifest = json.loads((target / "manifest.json").read_text())["nodes"]
        results = json.loads((target / "run_results.json").read_text())["results"]
        wanted, open_nodes = set(), [TARGET]
        while open_nodes:
            node = open_nodes.pop()
            if node not in wanted:
                wanted.add(node)
                open_nodes += manifest[node]["depends_on"].get("nodes", ())
        self._models = [
            Statement(result["relation_name"], result["compiled_code"])
            for result in results  # in the order in which they ran
            if result["unique_id"] in wanted and result["unique_id"].startswith("model.")
        ]
        self._seeds: dict[str, Any] = {
            node["name"]: node
            for name, node in manifest.items()
            if node["resource_type"] == "seed" and name in wanted
        }
        self._catalog = self._models[0].relation.split(".")[0]

    def load(self, folder: Path) -> duckdb.DuckDBPyConnection:
        """Load the seeds of a folder, named and ordered as dbt wants them; run the models."""
        connection = duckdb.connect()
        connection.execute(f"attach ':memory:' as {self._catalog}; use {self._catalog}")
        for name, seed in self._seeds.items():
            _load_seed(connection, seed, folder / f"{name}.csv")
        for model in self._models:
            connection.execute(f"create table {model.relation} as ({model.query})")
        return connection


def _load_seed(connection: duckdb.DuckDBPyConnection, seed: Any, path: Path) -> None:
    types = seed["config"]["column_types"]
    columns = ", ".join(f"{name} {kind}" for name, kind in types.items())
    relation = seed["relation_name"]
    connection.execute(f"create table {relation} ({columns})")
    if seed["config"].get("fast", True):
        connection.execute(
            f"COPY {relation} FROM '{path}' (FORMAT CSV, HEADER TRUE, DELIMITER ',')"
        )
        return
    table = from_csv(str(path), text_columns=types)
    names = ", ".join(table.column_names)
    row = f"({', '.join('?' for _ in table.column_names)})"
    if len(table.rows):
        rows = ", ".join([row] * len(table.rows))
        cells = [cell for record in table.rows for cell in record]
        connection.execute(f"insert into {relation} ({names}) values {rows}", cells)


def invalid_rules(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The rows of invalid_rules."""
    cursor = connection.execute("select * from invalid_rules order by all")
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
