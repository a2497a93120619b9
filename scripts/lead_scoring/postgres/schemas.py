"""The schemas of published runs on a server: listed, copied, swapped, dropped.

A run's tables lie in three schemas: public tables in the one that the user names, here
`lead_scoring`, people's contacts in `lead_scoring_contacts`, all that only the engine reads in
`lead_scoring_private`. A run builds in three of its own, `lead_scoring_building`, ...; those of
earlier runs are named after them, `lead_scoring_000007`, ... To publish is to swap names.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from lead_scoring.postgres.connection import Connection
from lead_scoring.published.record import RunRecord, records_of
from lead_scoring.runs.failures import RunFailed
from lead_scoring.warehouses.schemas import Schemas
from lead_scoring.warehouses.versions import Version

# Written when a run is published: what each of its schemas holds.
CONTENTS = "published_relations"
# How long a statement waits for readers that hold a table which is to be dropped.
PATIENCE = "2s"
# Seconds for which an instant is sought at which nobody reads, and between two tries.
PATIENCE_WITH_READERS = 30.0
BETWEEN_TRIES = 0.05


def building(schemas: Schemas) -> Schemas:
    """Those in which the next run builds."""
    return schemas.beside("building")


def scratch(schemas: Schemas) -> Schemas:
    """Those in which past days are scored again."""
    return schemas.beside("rebuilding")


def of_run(schemas: Schemas, number: int) -> Schemas:
    """Those of an earlier run."""
    return schemas.beside(f"{number:06d}")


def versions(connection: Connection, schemas: Schemas) -> list[Version]:
    """Returns the versions that are on the server, the newest first."""
    found = connection.execute(
        "select nspname from pg_namespace where nspname = ? or nspname ~ ?",
        [schemas.name, f"^{schemas.name}_[0-9]{{6,}}$"],
    ).fetchall()
    made = [
        Version(Schemas(name), _records(connection, name), name == schemas.name)
        for (name,) in found
        if relations(connection, Schemas(name))
    ]
    return sorted(made, key=lambda version: version.number, reverse=True)


def _records(connection: Connection, schema: str) -> list[RunRecord]:
    if not _is_there(connection, schema, "runs"):
        return []
    return records_of(connection, f"{schema}.runs")


def _is_there(connection: Connection, schema: str, relation: str) -> bool:
    found = connection.execute("select to_regclass(?) is not null", [f"{schema}.{relation}"])
    return bool(found.fetchone()[0])


def relations(connection: Connection, schemas: Schemas) -> dict[str, tuple[str, str]]:
    """Returns what schemas hold: name -> schema and kind (table, view, other)."""
    found = connection.execute(
        "select relname, nspname, case relkind when 'r' then 'table' when 'v' then 'view'"
        " else 'other' end from pg_class inner join pg_namespace on relnamespace = pg_namespace.oid"
        " where nspname = any(?) and relkind not in ('i', 'I', 't', 'c') order by relname",
        [schemas.parts],
    ).fetchall()
    return {name: (schema, kind) for name, schema, kind in found}


def check_contents(connection: Connection, schemas: Schemas, names: Iterable[str]) -> None:
    """Looks whether the published schemas hold something that no run has made.

    names: of the project's tables, for schemas that were built without publication.
    Raises RunFailed: what is not ours would be renamed, and dropped one day.
    """
    held = relations(connection, schemas)
    known = set(names)
    if CONTENTS in held:
        recorded = connection.execute(f"select name from {schemas.private}.{CONTENTS}").fetchall()
        known = {name for (name,) in recorded}
    foreign = [f"{schema}.{name}" for name, (schema, _) in held.items() if name not in known]
    if foreign:
        words = f"{', '.join(foreign[:5])}{' and others' if len(foreign) > 5 else ''}"
        raise RunFailed(
            f"In the schemas of {schemas.name} lies what no run of score made: {words}."
            " Each run takes the place of these schemas as a whole: move it to another one, or name"
            " another by LEAD_SCORING_SCHEMA."
        )


def record_contents(connection: Connection, schemas: Schemas) -> None:
    """Writes down what the schemas of a run hold."""
    table = f"{schemas.private}.{CONTENTS}"
    connection.execute(f"create table {table} (name text)")
    connection.executemany(
        f"insert into {table} values (?)", [[name] for name in relations(connection, schemas)]
    )


def give_to_readers(connection: Connection, schemas: Schemas) -> None:
    """Lets whoever may read `lead_scores` read the record of runs too."""
    readers = connection.execute(
        "select case when grantee = 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end"
        " from pg_class cross join aclexplode(relacl) as acl where pg_class.oid = to_regclass(?)"
        " and privilege_type = 'SELECT' and grantee <> relowner",
        [f"{schemas.name}.lead_scores"],
    ).fetchall()
    for (reader,) in readers:
        connection.execute(f"grant select on {schemas.name}.runs to {reader}")
        connection.execute(f"grant select on {schemas.name}.run_tables to {reader}")


def rename(connection: Connection, schemas: Schemas, target: Schemas) -> None:
    """Gives schemas other names. Whoever reads their tables just now goes on doing so."""
    there = set(existing(connection, schemas))
    for old, new in zip(schemas.parts, target.parts, strict=True):
        if old in there:
            connection.execute(f"alter schema {old} rename to {new}")


def swap(connection: Connection, schemas: Schemas, change: Callable[[], None]) -> bool:
    """Changes names in one transaction, at an instant at which nobody reads the schemas.

    A statement finds its tables one by one, and holds each that it has found: where no table is
    held, none has found a part of them. Whoever comes meanwhile waits, and then looks up all names
    again. change: what is to be done.

    Returns whether there was such an instant. A reader that stays for long is not waited for: a
    statement that is read at the very swap may then find tables of two runs.
    """
    from psycopg2.errors import LockNotAvailable

    given_up = time.monotonic() + PATIENCE_WITH_READERS
    while True:
        held = [
            f"{schema}.{name}"
            for name, (schema, kind) in relations(connection, schemas).items()
            if kind in ("table", "view")
        ]
        is_late = time.monotonic() > given_up
        try:
            with connection.transaction():
                if held and not is_late:
                    names = ", ".join(held)
                    connection.execute(f"lock table {names} in access exclusive mode nowait")
                change()
        except LockNotAvailable:
            time.sleep(BETWEEN_TRIES)
        else:
            return not is_late


def existing(connection: Connection, schemas: Schemas) -> list[str]:
    """Returns the names of those that are on the server."""
    found = connection.execute(
        "select nspname from pg_namespace where nspname = any(?)", [schemas.parts]
    ).fetchall()
    return [name for (name,) in found]


def readers_elsewhere(connection: Connection, schemas: Schemas) -> list[str]:
    """Returns the views of other schemas that read tables of these.

    A view reads the tables that it was made on, whatever their names have become.
    """
    found = connection.execute(_READERS_ELSEWHERE, [schemas.parts, schemas.parts]).fetchall()
    return [name for (name,) in found]


_READERS_ELSEWHERE = """
    select distinct reading_schemas.nspname || '.' || reading.relname as name
    from pg_depend
    inner join pg_rewrite on pg_depend.objid = pg_rewrite.oid
    inner join pg_class as reading on pg_rewrite.ev_class = reading.oid
    inner join pg_namespace as reading_schemas on reading.relnamespace = reading_schemas.oid
    inner join pg_class as read_from on pg_depend.refobjid = read_from.oid
    inner join pg_namespace as schemas on read_from.relnamespace = schemas.oid
    where
        pg_depend.classid = cast('pg_rewrite' as regclass)
        and pg_depend.refclassid = cast('pg_class' as regclass)
        and schemas.nspname = any(?)
        and reading_schemas.nspname <> all(?)
    order by name
"""


def drop(connection: Connection, schemas: Schemas) -> str | None:
    """Drops the schemas of a run; returns None, or why they are still there.

    Nothing of others' is dropped along, and no reader is kept waiting behind the attempt.
    """
    import psycopg2

    elsewhere = readers_elsewhere(connection, schemas)
    if elsewhere:
        return f"{', '.join(elsewhere)} read it: make these views anew"
    there = existing(connection, schemas)
    if not there:
        return None
    try:
        with connection.transaction():
            connection.execute(f"set local lock_timeout = '{PATIENCE}'")
            connection.execute(f"drop schema {', '.join(there)} cascade")
    except psycopg2.errors.LockNotAvailable:
        return "someone reads it just now"
    return None
