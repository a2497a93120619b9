"""A small database with hand-offs, as the public table has them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import duckdb

TYPES = {
    "handoff_id": "varchar",
    "lead_id": "varchar",
    "stage": "varchar",
    "episode": "integer",
    "scorecard": "varchar",
    "segment": "varchar",
    "account": "varchar",
    "queue": "varchar",
    "action": "varchar",
    "owner": "varchar",
    "routing_rule": "varchar",
    "respond_within_minutes": "integer",
    "respond_by": "timestamp",
    "reasons": "varchar",
    "total_score": "integer",
    "grade": "varchar",
    "rules_fingerprint": "varchar",
    "handed_off_at": "timestamp",
}
START = datetime(2026, 6, 30, 12)


def identifier(number: int) -> str:
    """The id of the hand-off of that number."""
    return f"{number:032x}"


def write_database(
    database: Path, numbers: range | list[int], *, zoned: bool = False, **changes: object
) -> list[str]:
    """Writes a database with hand-offs of these numbers and returns their ids.

    zoned: times are instants, not UTC without a zone. changes: values of columns of all rows.
    """
    database.unlink(missing_ok=True)
    found = []
    for number in numbers:
        at = START + timedelta(minutes=number)
        row = {
            **dict.fromkeys(TYPES),
            "handoff_id": identifier(number),
            "lead_id": f"lead-{number}",
            "stage": "mql",
            "episode": 1,
            "queue": "inside_sales",
            "respond_within_minutes": 60,
            "respond_by": at + timedelta(hours=1),
            "reasons": "Demo request (+24.4); Größe (-3)",
            "total_score": 71,
            "handed_off_at": at,
        }
        found.append(tuple({**row, **changes}.values()))
    with duckdb.connect(str(database)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        columns = ", ".join(
            f"{name} {kind}{'tz' if zoned and kind == 'timestamp' else ''}"
            for name, kind in TYPES.items()
        )
        connection.execute(f"create table lead_handoffs ({columns}, secret_name varchar)")
        if found:
            marks = ", ".join("?" * len(TYPES))
            connection.executemany(
                f"insert into lead_handoffs values ({marks}, 'ann.canary@acme.example')", found
            )
    return [str(row[0]) for row in found]
