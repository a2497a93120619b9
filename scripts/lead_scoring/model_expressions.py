"""The SQL of the project's own macros and models, rendered without starting dbt.

Whoever looks at inputs before a run must judge them as the run will: so the text comes from the
macros that the models use, and dbt's own, and from nowhere else. What dbt gives to Jinja besides
stands here in short; a test compares the outcome with what dbt compiles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import duckdb
import jinja2

from lead_scoring.macro_templates import compiled, environment, return_value
from lead_scoring.project import PROJECT

# Jinja keeps names that begin with _ to their own file.
_MACRO = re.compile(r"\{%-?\s*macro\s+([a-zA-Z]\w*)\s*\(")
# Where dbt keeps its own, such as dbt.safe_cast; its adapters keep theirs beside it.
_DBT_PACKAGE = "dbt.include.global_project"


# Whose forms an engine takes where it has none of its own, as dbt's adapters say.
_LIKE = {"databricks": "spark", "redshift": "postgres"}
# What engines call dbt's type of texts, as their adapters say; all others: TEXT.
_TEXT_TYPES = {"spark": "string", "databricks": "string", "bigquery": "string"}


class Column(NamedTuple):
    """What macros ask of a column; dbt's own class would load all of its adapter."""

    name: str
    data_type: str


class Relation(str):
    """The name of a table of a tool, as far as macros ask more of it."""

    __slots__ = ()
    database = "inputs"

    @property
    def schema(self) -> str:
        """The schema that the table lies in."""
        return self.split(".")[1]

    def without_identifier(self) -> str:
        """The name of that schema, with its database."""
        return ".".join(self.split(".")[:2])

    def incorporate(self, path: Mapping[str, str]) -> Relation:
        """The name of another table beside this one."""
        return Relation(f'{self.without_identifier()}."{path["identifier"]}"')


class UnknownModelError(LookupError):
    """A name that no macro or model of the project has."""


class Project:
    """The macros and models of the project, as one set of vars and one database see them."""

    def __init__(
        self,
        variables: Mapping[str, object] | None = None,
        connection: duckdb.DuckDBPyConnection | None = None,
        engine: str = "duckdb",
        connectors: str | None = None,
    ) -> None:
        """Keep the vars; without a connection no macro knows the columns of an input.

        engine: whose forms the macros have, by the name of dbt's adapter. connectors: the schema
        in which models lie as tables (table_of_model), and not as temporary ones.
        """
        self._connectors = connectors
        self._files = _files_of_macros(engine)
        self._engine = engine
        self._variables = dict(variables or {})
        self._connection = connection
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        self._input_values: dict[tuple[str, str], str] = {}  # by table and column
        self._macros: dict[str, Callable[..., Any]] = {
            # as dbt's adapters have it: rows of database, name, ...
            "list_relations_without_caching": lambda place: SimpleNamespace(
                rows=[("", name) for name in self._tables_of(place)]
            )
        }
        self._environment = environment()
        # dbt's own call each other without the name of their package
        self._environment.globals.update(
            {
                name: partial(self._call, name)
                for name, path in self._files.items()
                if PROJECT / "macros" not in path.parents
            }
        )
        self._environment.globals.update(
            {
                "return": return_value,
                "execute": True,
                "lead_scoring": _Macros(self),
                "adapter": SimpleNamespace(
                    dispatch=self._dispatch,
                    quote=_quotes(engine),
                    has_dbr_capability=lambda name: True,
                    check_schema_exists=lambda database, schema: True,
                ),
                "dbt": _Macros(self),
                "api": SimpleNamespace(Column=_Columns(self._type)),
                "var": self._variable,
                "env_var": lambda name, default="": default,
                "target": SimpleNamespace(
                    name=engine, profile_name="lead_scoring", type=engine, database="memory"
                ),
                "source": _source,
                "ref": self.table_of_model if connectors else self.relation_of_model,
                "exceptions": SimpleNamespace(raise_compiler_error=_refuse),
                "modules": SimpleNamespace(re=re),
                "run_query": lambda query: SimpleNamespace(rows=self._rows_of(query)),
                "config": lambda *arguments, **settings: "",
                "is_incremental": lambda: False,
            }
        )

    def macro(self, name: str) -> Callable[..., Any]:
        """Returns a macro of the project, to be called with its arguments.

        Raises UnknownModelError where there is none of this name.
        """
        if name not in self._macros:
            path = self._files.get(name)
            if path is None:
                raise UnknownModelError(f"There is no macro {name} in {PROJECT / 'macros'}.")
            module = self._template(path).module
            for found in _MACRO.findall(path.read_text(encoding="utf-8")):
                self._macros[found] = getattr(module, found)
        return self._macros[name]

    def expression(self, macro: str, *arguments: object, **named: object) -> str:
        """Returns the SQL that a macro makes of its arguments."""
        return str(self.macro(macro)(*arguments, **named)).strip()

    def input_value(self, table: str, column: str) -> str:
        """Returns the SQL that makes clean text of a column of an input."""
        if (table, column) not in self._input_values:
            columns = self.macro("input_columns")(table)
            self._input_values[table, column] = self.expression(
                "input_value", table, column, columns
            )
        return self._input_values[table, column]

    def reading(self, kind: str, text: str) -> str:
        """Returns the SQL by which an input's clean text is read as a time, number, flag or date.

        It is null where the text is not of this kind.
        """
        if kind == "time":
            return self.expression("input_time_of", text)
        return self.expression("comparable", f"'{kind}'", text, is_input=True)

    def relation_of_model(self, name: str) -> str:
        """Makes a model of inputs, and those it refers to, temporary tables; returns its name.

        A model without a file (a seed) must be there already. Raises UnknownModelError otherwise.
        """
        assert self._connection is not None
        tables = self._connection.execute("select table_name from duckdb_tables() where temporary")
        if (name,) not in tables.fetchall():
            path = _files_of_models().get(name)
            if path is None:
                raise UnknownModelError(f"There is no model {name} in {PROJECT / 'models'}.")
            query = self._template(path).render(this=name)
            self._connection.execute(f'create temp table "{name}" as {query}')
        return f'temp."{name}"'

    def table_of_model(self, name: str) -> str:
        """Makes a model of connectors, and those it refers to, tables; returns its name.

        A model without a file (a seed) must be there already. Raises UnknownModelError otherwise.
        """
        assert self._connection is not None
        table = f'{self._connectors}."{name}"'
        if name not in self._tables_of(str(self._connectors)):
            path = _files_of_models().get(name)
            if path is None:
                raise UnknownModelError(f"There is no model {name} in {PROJECT / 'models'}.")
            query = self._template(path).render(this=name)
            self._connection.execute(f"create table {table} as {query}")
        return table

    def _tables_of(self, place: str) -> list[str]:
        """Returns the names of the tables and views of a schema, given with its database."""
        if self._connection is None:
            return []
        database, _, schema = place.partition(".")
        # As text: DuckDB loads pandas for a statement with parameters, which takes longer.
        found = self._connection.execute(
            "select table_name from information_schema.tables "
            f"where table_catalog = '{database}' and table_schema = '{schema}'"
        ).fetchall()
        return [str(name) for (name,) in found]

    def _template(self, path: Path) -> jinja2.Template:
        code = compiled(path, path.stat().st_mtime_ns)
        return jinja2.Template.from_code(self._environment, code, self._environment.globals)

    def _dispatch(self, name: str, package: str = "lead_scoring") -> Callable[..., Any]:
        for prefix in (*_forms_of(self._engine), "default"):
            if f"{prefix}__{name}" in self._files:
                return self.macro(f"{prefix}__{name}")
        raise UnknownModelError(f"There is no form of {name} for {self._engine}.")

    def _type(self, name: str) -> str:
        return _TEXT_TYPES.get(self._engine, "TEXT") if name == "string" else name

    def _call(self, name: str, *arguments: Any, **named: Any) -> Any:
        return self.macro(name)(*arguments, **named)

    def _variable(self, name: str, default: object = None) -> object:
        return self._variables.get(name, default)

    def _rows_of(self, query: str) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        if query not in self._rows:
            self._rows[query] = self._connection.execute(query).fetchall()
        return self._rows[query]


