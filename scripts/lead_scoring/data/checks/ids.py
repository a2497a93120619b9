"""Ids that no lead has, and whether they are only written otherwise; addresses that leads share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from lead_scoring.data.checks.findings import Duplicates, NearMisses
from lead_scoring.model_expressions import Project
from lead_scoring.reading.headers import literal

EXPONENT = r"^[+-]?\d([.,]\d+)?[eE][+]?\d+$"
POINT_ZERO = r"\d[.]0+$"
# How two ids may differ and mean one lead: each text is brought to what both have in common.
WAYS: Mapping[str, str] = {
    "capitals": "lower({id})",
    "blanks around them": "trim({id}, chr(32) || chr(9) || chr(10) || chr(13) || chr(160))",
    "a trailing .0": r"regexp_replace({id}, '(\d)[.]0+$', '\1')",
    "the last three characters (15 against 18)": (
        "case when regexp_matches({id}, '^[a-zA-Z0-9]{{18}}$') then left({id}, 15) else {id} end"
    ),
    "zeros in front": r"regexp_replace({id}, '^0+(\d)', '\1')",
}
SEVERAL = "several of these"
# A spreadsheet leaves three digits and the length of a long number.
IN_EXPONENT_FORM = "a number in exponent form (1.23E+15)"
_DIGITS = "format('{:.2e}', try_cast(replace(id, ',', '.') as double))"
CUT = f"case when regexp_matches(id, '{EXPONENT}') then {_DIGITS} end"
WHOLE = f"case when regexp_matches(id, '^[1-9][0-9]{{7,27}}$') then {_DIGITS} end"
COLUMNS: tuple[tuple[str, str], ...] = (
    ("events", "lead_id"),
    ("outcomes", "lead_id"),
    ("lead_merges", "lead_id"),
    ("lead_merges", "merged_into_lead_id"),
)


def near_misses(connection: duckdb.DuckDBPyConnection, project: Project) -> list[NearMisses]:
    """Returns what is known of the ids of each table that no lead has."""
    connection.execute(
        "create or replace temp table lead_ids as "
        f"select distinct {project.input_value('leads', 'lead_id')} as id "
        "from inputs.main.leads"
    )
    return [
        found
        for table, column in COLUMNS
        if (found := _near_misses(connection, project, table, column)) is not None
    ]


def _near_misses(
    connection: duckdb.DuckDBPyConnection, project: Project, table: str, column: str
) -> NearMisses | None:
    merged = "false"
    if table != "lead_merges":
        value = project.input_value("lead_merges", "lead_id")
        merged = f"id in (select {value} from inputs.main.lead_merges where {value} is not null)"
    connection.execute(
        "create or replace temp table unmatched_ids as select id, count(*) as id_rows from ("
        f"select {project.input_value(table, column)} as id from inputs.main.{table}) "
        f"where id is not null and id not in (select id from lead_ids where id is not null) "
        f"and not {merged} group by id"
    )
    ids, rows = connection.execute(
        "select count(*), coalesce(sum(id_rows), 0) from unmatched_ids"
    ).fetchall()[0]
    return NearMisses(table, column, ids, int(rows), told_otherwise(connection)) if ids else None


def told_otherwise(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Returns of how many ids of the table unmatched_ids a lead's id differs in a known way.

    lead_ids: the table of the leads' ids; both have the column id. What is told is deleted.
    """
    near: dict[str, int] = {}
    for way, own, leads in _ways():
        # Each id is told once, in the first way that explains it.
        found = connection.execute(
            f"delete from unmatched_ids where {own} in "
            f"(select {leads} from lead_ids where id is not null) returning 1"
        ).fetchall()
        if found:
            near[way] = near.get(way, 0) + len(found)
    return near


def _ways() -> Iterator[tuple[str, str, str]]:
    """Yields each way, and what is compared: of the id, and of the leads' ids."""
    everything = "id"
    for way, expression in WAYS.items():
        alike = expression.format(id="id")
        yield way, alike, alike
        everything = f"({expression.format(id=everything)})"
    yield SEVERAL, everything, everything
    yield IN_EXPONENT_FORM, CUT, WHOLE
    yield IN_EXPONENT_FORM, WHOLE, CUT


def spreadsheet_ids(
    connection: duckdb.DuckDBPyConnection, project: Project, table: str, column: str
) -> dict[str, int]:
    """Returns how many ids look like a spreadsheet's, by the sign that they were known by."""
    value = project.input_value(table, column)
    row = connection.execute(
        f"select count(*) filter (regexp_matches(id, {literal(EXPONENT)})), "
        f"count(*) filter (regexp_matches(id, {literal(POINT_ZERO)})) "
        f"from (select distinct {value} as id from inputs.main.{table})"
    ).fetchall()[0]
    signs = ("in exponent form (1.23E+15)", "with a trailing .0")
    return {sign: count for sign, count in zip(signs, row, strict=True) if count}


def duplicates(connection: duckdb.DuckDBPyConnection, project: Project) -> Duplicates:
    """Returns how many addresses several leads share; merged and erased leads do not count."""
    found = project.macro("input_columns")("leads")
    if "email" not in found:
        return Duplicates()
    value = project.input_value
    merged = value("lead_merges", "lead_id")
    erased = f"{value('leads', 'deleted_at')} is null" if "deleted_at" in found else "true"
    addresses, leads = connection.execute(
        rf"""
        with leads as (
            select {value("leads", "lead_id")} as id,
                regexp_replace(lower({value("leads", "email")}), '[+][^@]*@', '@') as address
            from inputs.main.leads where {erased}
        ), shared as (
            select address, count(distinct id) as ids from leads
            where address like '%_@_%'
                and id not in (
                    select {merged} from inputs.main.lead_merges where {merged} is not null
                )
            group by address having count(distinct id) > 1
        )
        select count(*), coalesce(sum(ids), 0) from shared
        """
    ).fetchall()[0]
    return Duplicates(addresses, int(leads))
