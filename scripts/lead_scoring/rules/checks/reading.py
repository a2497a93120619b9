"""Reads one CSV file as rows of a rule table, and finds what is wrong with its form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from lead_scoring.rules.checks.findings import NUL_STAND_IN, Finding, Level
from lead_scoring.rules.checks.schema import Schema
from lead_scoring.rules.checks.tables import Row, Table
from lead_scoring.rules.checks.text import trimmed

SAVE_AS_CSV = "Save it as CSV UTF-8 (comma delimited)."
# The first bytes of files that are often given a name that ends in .csv.
FORMATS = {
    b"PK\x03\x04": "a workbook (.xlsx or .ods)",
    b"\xd0\xcf\x11\xe0": "a workbook (.xls)",
    b"\x1f\x8b": "a packed file (.gz)",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"<": "a web page or XML",
    b"{": "JSON",
}
# Without a scorecard nothing is scored; any other table may be empty.
NEED_ROWS = ("scorecards",)
# Columns that a file may lack: blank cells say what files without them have always said.
MAY_BE_ABSENT = ("note", "per", "on_merge", "can_be_prompted")
DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
# A cell as it is written: in quotes, or not.
CELL = re.compile(r'"(?:[^"]|"")*"(?=,|$)|(?!")[^,]*')
MERGE_MARK = re.compile(r"(<<<<<<<|=======|>>>>>>>)")

Record = tuple[int, int, list[str]]  # row, line, cells


def read_table(schema: Schema, file: Path) -> tuple[Table, list[Finding]]:
    """Returns the table as far as the file can be read, and what is wrong with its form."""
    table = Table(schema, file)
    findings: list[Finding] = []
    text = _text(table, findings)
    if text is not None:
        _read_rows(table, text, findings)
    if findings:
        table.has_rows = False
    return table, findings


def _text(table: Table, findings: list[Finding]) -> str | None:
    """Returns the file's text; bytes that are no UTF-8 become lone surrogates, for later."""
    try:
        data = table.file.read_bytes()
    except OSError as error:
        findings.append(table.finding(f"cannot be read: {error.strerror}", "Give it back."))
        table.has_columns = False
        return None
    format_name = next((name for start, name in FORMATS.items() if data.startswith(start)), None)
    if format_name is None and b"\0" in data[:400:2] + data[1:400:2] and _is_wide(data):
        format_name = "UTF-16 text"
    if format_name is None:
        return data.decode("utf-8-sig", errors="surrogateescape").replace("\0", NUL_STAND_IN)
    table.has_columns = False
    findings.append(table.finding(f"is {format_name}, not CSV in UTF-8", SAVE_AS_CSV))
    return None


def _is_wide(data: bytes) -> bool:
    start = data[:400]
    return max(start[::2].count(0), start[1::2].count(0)) * 4 > len(start)


def _read_rows(table: Table, text: str, findings: list[Finding]) -> None:
    records = _records(table, text, findings)
    first = next(records, None)
    if first is None or not any(map(trimmed, first[2])):
        table.has_columns = False
        if not findings:
            columns = ",".join(table.schema.columns)
            findings.append(
                table.finding(
                    "has no header" if text.strip() else "is empty",
                    f"Its first row must be: {columns}",
                    row=1,
                    line=1,
                )
            )
        return
    header = first[2]
    if not _check_header(table, header, findings):
        return
    body = list(records)
    while body and not any(map(trimmed, body[-1][2])):
        body.pop()  # spreadsheets leave blank rows at the end
    if not body and table.schema.name in NEED_ROWS and not findings:
        findings.append(table.finding("has no rows", "Add a live scorecard."))
    for number, line, cells in body:
        row = Row(table.schema.name, table.file, number, line, dict(zip(header, cells)))  # noqa: B905
        fault = _row_fault(table, row, header, cells)
        if fault is None:
            table.rows.append(row)
        else:
            findings.append(fault)


