"""Which of several rows holds at `as_of`, of a lead and of an event (contract 2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from oracle.conditions import Attribute
from oracle.rows import Row


@dataclass(frozen=True)
class Version:
    """The row of a lead that holds at an instant, and whether it is younger than that."""

    lead_id: str
    row: Row
    is_younger: bool

    def hides(self, attribute: Attribute) -> bool:
        """ "Where the row that holds is younger than `as_of`, attributes known `later` or
        `after_contact` are missing" """
        return self.is_younger and attribute.known in ("later", "after_contact")


def holding_version(lead_id: str, rows: Sequence[Row], as_of: datetime) -> Version:
    """The row with the latest `updated_at` at or before as_of, else the earliest row.

    Ties: the row whose columns, taken by name, sort first.
    """
    before = [row.updated_at for row in rows if row.updated_at <= as_of]
    wanted = max(before) if before else min(row.updated_at for row in rows)
    row = min((row for row in rows if row.updated_at == wanted), key=lambda row: row.sort_key)
    return Version(lead_id, row, row.updated_at > as_of)


def winning_events(rows: Sequence[Row], as_of: datetime) -> list[Row]:
    """Per `event_id`, of the rows loaded by `as_of`, the one loaded last (ties as above)."""
    by_id: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.own_cause is None and row.loaded_at <= as_of:
            by_id[row.values["event_id"]].append(row)
    winners = []
    for same in by_id.values():
        latest = max(row.loaded_at for row in same)
        ties = [row for row in same if row.loaded_at == latest]
        winners.append(min(ties, key=lambda row: row.sort_key))
    return winners
