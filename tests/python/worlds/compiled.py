"""Runs the SQL that one real run of dbt compiled again, on other worlds: the engine without dbt.

dbt's own work takes longer than that of the database for few leads.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import copy
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from lead_scoring.data.folder import create_views
from lead_scoring.rules.files import PREFIX, lay_out_rules


class Compiled:
    """The models of a run that has finished, in an order in which they can be built."""

    def __init__(self, database: Path, work_folder: Path) -> None:
        """Reads a run. database: what it built. work_folder: its rule tables and artifacts."""
        self.database = database
        self.catalog = database.name.partition(".")[0]
        target = work_folder / "target"
        nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
        models = {
            node["name"]: (
                target / "compiled" / node["package_name"] / node["original_file_path"],
                node["config"]["materialized"],
                {parent.split(".")[-1] for parent in node["depends_on"]["nodes"]},
            )
            for node in nodes.values()
            if node["resource_type"] == "model"
        }
        built = {name: model for name, model in models.items() if model[0].is_file()}
        order = TopologicalSorter({name: parents for name, (_, _, parents) in built.items()})
        self.models = {
            name: (built[name][0].read_text(encoding="utf-8"), built[name][1])
            for name in order.static_order()
            if name in built
        }
        self.parents = {name: parents for name, (_, _, parents) in built.items()}

    def at(self, as_of: str, instant: str) -> Compiled:
        """The same models at another instant. as_of: that of the run, as it was given to it."""
        other = copy(self)
        other.models = {
            name: (text.replace(f"'{as_of}'", f"'{instant}'"), kind)
            for name, (text, kind) in self.models.items()
        }
        return other

    def build(self, data: Path, rules: Path, database: Path, *models: str) -> Path:
        """Builds models from other inputs and rules into a new file, and returns it.

        models: what is wanted, with all that it is built from; none: every model of the run.
        """
        wanted = self._ancestors(models) if models else set(self.models)
        database.unlink(missing_ok=True)
        lay_out_rules(rules, seeds := database.with_suffix(".seeds"))
        with duckdb.connect() as connection:
            create_views(connection, data)
            connection.execute(f"attach '{self.database}' as built (read_only)")
            connection.execute(f"attach '{database}' as {self.catalog}; use {self.catalog}")
            connection.execute("set timezone = 'UTC'; set threads = 1")
            made = connection.execute(
                "select table_name from duckdb_tables() where database_name = 'built'"
            ).fetchall()
            for file in sorted(seeds.glob(f"{PREFIX}*.csv")):
                if (file.stem,) not in made:
                    continue  # of no use to these models
                connection.execute(
                    f"create table {file.stem} as from built.main.{file.stem} limit 0;"
                    f"insert into {file.stem} from read_csv('{file}', header = true,"
                    " all_varchar = true)"
                )
            for name, (text, kind) in self.models.items():
                what = "view" if kind == "view" else "table"
                if name in wanted:
                    connection.execute(f"create {what} {name} as {text}")
        return database

    def _ancestors(self, models: Sequence[str]) -> set[str]:
        found, open_ = set(models), list(models)
        while open_:
            more = self.parents.get(open_.pop(), set()) - found
            found |= more
            open_ += more
        return found
