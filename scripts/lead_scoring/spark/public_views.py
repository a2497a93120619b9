"""The public views of a published schema, as whoever holds its lock changes them."""

from __future__ import annotations

import re

from lead_scoring.spark import views
from lead_scoring.spark.connection import Connection, relations
from lead_scoring.spark.views import CURRENT, Shown, place_of
from lead_scoring.warehouses.schemas import PARTS, Schemas

# Of the schemas of a run the ones whose tables readers see.
PUBLIC = PARTS[:2]


class PublicViews:
    """The views that readers see, for whoever holds the lock."""

    def __init__(self, connection: Connection, schemas: Schemas) -> None:
        """Look at what readers see."""
        self._connection, self._schemas = connection, schemas
        self.shown = views.shown(connection, schemas)

    def switch(self, before: str | None, run_id: str) -> None:
        """Leads readers from one run to another, at one instant."""
        connection, current = self._connection, f"{self._schemas.name}.{CURRENT}"
        for part in PUBLIC:
            connection.execute(f"create schema if not exists {self._schemas.name}{part}")
        if before is None:
            views.show(connection, self._schemas, self.shown)
        old = self._tables(before) if before else {}
        made = {
            f"{self._schemas.name}{part}.{name}": views.query_of(
                current, old.get((part, name)), table
            )
            for (part, name), table in self._tables(run_id).items()
        }
        views.put(connection, made)
        # A view that cannot be planned is to be found out while readers see the run before.
        for view in made:
            connection.columns(view)
        kept = sorted({*self.shown.kept, run_id})
        self.shown = Shown(run_id, tuple(kept))
        views.show(connection, self._schemas, self.shown)
        self.drop_others()

    def settle(self) -> None:
        """Makes all views name the tables of the run alone that readers see."""
        if self.shown.run_id is None:
            return
        place = place_of(self._schemas, self.shown.run_id)
        views.put(
            self._connection,
            {
                f"{self._schemas.name}{part}.{name}": f"select * from {place.name}{part}.{name}"
                for part, name in self._names(place)
            },
        )

    def drop_others(self) -> None:
        """Drops views on what other runs made, and the one that readers see did not."""
        current = (
            self._names(place_of(self._schemas, self.shown.run_id)) if self.shown.run_id else set()
        )
        others = {each for place in self.places() for each in self._names(place)} - current
        for part in PUBLIC:
            schema = f"{self._schemas.name}{part}"
            for name, (_, kind) in relations(self._connection, [schema]).items():
                if kind == "view" and (part, name) in others:
                    self._connection.execute(f"drop view {schema}.{name}")

    def places(self) -> list[Schemas]:
        """Returns the schemas of all runs, those that were not published among them."""
        name = self._schemas.name
        pattern = re.compile(rf"({name}_\d{{6,}}_\d{{8}}t\d{{6}}z)({'|'.join(PARTS)})")
        found = self._connection.execute(f"show schemas like '{name}*'").fetchall()
        matches = (pattern.fullmatch(schema) for (schema,) in found)
        return [Schemas(each) for each in sorted({match[1] for match in matches if match})]

    def forget(self, run_id: str) -> None:
        """Takes a run out of those that can be gone back to."""
        kept = tuple(each for each in self.shown.kept if each != run_id)
        self.shown = Shown(self.shown.run_id, kept)
        views.show(self._connection, self._schemas, self.shown)

    def _tables(self, run_id: str) -> dict[tuple[str, str], views.Table]:
        place = place_of(self._schemas, run_id)
        found = {}
        for part, name in self._names(place):
            table = f"{place.name}{part}.{name}"
            found[part, name] = views.Table(run_id, table, self._connection.columns(table))
        return found

    def _names(self, place: Schemas) -> set[tuple[str, str]]:
        return {
            (part, name)
            for part in PUBLIC
            for name in relations(self._connection, [f"{place.name}{part}"])
        }
