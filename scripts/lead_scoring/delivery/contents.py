"""What can be delivered: items of a table, each with a state that a destination has or has not."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import duckdb

from lead_scoring.databases import DatabaseError, open_database
from lead_scoring.project import called

CLEARED = ""  # the state of an item that the destination is to forget
# What a spreadsheet takes for the start of a formula, full-width signs included.
FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")

Value = str | int | bool | None


@dataclass(frozen=True)
class Item:
    """One thing to deliver, in the state that it has now."""

    id: str
    state: str  # equal to what was delivered before: there is nothing to send
    row: Mapping[str, Value]  # the columns of its content
    key: str = ""  # for idempotency; empty: the delivery log gives it one

    @property
    def is_cleared(self) -> bool:
        """Whether the destination is to forget what it has of the item."""
        return self.state == CLEARED


Known = Mapping[str, str | None]  # item -> the state that a destination has; None: in doubt


@dataclass(frozen=True)
class Content:
    """A kind of items, and how to find those that a destination has not."""

    name: str  # of the content in the delivery log and in names of files
    one: str
    many: str
    columns: tuple[str, ...]
    time: str  # the column that says since when an item is so
    unsent: Callable[[Path, Known, datetime | None], list[Item]]


@contextlib.contextmanager
def table_of(database: Path, name: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens a database to read a table of it. Raises DatabaseError where there is none such."""
    try:
        with open_database(database) as connection:
            yield connection
    except duckdb.CatalogException:
        raise DatabaseError(f"{database} holds no {name}. Run {called('score')} first.") from None
    except duckdb.BinderException as error:
        raise DatabaseError(
            f"{name} of {database} is of another version of the project: {error}"
        ) from None


def plain(value: object) -> Value:
    """Times become ISO 8601 in UTC, decimals text (no reader rounds them), lists one text."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        zoned = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        return zoned.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Sequence):
        return "; ".join(str(each) for each in value)
    return str(value)


def as_cells(item: Item) -> list[str]:
    """Returns an item as cells, none of which a spreadsheet runs as a formula."""
    cells = ["" if value is None else str(value) for value in item.row.values()]
    return [f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in cells]
