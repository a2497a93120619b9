"""The columns of the lists that list.js draws, by the names of their data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ListColumn:
    """A column of a list. kind: how it is drawn; is_wide: left out on a narrow screen.

    under: the column that stands below it, in the same cell.
    """

    name: str
    title: str
    kind: str
    is_wide: bool = False
    under: str = ""


LEADS = (
    ListColumn("lead_id", "lead", "id", under="name"),
    ListColumn("total_score", "score", "number"),
    ListColumn("stage", "stage", "label"),
    ListColumn("grade", "grade", "label"),
    ListColumn("segment", "segment", "text", is_wide=True),
    ListColumn("owner", "owner", "text", is_wide=True),
    ListColumn("account", "account", "account", is_wide=True),
    ListColumn("reason", "strongest reason", "long", is_wide=True),
)
HANDOFFS = (
    ListColumn("lead_id", "lead", "id", under="name"),
    ListColumn("minutes_left", "time left", "minutes"),
    ListColumn("stage", "stage", "label"),
    ListColumn("total_score", "score", "number", is_wide=True),
    ListColumn("queue", "queue, action", "text", is_wide=True, under="action"),
    ListColumn("owner", "owner", "text", is_wide=True),
    ListColumn("reasons", "why", "long", is_wide=True),
)
ACCOUNTS = (
    ListColumn("account", "account", "account"),
    ListColumn("account_score", "score", "number"),
    ListColumn("stage", "stage", "label"),
    ListColumn("leads", "leads", "number", is_wide=True),
    ListColumn("open_leads", "that count", "number", is_wide=True),
    ListColumn("active_leads", "active", "number", is_wide=True),
    ListColumn("buying_roles", "roles", "number"),
    ListColumn("lead_id", "best lead", "id", is_wide=True, under="name"),
)
