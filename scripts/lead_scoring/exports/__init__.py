"""Reads what tools export, as the contract's input tables, through the maps of models/connectors.

A folder holds the files of one tool, or folders of several, each called as its tool. What a file is
tells its header, where that leaves no doubt; LEAD_SCORING_SOURCE says it otherwise.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from lead_scoring.exports.counts import COUNTS
from lead_scoring.exports.header import export_query, header_of, is_empty, names_of
from lead_scoring.exports.own_map import MAP, OwnMap, read_map
from lead_scoring.exports.recognition import (
    TOOLS,
    Export,
    files_in,
    table_seen,
    tool_of,
    with_tables,
)
from lead_scoring.model_expressions import Project
from lead_scoring.reading.guesses import ENDINGS, may_be_table
from lead_scoring.reading.headers import REQUIRED_COLUMNS, literal
from lead_scoring.reading.kinds import InputError
from lead_scoring.reading.parquet_files import mixed_times
from lead_scoring.rules.files import PREFIX, SEEDS
from lead_scoring.rules.rule_set import Cells, RuleSet, read_table
from lead_scoring.settings import inputs_as_read

SOURCE = "LEAD_SCORING_SOURCE"
# Of the rule tables: what the maps ask for, and the columns that they know in them.
ASKED: Mapping[str, Sequence[str]] = {
    "event_names": (
        *("source", "event_name", "attribute", "operator", "value", "event_type", "priority"),
    ),
    "outcome_stages": ("source", "kind", "stage", "outcome"),
    "lists": ("list", "entry"),
}
SHARED_USERS = "shared_user"  # the one list that they look at


@dataclass(frozen=True)
class Exports:
    """What a folder holds, where it holds exports: their tools in order, and each file."""

    tools: tuple[str, ...]
    files: tuple[Export, ...]
    others: tuple[Path, ...]  # in the folder, that are no table of these tools
    outnamed: tuple[Path, ...]  # of those, what looks like a table that another file is named as
    is_recognised: bool  # by their headers, and not since somebody said so
    own_map: OwnMap | None = None

    @property
    def paths(self) -> dict[str, list[Path]]:
        """The files of each table, by tool and table."""
        found: dict[str, list[Path]] = {}
        for each in self.files:
            found.setdefault(f"{each.tool}/{each.table}", []).append(each.path)
        return found | ({"other": self.own_map.files} if self.own_map else {})

    @property
    def in_words(self) -> str:
        """What is said to whoever gave the folder."""
        parts = []
        for tool in self.tools:
            tables = ", ".join(sorted({each.table for each in self.files if each.tool == tool}))
            if self.is_recognised:
                parts.append(f"This looks like an export of {TOOLS[tool]} ({tables}).")
            else:
                parts.append(f"Read as an export of {TOOLS[tool]}: {tables}.")
        if self.own_map:
            parts.append(f"Read by the map {MAP}.")
        if self.is_recognised:
            parts.append("Reading it as that.")
        if self.outnamed:
            listed = ", ".join(path.as_posix() for path in self.outnamed)
            parts.append(
                f"Not read, since another file has the name of the table: {listed}. Parts of a "
                "table are read together where they are called tracks_1.csv, tracks_2.csv and so "
                "on."
            )
        names = [path.as_posix() for path in self.others if path not in self.outnamed]
        if unknown := [name for name in names if name.lower().endswith(ENDINGS)]:
            parts.append(f"Not read, since no table is known by it: {', '.join(unknown)}.")
        if unreadable := [name for name in names if name not in unknown]:
            listed = ", ".join(unreadable)
            parts.append(f"Not read, since it is no file of CSV or Parquet: {listed}.")
        return " ".join(parts)


@dataclass(frozen=True)
class Maps:
    """What decides how exports are read, besides their headers."""

    seeds: Path = SEEDS  # the folder of the rule tables that the maps ask for
    tables: Mapping[str, Sequence[Cells]] | None = None  # those tables, where they are read already
    variables: Mapping[str, object] = field(default_factory=dict)  # of dbt, such as a date order


def maps_of(rules: RuleSet, variables: Mapping[str, object] | None = None) -> Maps:
    """Returns what decides how exports are read where these rule tables are read already.

    variables: None: as the environment or the project says.
    """
    read = inputs_as_read() if variables is None else variables
    return Maps(tables={name: rules.tables[name] for name in ASKED}, variables=read)


def exports_of(folder: Path, source: str | None = None) -> Exports | None:
    """Returns what exports a folder holds; None where it holds the contract's own tables.

    source: the tool, or several separated by commas; None: what LEAD_SCORING_SOURCE says, else the
    files themselves. Raises InputError where the source is unknown, or none of its files is there.
    """
    source = source if source is not None else os.environ.get(SOURCE, "")
    asked = [name.strip().lower() for name in source.split(",") if name.strip()]
    for name in asked:
        if name not in TOOLS:
            raise InputError(
                f"There is no source {name}. Write one or several of {', '.join(TOOLS)}, separated "
                "by commas."
            )
    if not folder.is_dir():
        return None
    if (folder / MAP).is_file():
        own_map = read_map(folder)
        return Exports((), (), _others(folder, own_map.files), (), False, own_map)
    if not asked and _is_of_the_contract(folder):
        return None
    found = [
        *_exports_of_folders(folder, asked or list(TOOLS)),
        *_exports_of_files(folder, asked),
    ]
    if not found and asked:
        raise InputError(
            f"{folder} holds no file of {', '.join(TOOLS[name] for name in asked)} that is known. "
            f"Its pages in docs/how-to/connectors say what to export, and how the files are called."
        )
    if not found:
        return None
    tools = tuple(name for name in (asked or TOOLS) if any(name == each.tool for each in found))
    others = _others(folder, [each.path for each in found])
    files = [path for path in others if path.name.lower().endswith(ENDINGS)]
    _check_readable(folder, [path for path in files if path.parts[0] not in {*TOOLS} - {*tools}])
    known = {(each.tool, each.table) for each in found}
    outnamed = [
        path
        for path in files
        if any((tool, table_seen(folder / path, tool)) in known for tool in tools)
    ]
    return Exports(tools, tuple(found), others, tuple(outnamed), not asked)


def _check_readable(folder: Path, files: Sequence[Path]) -> None:
    """Raises InputError where a file that may be a table has no header that can be read: which one
    it is, nobody can tell, and its rows would be missing."""
    for path in files:
        if (folder / path).is_file() and not is_empty(folder / path):
            try:
                header_of(folder / path)
            except InputError as error:
                raise InputError(
                    f"{error} If it is no part of the export, put it elsewhere, or let its name "
                    "begin with _."
                ) from None


def _others(folder: Path, taken: Collection[Path]) -> tuple[Path, ...]:
    """Returns what lies in a folder of exports and is not read, seen from there: files, also those
    in the folders of tools, and further folders with files."""
    places = [folder, *(folder / tool for tool in TOOLS if (folder / tool).is_dir())]
    return tuple(
        path.relative_to(folder)
        for place in places
        for path in sorted(place.iterdir())
        if path not in places
        and path not in taken
        and (
            any(map(may_be_table, path.rglob("*")))
            if path.is_dir() and not path.name.startswith((".", "_"))
            else may_be_table(path)
        )
    )


@contextlib.contextmanager
def read_as(source: str | None) -> Iterator[None]:
    """Has every folder read meanwhile as exports of these tools; None: as before."""
    before = os.environ.get(SOURCE)
    if source is not None:
        os.environ[SOURCE] = source
    try:
        yield
    finally:
        os.environ.pop(SOURCE, None)
        if before is not None:
            os.environ[SOURCE] = before


def _is_of_the_contract(folder: Path) -> bool:
    """Whether a folder holds a table by the contract's own name, and with its required columns."""
    for table, required in REQUIRED_COLUMNS.items():
        if (folder / table).is_dir():
            return True
        for ending in ENDINGS:
            path = folder / f"{table}{ending}"
            names = {name.strip().lower() for name in names_of(path)} if path.is_file() else set()
            if set(required) <= names:
                return True
    return False