def _records(table: Table, text: str, findings: list[Finding]) -> Iterator[Record]:
    """Yields the records, blank ones too; stops with a finding where quotes go wrong."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            findings.append(_quote_fault(table, text, number, line, str(error)))
            return
        yield number, line, cells


def _quote_fault(table: Table, text: str, number: int, line: int, error: str) -> Finding:
    if "field larger" in error:
        problem = "a cell is longer than 131,072 characters: probably a quote is not closed"
    elif "unexpected end" in error:
        problem = "a quote is opened and never closed, so the rows below are swallowed"
    else:
        problem = "a quote inside a cell is not doubled, or the quote before it is not closed"
    first_line = io.StringIO(text, newline="").readlines()[line - 1].rstrip("\r\n")
    at, cell = _first_open_cell(first_line)
    return table.finding(
        problem,
        'Close the quote, or remove it; a quote that belongs to the text is written twice: "".',
        row=number,
        line=line,
        column=table.header[at] if at < len(table.header) else None,
        value=cell,
    )


def _first_open_cell(line: str) -> tuple[int, str]:
    """Returns the number and the rest of the line from the first cell whose quotes go wrong."""
    at, start = 0, 0
    while (cell := CELL.match(line, start)) is not None and cell.end() < len(line):
        at, start = at + 1, cell.end() + 1
    return at, line[start:]


def _check_header(table: Table, header: list[str], findings: list[Finding]) -> bool:
    """Adds findings about the header row; returns whether the rows can be read by it."""
    columns = table.schema.columns
    wanted = ", ".join(columns)
    table.header = header
    table.has_columns = False

    def add(problem: str, mend: str, column: str | None = None, value: str | None = None) -> None:
        findings.append(table.finding(problem, mend, row=1, line=1, column=column, value=value))

    delimiter = next((sign for sign in DELIMITERS if sign in header[0]), None)
    if header[0].lower().startswith("sep="):
        add("is a line for Excel alone", "Remove this row.", value=header[0])
        return False
    if delimiter is not None and len(header) <= max(1, len(columns) // 2):
        add(f"its columns are separated by {DELIMITERS[delimiter]}", SAVE_AS_CSV, value=header[0])
        return False
    before = len(findings)
    if not set(header) & set(columns):
        add(
            "the first row names no column of this table",
            f"Put the header back: {','.join(columns)}",
            value=",".join(header),
        )
        return False
    for name in dict.fromkeys(header):
        likely = trimmed(name).lower()
        if name in columns and header.count(name) > 1:
            add(f"{header.count(name)} columns have this name", "Keep one of them.", name, name)
        elif name in columns:
            continue
        elif not trimmed(name):
            add("a column has no name", "Remove that column, or name it.", value=name)
        elif likely in columns:
            add("the name is not written exactly so", f"Write {likely}.", likely, name)
        else:
            add(
                "is no column of this table",
                f"Rename or remove it. Known are {wanted}.",
                name,
                name,
            )
    spelt = {trimmed(name).lower() for name in header}
    for name in columns:
        if name not in spelt and name not in MAY_BE_ABSENT:
            add("the column is missing", f"Add a column {name}; its cells may be blank.", name)
    table.has_columns = len(findings) == before
    return True


def _row_fault(table: Table, row: Row, header: list[str], cells: list[str]) -> Finding | None:
    if not any(map(trimmed, cells)):
        return row.finding(None, "the row is blank", "Remove the row, or put its cells back.")
    if MERGE_MARK.match(cells[0]):
        return row.finding(
            header[0],
            "is a mark of a git merge that was not finished",
            "Choose between the rows of both sides, and remove the marks.",
        )
    if len(cells) > len(header):
        surplus = cells[len(header) :]
        return table.finding(
            f"has {len(cells)} cells, the header names {len(header)} columns",
            "Put quotes around a cell with a comma in it, write decimals with a point, "
            "or remove what is too much.",
            row=row.number,
            line=row.line,
            column=header[-1],
            value=",".join([cells[len(header) - 1], *surplus]),
            level=Level.CELL,
        )
    if len(cells) < len(header):
        return table.finding(
            f"has {len(cells)} cells, the header names {len(header)} columns",
            "Put the missing cells back; a blank cell needs its comma too.",
            row=row.number,
            line=row.line,
            column=header[len(cells)],
            level=Level.CELL,
        )
    for column, cell in row.cells.items():
        if "\n" not in cell and "\r" not in cell:
            continue
        lines = re.split(r"[\r\n]+", cell)
        if any(part.count(",") >= len(header) - 1 for part in lines):
            return row.finding(
                column,
                "the cell seems to hold whole rows",
                "Close the quote that opens the cell, or remove it.",
            )
    return None
