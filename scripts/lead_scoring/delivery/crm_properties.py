"""What a CRM keeps of a score: which of its properties, under which names and types."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lead_scoring.delivery.contents import Item, Value

PREFIX = "lead_score_"


@dataclass(frozen=True)
class Property:
    """A property of a record in a CRM."""

    name: str  # behind the prefix
    column: str  # of the content: `lead_scoring.delivery.scores.SCORES`
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
    Property(
        *("likelihood", "likelihood_percent", "number", "Lead score: likelihood"),
        "How likely the lead is won, in percent.",
    ),
    Property(
        *("likelihood_band", "likelihood_band", "number", "Lead score: likelihood band"),
        "Band of the likelihood, the lowest is 1.",
    ),
    Property(
        *("expected_amount", "expected_amount", "number", "Lead score: expected amount"),
        "Likelihood times the mean amount of a win.",
    ),
)


def values(item: Item, prefix: str) -> Mapping[str, Value]:
    """Returns names of properties -> their values; all of them are None for a cleared lead.

    Of the likelihood only where the content has it.
    """
    return {
        prefix + each.name: None if item.is_cleared else item.row[each.column]
        for each in PROPERTIES
        if each.column in item.row
    }


def properties_of(columns: Collection[str]) -> list[Property]:
    """Returns the properties that a content with these columns fills."""
    return [each for each in PROPERTIES if each.column in columns]
