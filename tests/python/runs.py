"""Real runs of generated packs, and the public tables that they leave."""

from __future__ import annotations

import contextlib
import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import duckdb
import pytest

from generate.packs import Pack
from lead_scoring.rules.files import SEEDS
from lead_scoring.runs import runner
from worlds.compiled import Compiled

Cell = str | int | Decimal | bool | datetime | None
Key = tuple[Cell, ...]
Table = dict[Key, dict[str, Cell]]

# The key columns of the tables that are compared; every other column is a value.
KEYS = {
    "scorecard_scores": ("lead_id", "scorecard", "as_of"),
    "score_reasons": ("lead_id", "scorecard", "rule_id", "as_of"),
    "lead_scores": ("lead_id", "as_of"),
    "lead_fit_scores": ("lead_id", "scorecard", "as_of"),
    "lead_engagement_scores": ("lead_id", "scorecard", "as_of"),
    "lead_decay": ("lead_id", "scorecard", "rule_id", "as_of"),
    "lead_levers": ("lead_id", "kind", "lever", "as_of"),
    "account_scores": ("account", "as_of"),
    "lead_likelihoods": ("lead_id", "prediction", "as_of"),
    "likelihood_parts": ("lead_id", "prediction", "feature", "as_of"),
}
# What builds them, and no table that is not compared.
COMPARED = tuple(f"+{name}" for name in KEYS)
SEGMENT_TABLES = {
    "enterprise": "enterprise_lead_scores",
    "mid_market": "mid_market_lead_scores",
    "small_business": "small_business_lead_scores",
}


def run_pack(
    pack: Pack,
    folder: Path,
    *,
    as_of: str | None = None,
    threads: int | None = None,
    database: Path | None = None,
    variables: Mapping[str, object] | None = None,
    select: Sequence[str] = (),
    with_tests: bool = True,
) -> Path:
    """Write the pack into the folder and score it; returns the database file.

    as_of: another instant than the pack's. select: what to build; none: everything. with_tests:
    run the tests of data too.
    Raises RunFailed.
    """
    data, rules = pack.write(folder)
    database = database or folder / "scores.duckdb"
    given = {**pack.variables, **(variables or {})}
    with no_artifacts():
        runner.score(
            data=data,
            rules=rules,
            as_of=as_of or pack.world.as_of,
            database=database,
            threads=threads,
            variables=given,
            select=select,
            with_tests=with_tests,
        )
    return database


@contextlib.contextmanager
def no_artifacts() -> Iterator[None]:
    """Runs of dbt that write none of what only others than these tests read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBT_WRITE_JSON", "false")
        patch.setenv("DBT_LOG_LEVEL_FILE", "none")
        yield


def of_inputs(*tables: str) -> list[str]:
    """dbt selectors of tables and all that they are built from, but for what rules alone decide.

    Under the same rules that stands from a run before.
    """
    return [f"+{table},{of}+" for table in tables for of in ("source:*", "stg_lead_scoring__as_of")]


class Reruns:
    """One real run of a pack, whose SQL scores further packs with the same settings.

    dbt's own work takes several times as long as that of the database.
    """

    def __init__(self, pack: Pack, folder: Path, select: Sequence[str] = ()) -> None:
        """Runs dbt. select: what to build; none: everything. Raises RunFailed."""
        self._pack = pack
        self.settings = pack.world.settings
        data, rules = pack.write(folder)
        with runner.keeping_artifacts():
            run = runner.score(
                data=data,
                rules=rules,
                as_of=pack.world.as_of,
                database=folder / "scores.duckdb",
                variables=pack.variables,
                select=select,
                with_tests=False,
            )
        self.database = run.database
        self._compiled = Compiled(run.database, run.work_folder)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The public tables of the real run."""
        return read_tables(self.database)

    def can_score(self, pack: Pack) -> bool:
        """Whether the SQL of the real run would be the pack's own, but for the instant."""
        names = ("variables", "absent_columns")
        return all(getattr(pack, name) == getattr(self._pack, name) for name in names)

    def database_of(
        self, pack: Pack, folder: Path, models: Iterable[str], *, as_of: str | None = None
    ) -> Path:
        """A new database of another pack: other rows of inputs and rules, another instant.

        models: what is wanted of it, with all that it is built from. as_of: another instant than
        the pack's.
        """
        assert self.can_score(pack)
        data, rules = pack.write(folder)
        compiled = self._compiled.at(self._pack.world.as_of, as_of or pack.world.as_of)
        return compiled.build(data, rules, folder / self.database.name, *models)

    def tables_of(self, pack: Pack, folder: Path, *, as_of: str | None = None) -> dict[str, Table]:
        """The public tables of another pack, as for `database_of`."""
        return read_tables(self.database_of(pack, folder, KEYS, as_of=as_of))


def short_lists(folder: Path) -> Path:
    """The project's lists cut to thirty entries each: their length takes a seventh of each run."""
    folder.mkdir()
    source = SEEDS / "lead_scoring__lists.csv"
    with source.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        seen: Counter[str] = Counter()
        kept = []
        for row in reader:
            seen[row["list"]] += 1
            if seen[row["list"]] <= 30:
                kept.append(row)
    with (folder / "lists.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(kept[0]))
        writer.writeheader()
        writer.writerows(kept)
    return folder


def read_query(database: Path, query: str) -> list[dict[str, Cell]]:
    """The rows of a query, with instants as naive UTC and numbers as decimals or integers."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        described = connection.execute(f"describe {query}").fetchall()
        columns = ", ".join(
            f'cast("{name}" as timestamp) as "{name}"'
            if kind.startswith("TIMESTAMP")
            else f'"{name}"'
            for name, kind, *_ in described
        )
        names = [name for name, *_ in described]
        rows = connection.execute(f"select {columns} from ({query})").fetchall()
    return [dict(zip(names, map(plain, row), strict=True)) for row in rows]


def plain(value: object) -> Cell:
    """A value of the database in the form in which it is compared."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, datetime):
        return naive(value)
    if value is None or isinstance(value, str | int | Decimal):
        return value
    return str(value)


def naive(moment: datetime) -> datetime:
    """An instant in UTC, without its zone."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def read_table(database: Path, name: str) -> Table:
    """A public table by its key; a key that comes twice is an error."""
    table: Table = {}
    for row in read_query(database, f"select * from {name}"):
        key = tuple(row.pop(column) for column in KEYS[name])
        assert key not in table, f"{name} has {key} twice"
        table[key] = row
    return table


def read_tables(database: Path) -> dict[str, Table]:
    """All tables of `KEYS`."""
    return {name: read_table(database, name) for name in KEYS}


def read_rows(database: Path, name: str, columns: Sequence[str]) -> list[tuple[Cell, ...]]:
    """Some columns of a table without a key, sorted."""
    rows = read_query(database, f"select {', '.join(columns)} from {name}")
    return sorted((tuple(row.values()) for row in rows), key=repr)
