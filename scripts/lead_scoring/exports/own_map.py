"""A map for any other tool: one CSV that says which of its columns are which of ours.

columns.csv lies beside the tool's files. Each row names a column of ours, and where it comes from:
a column of a file, several joined, or a constant. It is checked as rule tables are, in words.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import duckdb

from lead_scoring.exports.header import export_query, names_of
from lead_scoring.model_expressions import Project
from lead_scoring.reading.headers import REQUIRED_COLUMNS, identifier, literal, looks_like_a_name
from lead_scoring.reading.kinds import InputError
from lead_scoring.reading.known_headers import plain_name

MAP = "columns.csv"
HEADER = ("table", "column", "file", "value", "form")
# What stands in the cell `value`, by the word in `form`; blank: column.
FORMS = ("column", "joined", "lower", "host", "constant")
MOST_FAULTS = 20


@dataclass(frozen=True)
class Row:
    """One row of the map, with its number as a spreadsheet counts."""

    number: int
    table: str
    column: str
    file: str
    value: str
    form: str


@dataclass(frozen=True)
class OwnMap:
    """A map that was read and found good, and the files that it names."""

    folder: Path
    rows: tuple[Row, ...]

    @property
    def files(self) -> list[Path]:
        """The map itself, and the files that it names, by name."""
        names = sorted({row.file for row in self.rows})
        return [self.folder / MAP, *(self.folder / name for name in names)]

    def create_views(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Makes the views of a connector of its own, `other`, of the files."""
        project = Project()
        for table in REQUIRED_COLUMNS:
            files = dict.fromkeys(row.file for row in self.rows if row.table == table)
            selects = [self._select(connection, project, table, file) for file in files]
            query = " union all by name ".join(selects) or _nothing(table)
            connection.execute(
                "create or replace view inputs.connectors."
                f"stg_lead_scoring__other_{table} as {query}"
            )

    def _select(
        self, connection: duckdb.DuckDBPyConnection, project: Project, table: str, file: str
    ) -> str:
        path = self.folder / file
        names = _names(names_of(path))
        columns = [
            f"{_expression(row, names, project)} as {identifier(_name(row.column))}"
            for row in self.rows
            if row.table == table and row.file == file
        ]
        return f"select {', '.join(columns)} from ({export_query(connection, path)})"


def read_map(folder: Path) -> OwnMap:
    """Returns the map of a folder. Raises InputError with each row that cannot be used."""
    path = folder / MAP
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in HEADER if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    f"{path} has no column {', '.join(missing)}. Its columns are "
                    f"{', '.join(HEADER)}."
                )
            rows = tuple(
                Row(number, **{name: (cells.get(name) or "").strip() for name in HEADER})
                for number, cells in enumerate(reader, 2)
            )
    except (UnicodeDecodeError, csv.Error):
        raise InputError(f"{path} cannot be read as CSV in UTF-8.") from None
    headers = {
        row.file: names_of(folder / row.file)
        for row in rows
        if row.file and (folder / row.file).is_file()
    }
    faults = [*_faults(rows, headers), *_missing(rows)]
    if faults:
        shown = "\n".join(f"  {fault}" for fault in faults[:MOST_FAULTS])
        raise InputError(f"{path} cannot be used:\n{shown}")
    return OwnMap(folder, rows)


def _faults(rows: Sequence[Row], headers: Mapping[str, Sequence[str]]) -> Iterator[str]:
    project = Project()
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        where = f"row {row.number}"
        if row.table not in REQUIRED_COLUMNS:
            yield f"{where}: table is no input. Write {', '.join(REQUIRED_COLUMNS)}."
            continue
        if row.form not in ("", *FORMS):
            yield f"{where}: form is unknown. Write {', '.join(FORMS)}, or leave it blank."
        contract = project.macro("input_contract")(row.table)["columns"]
        likely = get_close_matches(row.column, contract, 1, 0.8)
        if not row.column:
            yield f"{where}: column is blank. Write the column of {row.table} that it fills."
        elif row.table in ("outcomes", "lead_merges") and row.column not in contract:
            hint = f" Did you mean {likely[0]}?" if likely else ""
            yield f"{where}: column is none of {row.table}.{hint}"
        elif row.column not in contract and not looks_like_a_name(row.column):
            yield f"{where}: column is no name. Write letters, digits and _."
        first = seen.setdefault((row.table, row.column, row.file), row.number)
        if first != row.number:
            yield f"{where}: fills {row.table}.{row.column} as row {first} does. Keep one of them."
        if row.file not in headers:
            yield f"{where}: file is not there. Write the name of a file that lies beside {MAP}."
        elif row.form == "constant":
            continue
        else:
            yield from _unknown_columns(row, where, headers[row.file])


def _unknown_columns(row: Row, where: str, header: Sequence[str]) -> Iterator[str]:
    known = {plain_name(name): name for name in header}
    parts = row.value.split("|") if row.form == "joined" else [row.value]
    for part in parts:
        if plain_name(part) not in known or not part.strip():
            likely = get_close_matches(plain_name(part), known, 1, 0.7)
            hint = (
                f" Did you mean {known[likely[0]]}?"
                if likely and looks_like_a_name(known[likely[0]])
                else ""
            )
            yield (
                f"{where}: {part if looks_like_a_name(part) else 'value'} is no column of"
                f" {row.file}.{hint} A text that is the same for every row has the form constant."
            )


def _missing(rows: Sequence[Row]) -> Iterator[str]:
    if not any(row.table == "leads" for row in rows):
        yield "no row fills leads: nobody would have a score."
    for table, required in REQUIRED_COLUMNS.items():
        for file in dict.fromkeys(row.file for row in rows if row.table == table):
            filled = {row.column for row in rows if row.table == table and row.file == file}
            for column in required:
                if column not in filled:
                    yield f"no row fills {table}.{column} from {file}, and each row must have it."


def _name(column: str) -> str:
    # event_names may have a word of its own for each
    return "event_name" if column == "event_type" else column


def _expression(row: Row, names: Mapping[str, str], project: Project) -> str:
    if row.form == "constant":
        return literal(row.value)
    parts = row.value.split("|") if row.form == "joined" else [row.value]
    found = [names.get(part) or names[plain_name(part)] for part in parts]
    texts = [f"cast({identifier(name)} as varchar)" for name in found]
    if row.form == "joined":
        return " || '|' || ".join(f"coalesce({text}, '')" for text in texts)
    if row.form == "lower":
        return f"lower(trim({texts[0]}))"
    return project.expression("web_host", texts[0]) if row.form == "host" else texts[0]


def _names(header: Sequence[str]) -> dict[str, str]:
    """The names of a file as they stand there, and as names are told alike: then the first."""
    alike = {plain_name(name): name for name in reversed(header)}
    return {**alike, **{name: name for name in header}}


def _nothing(table: str) -> str:
    columns = ", ".join(
        f"cast(null as varchar) as {_name(column)}" for column in REQUIRED_COLUMNS[table]
    )
    return f"select {columns} where false"
