"""What a run read of the events: all of them, or those of the load days that had changed.

The rows of a load day that has not changed stay in the work file from run to run. So what a run has
read shows in what the file holds before and after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from lead_scoring.runs.failures import RunFailed

EVENTS = "stg_lead_scoring__events"


@dataclass(frozen=True)
class LoadDay:
    """The event rows of one load day, as they were read: how, how many, and the sum of hashes."""

    reading: str
    rows: int
    hashes: int


LoadDays = Mapping[date, LoadDay]


@dataclass(frozen=True)
class EventsRead:
    """How many event rows a run read, and one sentence that says which."""

    rows: int
    in_words: str


def kept_load_days(work: Path) -> LoadDays:
    """Returns what a work file holds of events; nothing where it is not there or has none yet.

    Raises RunFailed where the file cannot be read.
    """
    if not work.is_file():
        return {}
    try:
        with duckdb.connect(str(work), read_only=True) as connection:
            found = connection.execute(
                "select load_day, any_value(reading), count(*), sum(row_hash)::hugeint"
                f" from {EVENTS} group by load_day"
            ).fetchall()
    except duckdb.CatalogException:
        return {}
    except duckdb.Error as error:
        raise RunFailed(f"The events in {work} cannot be read: {error}") from None
    return {day: LoadDay(*values) for day, *values in found}


def events_read(before: LoadDays, after: LoadDays, *, is_full_refresh: bool) -> EventsRead:
    """Returns what a run read: before and after are what the work file held.

    is_full_refresh: whether the run built every table anew.
    """
    all_rows = sum(day.rows for day in after.values())
    why = _why_all(before, after, is_full_refresh=is_full_refresh)
    if why is not None:
        return EventsRead(all_rows, f"Read all {all_rows:,} event rows: {why}.")
    read = [day for day, now in after.items() if now != before.get(day)]
    rows = sum(after[day].rows for day in read)
    gone = len(before.keys() - after.keys())
    words = (
        f"Read {_count(rows, 'event row')} of {_count(len(read), 'changed or new load day')}"
        if read
        else "Read no event row: no load day has changed or is new"
    )
    if gone:
        words += f"; {_count(gone, 'load day')} had left the input"
    return EventsRead(rows, f"{words}.")


def _why_all(before: LoadDays, after: LoadDays, *, is_full_refresh: bool) -> str | None:
    """Returns why all events were read, None where they were not."""
    if not before:
        return "none were kept from a run before"
    if is_full_refresh:
        return "every table was built anew"
    if not after:
        return None
    (then, declared_then), (now, declared_now) = _reading(before), _reading(after)
    if declared_then != declared_now:
        return "the event columns that attributes declares have changed"
    if then != now:
        return (
            "the settings of times, or this version of the project or of DuckDB, read them"
            " otherwise"
        )
    return None


def _reading(days: LoadDays) -> tuple[str, str]:
    """Returns how events were read, and the event columns that attributes declared."""
    how, _, declared = next(iter(days.values())).reading.partition(": ")
    return how, declared


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
