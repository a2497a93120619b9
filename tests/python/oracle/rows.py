"""Input rows: what is usable, what is quarantined and why (contract 2, decision 0001.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from oracle.text import clean, fold, trim
from oracle.times import PLAIN, Clock, instant

InputTable = Sequence[Mapping[str, str | None]]

REQUIRED = {
    "leads": ("lead_id", "created_at"),
    "events": ("event_id", "lead_id", "event_type", "occurred_at"),
    "outcomes": ("lead_id", "outcome", "occurred_at"),
    "lead_merges": ("lead_id", "merged_into_lead_id"),
}
TIMES = {
    "leads": ("created_at", "updated_at", "deleted_at"),
    "events": ("occurred_at", "loaded_at"),
    "outcomes": ("occurred_at", "loaded_at"),
    "lead_merges": ("merged_at",),
}
ROW_ID = {
    "leads": "lead_id",
    "events": "event_id",
    "outcomes": "outcome_id",
    "lead_merges": "lead_id",
}
AS_THEY_CAME = frozenset(
    ["lead_id", "event_id", "outcome_id", "account_id", "merged_into_lead_id", "session_id"]
)
OUTCOMES = (
    "contacted", "accepted", "rejected", "qualified", "opportunity",
    "won", "lost", "disqualified", "reopened",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Row:
    """One input row; `values` holds the columns (names in lower case) that are not missing."""

    table: str
    values: Mapping[str, str]
    columns: tuple[str, ...]
    clock: Clock = PLAIN

    def get(self, column: str) -> str | None:
        """The text as it came (NUL characters aside), for ids."""
        return self.values.get(column)

    def fold(self, column: str) -> str | None:
        """The text trimmed and in lower case."""
        return fold(self.values.get(column))

    def time(self, column: str) -> datetime | None:
        """The instant in this column; None where missing or unreadable."""
        return instant(self.values.get(column), self.clock)

    @property
    def row_id(self) -> str | None:
        """The id under which a quarantined row is listed."""
        return self.get(ROW_ID[self.table])

    @cached_property
    def sort_key(self) -> tuple[tuple[bool, str], ...]:
        """Breaks ties: columns in the order of their names, missing first, by code point; ids and
        sessions as they came, other texts trimmed."""
        texts = (
            self.values.get(column) if column in AS_THEY_CAME else trim(self.values.get(column))
            for column in self.columns
        )
        return tuple((text is not None, text or "") for text in texts)

    @cached_property
    def own_cause(self) -> str | None:
        """The first cause that this row alone shows; None where it is usable so far.

        `<column> is missing`, then `<column> cannot be read`, then `unknown outcome` or
        `merge into itself`.
        """
        for column in REQUIRED[self.table]:
            if self.get(column) is None:
                return f"{column} is missing"
        for column in TIMES[self.table]:
            if self.get(column) is not None and self.time(column) is None:
                return f"{column} cannot be read"
        if self.table == "outcomes" and self.fold("outcome") not in OUTCOMES:
            return "unknown outcome"
        into = self.get("merged_into_lead_id") if self.table == "lead_merges" else None
        return "merge into itself" if into is not None and into == self.get("lead_id") else None

    @cached_property
    def written_occurred_at(self) -> datetime:
        """When the event or outcome happened by its own clock (usable rows only)."""
        moment = self.time("occurred_at")
        assert moment is not None
        return moment

    @cached_property
    def loaded_at(self) -> datetime:
        """When the warehouse got the row; missing: when it happened."""
        return self.time("loaded_at") or self.written_occurred_at

    @property
    def is_clock_ahead(self) -> bool:
        """ "An event that occurred after it was loaded comes from a clock that is ahead" """
        return self.table == "events" and self.written_occurred_at > self.loaded_at

    @property
    def occurred_at(self) -> datetime:
        """When the event or outcome happened; an event of a clock that is ahead, when it was
        loaded."""
        return self.loaded_at if self.is_clock_ahead else self.written_occurred_at

    @cached_property
    def created_at(self) -> datetime:
        """When the lead was created, by this row (usable rows only)."""
        moment = self.time("created_at")
        assert moment is not None
        return moment

    @cached_property
    def updated_at(self) -> datetime:
        """From when this version of a lead holds; missing: `created_at`."""
        return self.time("updated_at") or self.created_at


def read_rows(table: str, rows: InputTable, clock: Clock = PLAIN) -> list[Row]:
    """The rows of one input table, cleaned."""
    names: Iterable[str] = {name for row in rows for name in row}
    columns = tuple(sorted({name.strip().lower() for name in names}))
    read = []
    for row in rows:
        cleaned = {name.strip().lower(): clean(value) for name, value in row.items()}
        values = {name: value for name, value in cleaned.items() if value is not None}
        read.append(Row(table, values, columns, clock))
    return read