def _exports_of_folders(folder: Path, tools: Sequence[str]) -> list[Export]:
    found = []
    for tool in tools:
        if (folder / tool).is_dir():
            found += with_tables(files_in(folder / tool), tool)
    return found


def _exports_of_files(folder: Path, asked: Sequence[str]) -> list[Export]:
    files = files_in(folder)
    owners = {path: tool_of(path) for path in files}
    tools = list(dict.fromkeys(tool for tool in owners.values() if tool))
    if len(asked) == 1:
        tools = list(asked)
    elif asked:
        tools = [tool for tool in tools if tool in asked]
    found = []
    for tool in tools:
        # A table of links has no mark of its own: it is its neighbours' where they have one tool.
        own = [path for path in files if owners[path] == tool or len(tools) == 1]
        found += with_tables(own, tool)
    return found


def create_export_views(
    connection: duckdb.DuckDBPyConnection,
    exports: Exports,
    maps: Maps,
) -> Project:
    """Makes the four input tables of the database `inputs` from exports.

    Raises InputError where a file cannot be read.
    """
    connection.execute("attach if not exists ':memory:' as inputs")
    connection.execute("create schema if not exists inputs.connectors")
    if exports.own_map:
        exports.own_map.create_views(connection)
    for tool in exports.tools:
        connection.execute(f"create schema if not exists inputs.{tool}")
        of_tool = [each for each in exports.files if each.tool == tool]
        for table in dict.fromkeys(each.table for each in of_tool):
            paths = [each.path for each in of_tool if each.table == table]
            as_texts = mixed_times(connection, paths) if len(paths) > 1 else set()
            query = " union all by name ".join(
                export_query(connection, path, as_texts) for path in paths
            )
            connection.execute(f'create or replace view inputs.{tool}."{table}" as {query}')
    for name, columns in ASKED.items():
        rows = maps.tables[name] if maps.tables else _rows_of(maps.seeds, name)
        _create_seed(connection, name, columns, rows)
    project = Project(
        {
            **maps.variables,
            "lead_scoring_sources": [*exports.tools, *(["other"] if exports.own_map else [])],
        },
        connection,
        connectors="inputs.connectors",
    )
    for table in REQUIRED_COLUMNS:
        name = project.table_of_model(f"stg_lead_scoring__connected_{table}")
        connection.execute(f"create or replace table inputs.main.{table} as select * from {name}")
    project.table_of_model(COUNTS)
    if exports.own_map:
        connection.execute(
            "insert into inputs.main.outcomes by name select * from "
            "inputs.connectors.stg_lead_scoring__other_outcomes"
        )
    _drop_all_but(connection, COUNTS)
    return project


