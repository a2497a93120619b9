"""Two databases of the same model: which rows of their tables does only one of them have?

`EXCEPT ALL` in both directions, over every column and without tolerance. Which tables there are is
read from the project's folders, so that a new one is compared without being listed here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from comparison import Difference
from lead_scoring.project import PROJECT
from runs import KEYS, Cell, Key, plain

# Floor 3, and the public tables that say what is on record: a database's own past.
RECORD = frozenset(
    {
        "lead_score_history",
        "lead_score_changes",
        "stage_changes",
        "lead_handoffs",
        "handoff_contacts",
        "response_times",
        "rule_changes",
        "prediction_standings",
    }
)
# Columns of other tables that say it too.
OF_THE_RECORD = ("change_over_7_days", "change_over_30_days", "trend")
MODELS = PROJECT / "models"
SHOWN_ROWS = 400


def tables_of(database: Path) -> set[str]:
    """Every table and view of a database, by name."""
    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'main'"
        ).fetchall()
    return {name for (name,) in names}


def models_in(*folders: str) -> set[str]:
    """The names of the models in some folders of the project."""
    return {path.stem for folder in folders for path in (MODELS / folder).rglob("*.sql")}


def public_tables(database: Path) -> list[str]:
    """The public tables that say the same after every way to the same inputs."""
    return sorted((tables_of(database) & models_in("marts")) - RECORD)


def compared_tables(database: Path) -> list[str]:
    """All tables that say the same after every way to the same inputs: floors 1 and 2."""
    private = tables_of(database) & models_in("inputs", "scores")
    return [*public_tables(database), *sorted(private)]


@dataclass(frozen=True)
class OneSidedRows:
    """The rows of one table that only one database has."""

    table: str
    columns: Sequence[str]
    only_full: Sequence[Key]
    only_incremental: Sequence[Key]

    def differences(self) -> list[Difference]:
        """Cells where rows of the same key stand on both sides, else whole rows."""
        key = KEYS.get(self.table, ())
        if not set(key) <= set(self.columns):
            key = ()
        sides: defaultdict[Key, list[list[Key]]] = defaultdict(lambda: [[], []])
        for side, rows in enumerate((self.only_full, self.only_incremental)):
            for row in rows:
                cells = dict(zip(self.columns, row, strict=True))
                sides[tuple(cells[name] for name in key) or row][side].append(row)
        found = []
        for place, (full, incremental) in sides.items():
            if len(full) == len(incremental) == 1:
                pairs = zip(self.columns, full[0], incremental[0], strict=True)
                found += [
                    Difference(self.table, place, name, ours, theirs)
                    for name, ours, theirs in pairs
                    if ours != theirs
                ]
            else:
                found += [Difference(self.table, place, "row", row, "no row") for row in full]
                found += [
                    Difference(self.table, place, "row", "no row", row) for row in incremental
                ]
        return found


class Sides:
    """Tables of two databases in memory. Views are read too: each database is attached under its
    own name, one after the other."""

    def __init__(
        self, full: Path, incremental: Path, tables: Iterable[str], of_scored_leads: bool
    ) -> None:
        """The files need the same name, in folders of their own: views call it."""
        self._connection = duckdb.connect()
        self._connection.execute("set TimeZone = 'UTC'")
        for side, database in (("full_run", full), ("incremental_run", incremental)):
            name = database.stem
            self._connection.execute(f"create schema if not exists {side}")
            self._connection.execute(f"attach '{database}' as {name} (read_only)")
            for table in tables:
                scored = f" where lead_id in (select lead_id from {name}.main.lead_scores)"
                self._connection.execute(
                    f"create table {side}.{table} as select * from {name}.main.{table}"
                    + (scored if of_scored_leads else "")
                )
            self._connection.execute(f"detach {name}")

    def __enter__(self) -> Sides:
        """The open tables."""
        return self

    def __exit__(self, *_: object) -> None:
        """Free them."""
        self._connection.close()

    def columns(self, side: str, table: str) -> list[tuple[str, str]]:
        """Name and type of each column."""
        described = self._connection.execute(f"describe {side}.{table}").fetchall()
        return [(str(name), str(kind)) for name, kind, *_ in described]

    def only_in(self, side: str, other: str, table: str, columns: Sequence[str]) -> list[Key]:
        """The rows of one side without a partner on the other, as many as one can read."""
        wanted = ", ".join(f'"{name}"' for name in columns)
        rows = self._connection.execute(
            f"select {wanted} from {side}.{table} except all select {wanted} from {other}.{table} "
            f"order by all limit {SHOWN_ROWS}"
        ).fetchall()
        return [tuple(map(plain, row)) for row in rows]


def compare_databases(
    full: Path,
    incremental: Path,
    tables: Sequence[str],
    without: Sequence[str] = (),
    *,
    of_scored_leads: bool = False,
) -> list[Difference]:
    """Every row that differs, of the tables given, but for columns left out.

    of_scored_leads: look at rows of leads that the latest run scored, and at no others.
    """
    found: list[Difference] = []
    with Sides(full, incremental, tables, of_scored_leads) as sides:
        for table in tables:
            ours, theirs = (sides.columns(side, table) for side in ("full_run", "incremental_run"))
            if ours != theirs:
                place: tuple[Cell, ...] = ("columns",)
                found.append(Difference(table, place, "columns", ours, theirs))
                continue
            columns = [name for name, _ in ours if name not in without]
            rows = OneSidedRows(
                table,
                columns,
                sides.only_in("full_run", "incremental_run", table, columns),
                sides.only_in("incremental_run", "full_run", table, columns),
            )
            found += rows.differences()
    return found
