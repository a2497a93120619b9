"""All models and their hooks as an engine is given them, without the engine and without dbt.

The project's own macros and those of dbt's adapters are rendered as dbt renders them: by dispatch,
Databricks after Spark, Redshift after PostgreSQL. What a connection would say (the columns of
inputs, whether a table is there) is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

from lead_scoring.model_expressions import Column, Project
from lead_scoring.project import PROJECT

# Types of columns as each engine's adapter names them: text, number, flag, day, time.
TYPES = {
    "snowflake": ("TEXT", "FIXED", "BOOLEAN", "DATE", "TIMESTAMP_NTZ"),
    "bigquery": ("STRING", "INTEGER", "BOOLEAN", "DATE", "TIMESTAMP"),
    "databricks": ("string", "int", "boolean", "date", "timestamp"),
    "redshift": ("VARCHAR", "INTEGER", "BOOLEAN", "DATE", "TIMESTAMP"),
    "spark": ("string", "int", "boolean", "date", "timestamp"),
}
# What inputs hold besides texts: column -> place in TYPES.
KINDS = {"employee_count": 1, "quantity": 1, "is_bot": 2, "deleted_at": 3, "loaded_at": 4}
OWN_COLUMNS = ["tier", "customer tier"]  # which the contract does not know


# Settings with which no model is left out.
EVERYTHING: dict[str, object] = {
    "lead_scoring_evidence": True,
    "lead_scoring_input_time_zone": "Europe/Berlin",
    "lead_scoring_time_zone": "Europe/Berlin",
    "lead_scoring_date_order": "dmy",
    "lead_scoring_holdout_percent": 5,
    "lead_scoring_sources": ["hubspot", "salesforce", "marketo", "segment", "snowplow", "ga4"],
    "lead_scoring_hubspot": {"columns": {"plan": "property_plan"}},
    "lead_scoring_shared_devices": "apart",
}
# What connectors have, one or another.
OF_CONNECTORS = (
    *("lead_id", "merged_into_lead_id", "merged_at", "event_id", "device_id", "user_id", "email"),
    *("event_name", "occurred_at", "url", "asset", "channel", "crm_id", "deleted_at", "created_at"),
    *("kind", "stage", "label", "amount", "reason", "owner", "is_present", "address"),
    *("deal_id", "entered_at", "is_won", "is_closed", "probability", "is_primary"),
    *("account_id", "merged_ids", "is_deleted", "put_aside"),
)


class VendorColumns(dict[str, Column]):
    """The columns of a tool's table: of any name, and texts."""

    def __init__(self, engine: str) -> None:
        """engine: whose types they have."""
        super().__init__(id=Column("id", TYPES[engine][0]))
        self._engine = engine

    def get(self, name: str, default: object = None) -> Column | None:  # type: ignore[override]
        """A column of this name; the table itself, under a blank one, is the source."""
        return Column(name, TYPES[self._engine][0]) if name else None


class Relation(str):
    """The name of a relation, as far as macros ask more of it."""

    __slots__ = ()
    database = "database"

    def include(self, **_: object) -> Relation:
        """The same name, for the database is not in it."""
        return self


class CompiledProject(Project):
    """The project as an engine would get it, on the first run or on a later one."""

    def __init__(self, engine: str, *, is_later_run: bool, **variables: object) -> None:
        """variables: dbt's vars."""
        super().__init__(variables, engine=engine)
        self._hooks: list[str] = []
        self._environment.globals.update(
            {
                "ref": lambda name: self._relation("scores", name),
                "source": lambda source, table: self._relation(
                    "inputs" if source == "lead_scoring_inputs" else source, table
                ),
                "config": self._configured,
                "is_incremental": lambda: is_later_run,
                "run_started_at": datetime(2026, 6, 30, tzinfo=timezone.utc),
                "modules": SimpleNamespace(re=re),
                "dbt_version": "1.11.0",
                "model": SimpleNamespace(config=SimpleNamespace(materialized="table")),
            }
        )

        # A tool's tables have every column that is asked for.
        self._macros["vendor_tables"] = lambda tool, tables: {
            table: VendorColumns(self._engine) for table in tables
        }
        self._macros["relation_columns"] = self._columns_of

    def statements(self, *, only_kept: bool = False) -> Iterator[tuple[str, str]]:
        """Yields the name of each model with its query, and with the statements of its hooks.

        only_kept: of models whose tables are kept between runs, which alone know a later run.
        """
        for path in sorted((PROJECT / "models").rglob("*.sql")):
            if only_kept and "incremental" not in path.read_text(encoding="utf-8"):
                continue
            self._hooks = []
            self._environment.globals["this"] = self._relation("scores", path.stem)
            yield path.stem, self._template(path).render()
            for hook in self._hooks:
                statement = self._environment.from_string(hook).render().strip()
                if statement:
                    yield path.stem, statement

    def _configured(self, **settings: Any) -> str:
        for name in ("pre_hook", "post_hook"):
            hooks = settings.get(name, [])
            self._hooks += [hooks] if isinstance(hooks, str) else hooks
        return ""

    def _relation(self, schema: str, table: str) -> Relation:
        quote = self._environment.globals["adapter"].quote  # type: ignore[attr-defined]
        name = table.upper() if self._engine == "snowflake" else table
        return Relation(f"{schema}.{quote(name)}")

    def _columns_of(self, relation: str) -> list[Column]:
        table = re.sub(r"\W", "", relation.rpartition(".")[2]).lower()
        if table.startswith("stg_"):
            # of a connector, which has what it is asked for; of what they make, the contract's
            is_final = "__connected_" in table
            table = table.rpartition("connected_")[2] if is_final else table
            if not is_final:
                return [Column(name, TYPES[self._engine][0]) for name in OF_CONNECTORS]
        names = self.macro("input_contract")(table)["columns"]
        if table in ("leads", "events"):
            names = names + OWN_COLUMNS
        return [
            Column(
                name.upper() if self._engine == "snowflake" else name,
                TYPES[self._engine][KINDS.get(name, 0)],
            )
            for name in names
        ]