def _rows_of(seeds: Path, name: str) -> Sequence[Cells]:
    path = seeds / f"{PREFIX}{name}.csv"
    # The lists have many rows, and most often none that is asked for.
    if name == "lists" and SHARED_USERS not in path.read_text(encoding="utf-8").lower():
        return ()
    return read_table(path)


def _drop_all_but(connection: duckdb.DuckDBPyConnection, kept: str) -> None:
    """Drops the steps on the way: of many events each would take memory once more."""
    found = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'inputs' "
        "and schema_name = 'connectors'"
    ).fetchall()
    for (name,) in found:
        if name != kept:
            connection.execute(f'drop table inputs.connectors."{name}"')


def _create_seed(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Cells],
) -> None:
    """Makes a rule table, as text but for its priority."""
    kinds = ", ".join(
        f'"{column}" {"decimal(38, 10)" if column == "priority" else "varchar"}'
        for column in columns
    )
    place = f'inputs.connectors."{PREFIX}{name}"'
    connection.execute(f"create or replace table {place} ({kinds})")
    if name == "lists":
        rows = [row for row in rows if row["list"] == SHARED_USERS]
    if rows:
        # As text: DuckDB loads pandas for a statement with parameters, which takes longer.
        cells = (
            ", ".join(literal(row[column]) if row.get(column) else "null" for column in columns)
            for row in rows
        )
        connection.execute(f"insert into {place} values ({'), ('.join(cells)})")
