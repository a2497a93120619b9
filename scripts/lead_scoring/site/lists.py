"""The columns of the lists that list.js draws, by the names of their data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lead_scoring.site.data_files import Columns


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


LIKELIHOOD = ("likelihood", "likelihood_words")  # what leads have where a prediction is there
LEADS = (
    ListColumn("lead_id", "lead", "id", under="name"),
    ListColumn("total_score", "score", "number"),
    ListColumn("change_over_7_days", "7 days", "number change", is_wide=True),
    ListColumn("stage", "stage", "label"),
    ListColumn("grade", "grade", "label"),
    ListColumn("likelihood", "likelihood", "number share", is_wide=True, under="likelihood_words"),
    ListColumn("account", "account, segment", "account", is_wide=True, under="segment"),
    ListColumn("owner", "owner", "text", is_wide=True),
    ListColumn("reason_up_1", "strongest reason", "long", is_wide=True),
)
HANDOFFS = (
    ListColumn("lead_id", "lead", "id", under="name"),
    ListColumn("minutes_left", "time left", "minutes"),
    ListColumn("stage", "stage", "label"),
    ListColumn("total_score", "score", "number", is_wide=True),
    ListColumn("likelihood", "likelihood", "number share", is_wide=True, under="likelihood_words"),
    ListColumn("queue", "queue, action", "text", is_wide=True, under="action"),
    ListColumn("owner", "owner", "text", is_wide=True),
    ListColumn("reasons", "why", "long", is_wide=True),
)
ACCOUNTS = (
    ListColumn("account", "account", "account"),
    ListColumn("account_score", "score", "number"),
    ListColumn("change_over_7_days", "7 days", "number change", is_wide=True),
    ListColumn("stage", "stage", "label"),
    ListColumn("open_leads", "open", "number", is_wide=True),
    ListColumn("active_leads", "active", "number", is_wide=True),
    ListColumn("buying_roles", "roles", "number", is_wide=True),
    ListColumn("completeness_percent", "group", "number percent"),
    ListColumn("missing_roles", "roles that lack people", "long", is_wide=True),
    ListColumn("lead_id", "best lead", "id", is_wide=True, under="name"),
)
# What a list can be narrowed to: column -> words.
FILTERS_OF_LEADS = {
    "status": "Status",
    "segment": "Segment",
    "stage": "Stage",
    "grade": "Grade",
    "trend": "Trend",
    "evidence": "Low or unknown",
    "owner": "Owner",
}
FILTERS_OF_HANDOFFS = {"queue": "Queue", "owner": "Owner", "stage": "Stage"}
FILTERS_OF_ACCOUNTS = {"stage": "Stage", "trend": "Trend"}


def of_data(
    found: Columns, columns: Sequence[ListColumn], filters: Mapping[str, str]
) -> dict[str, object]:
    """Returns what a page says of its list: the columns and filters that the data have."""
    there = found["columns"]
    return {
        "columns": [column for column in columns if column.name in there],
        "filters": {name: words for name, words in filters.items() if name in there},
        "rows": found["rows"],
    }
