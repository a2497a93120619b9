"""The schemas that a run builds in, and what it takes over from those that are published."""

from __future__ import annotations

from collections.abc import Iterable

from lead_scoring.postgres.connection import Connection
from lead_scoring.postgres.schemas import CONTENTS, relations
from lead_scoring.warehouses.schemas import Schemas


def make_building(connection: Connection, target: Schemas, source: Schemas) -> None:
    """Makes empty schemas for a run, with the privileges of those that are published.

    Privileges on a schema, and those that its new tables get by default, are an administrator's.
    """
    connection.execute(f"drop schema if exists {', '.join(target.parts)} cascade")
    for made, like in zip(target.parts, source.parts, strict=True):
        connection.execute(f"create schema {made}")
        for (statement,) in connection.execute(_PRIVILEGES, [made, like, made, like]).fetchall():
            connection.execute(statement)


_PRIVILEGES = """
    with granted as (
        select
            format('grant %s on schema %I', privilege_type, cast(? as text)) as words,
            acl.grantee,
            acl.is_grantable
        from pg_namespace
        cross join aclexplode(nspacl) as acl
        where nspname = ? and acl.grantee <> nspowner

        union all

        select
            format(
                'alter default privileges in schema %I grant %s on %s',
                cast(? as text),
                privilege_type,
                case defaclobjtype
                    when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
                    else 'types'
                end
            ) as words,
            acl.grantee,
            acl.is_grantable
        from pg_default_acl
        inner join pg_namespace on defaclnamespace = pg_namespace.oid
        cross join aclexplode(defaclacl) as acl
        where
            nspname = ?
            and pg_get_userbyid(defaclrole) = current_user
            and acl.grantee <> defaclrole
    )

    select
        words || ' to '
        || case when grantee = 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end
        || case when is_grantable then ' with grant option' else '' end
    from granted
"""


def copy_tables(
    connection: Connection, target: Schemas, source: Schemas, names: Iterable[str] | None = None
) -> None:
    """Copies tables with their constraints into the same parts. names: which; None: all."""
    held = relations(connection, source)
    for name in names if names is not None else held:
        schema, kind = held.get(name, ("", ""))
        if kind != "table" or name in (CONTENTS, "runs", "run_tables"):
            continue
        made = f"{target.parts[source.parts.index(schema)]}.{name}"
        connection.execute(f"create table {made} (like {schema}.{name} including all)")
        connection.execute(f"insert into {made} select * from {schema}.{name}")
        connection.execute(f"analyze {made}")
