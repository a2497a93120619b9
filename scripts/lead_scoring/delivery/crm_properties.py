"""What a CRM keeps of a score: which of its properties, under which names and types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lead_scoring.delivery.contents import Item, Value

PREFIX = "lead_score_"


@dataclass(frozen=True)
class Property:
    """A property of a record in a CRM."""

    name: str  # behind the prefix
    column: str  # of `lead_scoring.delivery.scores.COLUMNS`
    kind: str  # number, text, long text or time
    label: str
    description: str


PROPERTIES = (
    Property("total", "total_score", "number", "Lead score", "Fit and engagement together."),
    Property("fit", "fit_score", "number", "Lead score: fit", "Who the lead is."),
    Property(
        "engagement", "engagement_score", "number", "Lead score: engagement", "What the lead did."
    ),
    Property("stage", "stage", "text", "Lead score: stage", "What the score stands for."),
    Property("grade", "grade", "text", "Lead score: grade", "Fit as a letter, then engagement."),
    Property("segment", "segment", "text", "Lead score: segment", "Whose rules score the lead."),
    Property("temperature", "temperature", "text", "Lead score: temperature", "How warm it is."),
    Property(
        "reasons", "reasons", "long text", "Lead score: reasons", "What moved it most, in words."
    ),
    Property("changed_at", "changed_at", "time", "Lead score: since", "When it became so."),
)


def values(item: Item, prefix: str) -> Mapping[str, Value]:
    """Returns names of properties -> their values; all of them are None for a cleared lead."""
    return {
        prefix + each.name: None if item.is_cleared else item.row[each.column]
        for each in PROPERTIES
    }
