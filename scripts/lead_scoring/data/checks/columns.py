"""What each column of an input was taken for, and how much of it can be read as what rules need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb

from lead_scoring.data.checks.findings import Column, Role, TimeForm
from lead_scoring.data.checks.rule_reads import RuleReads
from lead_scoring.model_expressions import Project
from lead_scoring.reading.headers import identifier, literal, shown_name
from lead_scoring.reading.known_headers import likeliest_first, near_names
from lead_scoring.reading.parquet_files import SetAside

# Forms of times that are told apart, the first that fits; whether one can be read says the model.
DATE_AND_CLOCK = "digits of a date and a clock (20260630143000)"
FORMS: Mapping[str, str] = {
    "ISO with offset": r"^\d{4}-\d\d?-\d\d?[T ].*(Z|UTC|GMT|[+-]\d\d(:?\d\d)?)$",
    "ISO without offset": r"^\d{4}-\d\d?-\d\d?[T ]\d\d?:",
    "date alone": r"^(\d{4}-\d\d?-\d\d?|\d{8})$",
    # read as milliseconds or microseconds, of which none is of our time
    DATE_AND_CLOCK: r"^(19|20)\d\d(0[1-9]|1[0-2])"
    r"(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d([0-5]\d(\d{3})?)?$",
    "seconds since 1970": r"^\d{9,11}$",
    "milliseconds since 1970": r"^\d{12,14}$",
    "microseconds since 1970": r"^\d{15,17}$",
    "day before month (30/6/2026)": r"^(1[3-9]|2\d|3[01])[./-]\d\d?[./-]\d\d",
    "month before day (6/30/2026)": r"^\d\d?[./-](1[3-9]|2\d|3[01])[./-]\d\d",
    "day and month in doubt (3/4/2026)": r"^\d\d?[./-]\d\d?[./-]\d\d",
    "number of a spreadsheet's day": r"^\d{5}(\.\d+)?$",
}
OWN_TYPE = "time by the file's own type"
OTHER_FORM = "another form"


def columns_of(
    connection: duckdb.DuckDBPyConnection,
    project: Project,
    table: str,
    reads: RuleReads,
    aside: Sequence[SetAside],
) -> list[Column]:
    """Returns the columns of one input, as the file has them, then those that rules miss."""
    names = [
        row[0]
        for row in connection.execute(f"describe select * from inputs.main.{table}").fetchall()
    ]
    known = [_known(project, table, name, number, reads) for number, name in enumerate(names, 1)]
    measured = _measured(connection, project, known)
    set_aside = [
        Column(table, name, len(names) + number, Role.SET_ASIDE, "structure", ())
        for number, name in enumerate(
            dict.fromkeys(found.column for found in aside if found.table == table), 1
        )
        if name not in names
    ]
    return _with_likely(measured + set_aside, _missing(project, table, names, reads), table)


def _known(project: Project, table: str, name: str, position: int, reads: RuleReads) -> Column:
    contract = project.macro("input_contract")(table)
    rules = reads.columns.get((table, name), ())
    kind = reads.type_of(table, name)
    if name in contract["times"]:
        kind = "time"
    elif name in contract["ids"]:
        kind = "id"
    if name in contract["required"]:
        role = Role.REQUIRED
    elif name in contract["columns"]:
        role = Role.OPTIONAL
    elif table == "leads" and name not in project.macro("lead_columns")(
        project.macro("input_columns")("leads")
    ):
        role, rules, kind = Role.SET_ASIDE, (), "text"  # the project makes one of this name
    elif (table, name) in reads.types:
        role = Role.ATTRIBUTE
    else:
        role = Role.OTHER
    return Column(table, name, position, role, kind, rules)


def _missing(project: Project, table: str, names: Sequence[str], reads: RuleReads) -> list[Column]:
    contract = project.macro("input_contract")(table)
    wanted = [name for of, name in reads.columns if of == table and name not in names]
    order = [name for name in contract["columns"] if name in wanted]
    order += [name for name in wanted if name not in order]
    return [
        Column(
            table, name, None, Role.MISSING, reads.type_of(table, name), reads.columns[table, name]
        )
        for name in order
    ]


def _with_likely(found: list[Column], missing: list[Column], table: str) -> list[Column]:
    """Sets the counterpart where a column that nothing reads is named like one that is missing."""
    idle = [
        column
        for column in found
        if column.role in (Role.OTHER, Role.SET_ASIDE) and not column.rules
    ]
    taken = {column.name for column in found}
    wanted = [column.name for column in missing]
    wanted += [name for name in _contract_names(table) if name not in taken and name not in wanted]
    likely = near_names([column.name for column in idle], wanted, table)
    # Where several are like one, the likeliest; misspelt names come after all known ones.
    ranks = {name: at for at, name in enumerate(likeliest_first(likely, table))}
    counterpart = {
        wish: shown_name(column.name, column.position or 0)
        for column in sorted(idle, key=lambda one: ranks.get(one.name, len(ranks)), reverse=True)
        if (wish := likely.get(column.name)) is not None
    }
    return [
        replace(column, likely=likely.get(column.name)) if column in idle else column
        for column in found
    ] + [replace(column, likely=counterpart.get(column.name)) for column in missing]


def _contract_names(table: str) -> list[str]:
    return list(Project().macro("input_contract")(table)["columns"])


def _measured(
    connection: duckdb.DuckDBPyConnection, project: Project, columns: Sequence[Column]
) -> list[Column]:
    """Counts what is filled and what can be read, in one pass over the table."""
    table = columns[0].table
    readings = {column.name: readable_expression(project, column) for column in columns}
    values, counts = [], ["count(*)"]
    for column in columns:
        value = project.input_value(table, column.name)
        values.append(f"{value} as {identifier(column.name)}")
        counts.append(f"count({identifier(column.name)})")
        counts.append(f"count({readings[column.name] or 'null'})")
    found = connection.execute(
        f"select {', '.join(counts)} from (select {', '.join(values)} from inputs.main.{table})"
    ).fetchall()[0]
    measured = []
    for number, column in enumerate(columns):
        reading = readings[column.name]
        column = replace(column, rows=found[0], filled=found[2 * number + 1])
        if reading is not None:
            column = replace(column, readable=found[2 * number + 2])
        if column.type == "time" and column.filled:
            column = _with_forms(connection, values[number], reading, column)
        measured.append(column)
    return measured


def _with_forms(
    connection: duckdb.DuckDBPyConnection, value: str, reading: str | None, column: Column
) -> Column:
    if reading is None:
        forms = (TimeForm(OWN_TYPE, column.filled, column.filled),)
        return replace(column, readable=column.filled, forms=forms)
    text = identifier(column.name)
    rows = connection.execute(
        f"select {_form_of(text)} as form, count(*), count({reading}) "
        f"from (select {value} from inputs.main.{column.table}) where {text} is not null "
        "group by form order by 2 desc, 1"
    ).fetchall()
    return replace(column, forms=tuple(TimeForm(*row) for row in rows))


def _form_of(text: str) -> str:
    """Returns the SQL that names the form of a text that is not null."""
    branches = " ".join(
        f"when regexp_matches({text}, {literal(pattern)}) then {literal(name)}"
        for name, pattern in FORMS.items()
    )
    return f"case {branches} else {literal(OTHER_FORM)} end"


def readable_expression(project: Project, column: Column) -> str | None:
    """Returns the SQL by which a run reads a column's clean text; None: it takes any text."""
    if column.type == "time":
        found = project.macro("input_columns")(column.table).get(column.name)
        if found is not None and project.macro("is_time")(found):
            return None
    elif column.type not in ("number", "whole", "flag", "date"):
        return None
    return project.reading(column.type, identifier(column.name))