class _Columns:
    """What `api.Column` means in a template: how to name a type, and how to make a column."""

    def __init__(self, translate_type: Callable[[str], str]) -> None:
        self.translate_type = translate_type

    def __call__(self, name: str, data_type: str) -> Column:
        return Column(name, data_type)


class _Macros:
    """What `lead_scoring.<macro>` and `dbt.<macro>` mean in a template."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def __getattr__(self, name: str) -> Callable[..., Any]:
        try:
            return self._project.macro(name)
        except UnknownModelError as error:
            raise AttributeError(str(error)) from None


def model_expression(
    macro: str, *arguments: object, variables: Mapping[str, object] | None = None
) -> str:
    """Returns the SQL that a macro of the project makes: model_expression("read_time", "x")."""
    return Project(variables).expression(macro, *arguments)


def has_macro(name: str, argument: str = "") -> bool:
    """Whether the project has a macro of this name, with this argument if one is given."""
    path = _files_of_macros("duckdb").get(name)
    if path is None:
        return False
    head = re.search(rf"macro {name}\(([^)]*)\)", path.read_text(encoding="utf-8"))
    return head is not None and argument in head[1]


def _source(source: str, table: str) -> str:
    if source == "lead_scoring_inputs":
        return f"inputs.main.{table}"
    return Relation(f"inputs.{source.removeprefix('lead_scoring_')}.{table}")


def _refuse(message: str) -> None:
    raise ValueError(message)


@cache
def _files_of_macros(engine: str) -> dict[str, Path]:
    """Returns the file of each macro; the project's own hide dbt's of the same name."""
    found: dict[str, Path] = {}
    packages = [f"dbt.include.{form}" for form in _forms_of(engine)] + [_DBT_PACKAGE]
    for folder in (PROJECT / "macros", *map(_utilities, packages)):
        for path in sorted(folder.rglob("*.sql")):
            for name in _MACRO.findall(path.read_text(encoding="utf-8")):
                found.setdefault(name, path)
    return found


def _forms_of(engine: str) -> list[str]:
    """Returns whose forms of macros an engine takes, the nearest first."""
    return [engine, *([_LIKE[engine]] if engine in _LIKE else [])]


def _quotes(engine: str) -> Callable[[str], str]:
    quote = "`" if {"spark", "bigquery"} & set(_forms_of(engine)) else '"'
    return lambda name: f"{quote}{name.replace(quote, quote * 2)}{quote}"


def _utilities(package: str) -> Path:
    specification = find_spec(package)
    assert specification is not None
    assert specification.origin is not None
    return Path(specification.origin).parent / "macros" / "utils"


@cache
def _files_of_models() -> dict[str, Path]:
    return {path.stem: path for path in sorted((PROJECT / "models").rglob("*.sql"))}
