"""Reads hand-offs from a scored database, and writes one as JSON or as cells of a CSV file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import duckdb

from lead_scoring.project import called
from lead_scoring.tables import DatabaseError, open_database, rows

# Named one by one: a column that the table gets later is not sent before someone decides so.
COLUMNS = (
    "handoff_id",
    "lead_id",
    "stage",
    "episode",
    "scorecard",
    "segment",
    "account",
    "queue",
    "action",
    "owner",
    "routing_rule",
    "respond_within_minutes",
    "respond_by",
    "reasons",
    "total_score",
    "grade",
    "rules_fingerprint",
    "handed_off_at",
)
SCHEMA = "lead_handoff/1"
# What a spreadsheet takes for the start of a formula, full-width signs included.
FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")

Value = str | int | bool | None
Handoff = dict[str, Value]


def read_handoffs(
    database: Path,
    *,
    except_ids: Iterable[str] = (),
    since: datetime | None = None,
) -> list[Handoff]:
    """Returns the hand-offs of a database, oldest first, each with the columns `COLUMNS`.

    except_ids: hand-offs to leave out. since: leave out what was handed off before it.
    The database is closed again on return, so that a run can write it while rows are sent.

    Raises DatabaseError where there is no such database or table.
    """
    query = (
        f"select {', '.join(COLUMNS)} from lead_handoffs"
        " where handoff_id not in (select unnest(cast($except_ids as varchar[])))"
        " and (cast($since as timestamp) is null or handed_off_at >= cast($since as timestamp))"
        " order by handed_off_at, handoff_id"
    )
    since_text = None
    if since is not None:
        since_text = since.astimezone(timezone.utc).replace(tzinfo=None).isoformat()
    try:
        with open_database(database) as connection:
            found = rows(connection, query, {"except_ids": list(except_ids), "since": since_text})
    except duckdb.CatalogException:
        raise DatabaseError(
            f"{database} holds no lead_handoffs. Run {called('score')} first."
        ) from None
    except duckdb.BinderException as error:
        raise DatabaseError(
            f"lead_handoffs of {database} is of another version of the project: {error}"
        ) from None
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def handoff_id(handoff: Handoff) -> str:
    """Returns the hand-off's id, which is its idempotency key too."""
    return str(handoff["handoff_id"])


def as_json(handoff: Handoff) -> bytes:
    """Returns a hand-off as a JSON object in UTF-8, by docs/reference/handoff.schema.json."""
    return json.dumps({"schema": SCHEMA, **handoff}, ensure_ascii=False).encode()


def as_cells(handoff: Handoff) -> list[str]:
    """Returns a hand-off as cells, none of which a spreadsheet runs as a formula."""
    cells = ["" if value is None else str(value) for value in handoff.values()]
    return [f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in cells]


def _plain(value: object) -> Value:
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
