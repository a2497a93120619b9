"""What readers see: views on the tables of runs, and the one that says whose tables they show.

`current_run` has one row, the run that readers see. A public view names the tables of two runs and
asks current_run which: Spark puts in what that says when it plans a statement, once for all of it,
and reads the tables of one run alone. So a run is published by one change, that of current_run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lead_scoring.spark.connection import Connection, literal, relations
from lead_scoring.warehouses.schemas import Schemas

CURRENT = "current_run"
# Made by a publication beside the public tables.
RECORD = ("runs", "run_tables")


@dataclass(frozen=True)
class Shown:
    """The run that readers see, and all runs whose tables are kept, that one among them."""

    run_id: str | None
    kept: tuple[str, ...]

    @property
    def query(self) -> str:
        """What current_run is."""
        kept = ", ".join(literal(each) for each in self.kept)
        return (
            f"select cast({literal(self.run_id)} as string) as run_id,"
            f" cast(array({kept}) as array<string>) as kept_run_ids"
        )


@dataclass(frozen=True)
class Table:
    """A table of a run; columns: name -> type."""

    run_id: str
    name: str
    columns: Mapping[str, str]


def shown(connection: Connection, schemas: Schemas) -> Shown:
    """Returns what readers see; nothing before the first run."""
    if CURRENT not in relations(connection, [schemas.name]):
        return Shown(None, ())
    found = connection.execute(f"select run_id, kept_run_ids from {schemas.name}.{CURRENT}")
    run_id, kept = found.fetchone() or (None, ())
    return Shown(run_id, tuple(kept))


def show(connection: Connection, schemas: Schemas, what: Shown) -> None:
    """Lets readers see a run, by one change of the list of tables."""
    put(connection, {f"{schemas.name}.{CURRENT}": what.query})


def put(connection: Connection, queries: Mapping[str, str]) -> None:
    """Makes views, or changes those that are there; `create or replace` would drop them first."""
    schemas = sorted({view.split(".")[0] for view in queries})
    there = {schema: set(relations(connection, [schema])) for schema in schemas}
    for view, query in queries.items():
        schema, name = view.split(".")
        is_there = name in there[schema]
        connection.execute(f"{'alter' if is_there else 'create'} view {view} as {query}")


def query_of(current: str, before: Table | None, coming: Table) -> str:
    """Returns the query of a public view that shows the tables of two runs, the one or the other.

    current: the name of current_run. before: None where that run has no such table; the view is
    empty until the other one is shown. A column that only one of them has is null in the other.
    """
    asked = f"(select run_id from {current})"
    if before is None:
        return f"{_select(coming, coming, None)} where {asked} = {literal(coming.run_id)}"
    run_id = literal(before.run_id)
    return (
        f"{_select(before, coming, before)} where {asked} = {run_id}"
        # Not "is the coming one": a statement that is planned while views and current_run change
        # may have found this view before the change. It is to see rows of a whole run.
        f" union all {_select(coming, coming, before)} where {asked} <> {run_id}"
    )


def _select(of: Table, first: Table, second: Table | None) -> str:
    """The columns of both tables, with the types of the first."""
    kinds = {**(second.columns if second else {}), **first.columns}
    names = [*first.columns, *(name for name in kinds if name not in first.columns)]
    columns = []
    for name in names:
        if of.columns.get(name) == kinds[name]:
            columns.append(f"`{name}`")
        elif name in of.columns:
            columns.append(f"try_cast(`{name}` as {kinds[name]}) as `{name}`")
        else:
            columns.append(f"cast(null as {kinds[name]}) as `{name}`")
    return f"select {', '.join(columns)} from {of.name}"


def place_of(schemas: Schemas, run_id: str) -> Schemas:
    """Returns the schemas of a run. No other run's are ever called so: Spark keeps what it knows
    of a table by its name.
    """
    return schemas.beside(run_id.replace("-", "_").lower())


def tables_of(connection: Connection, place: Schemas, names: Sequence[str]) -> dict[str, str]:
    """Returns where those tables of a run lie that are there: name -> schema."""
    there = relations(connection, place.parts)
    return {name: there[name][0] for name in names if name in there}
