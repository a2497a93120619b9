"""The gate in words: what must hold before a likelihood may be live (decision 28, point 6).

Whether it holds the model int_lead_scoring__predictions says, of the rows as they are; here each of
its demands is told with what was found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lead_scoring.rules.rule_set import number, plain


@dataclass(frozen=True)
class Demand:
    """A demand of the gate: what it asks, what was found, and why it does not hold; '' it does."""

    name: str
    found: str
    failure: str

    @property
    def holds(self) -> bool:
        """Whether it holds."""
        return not self.failure


# Each demand, by the sentences in which the model says that it fails.
_DEMANDS = {
    "At least 100 leads with the outcome, and 100 without": (
        "fewer than 100 leads with the outcome",
        "fewer than 100 leads without the outcome",
    ),
    "Ranks later leads surely better than a coin": ("it does not surely rank better than a coin",),
    "Ranks them surely better than the scorecard, or a reason is given": (
        "it does not surely rank better than the scorecard, and no reason is given",
    ),
    "Calibration slope from 0.8 to 1.25 in the newest quarter": (
        "its calibration slope is not from 0.8 to 1.25",
    ),
    "No feature knows the outcome already": ("a feature seems to know the outcome already",),
    "No slice of leads is off by more than a factor of 1.5, or a reason is given": (
        "a slice of leads is off, and no reason is given",
    ),
}


def demands(row: Mapping[str, str], failures: Sequence[str]) -> list[Demand]:
    """Returns the demands of the gate for a row of `predictions`.

    failures: what does not hold, in the words of the model.
    """
    area = f"AUC {_said(row, 'auc')}, lower end {_said(row, 'auc_low')}"
    found = (
        f"{_said(row, 'leads_with')} with, {_said(row, 'leads_without')} without",
        area,
        f"{area}; the scorecard {_said(row, 'scorecard_auc')}",
        _said(row, "calibration_slope"),
        _said(row, "leaking"),
        f"{_said(row, 'slices_off')} off",
    )
    return [
        Demand(name, words, "; ".join(one for one in sentences if one in failures))
        for (name, sentences), words in zip(_DEMANDS.items(), found, strict=True)
    ]


def _said(row: Mapping[str, str], column: str) -> str:
    value = number(row, column)
    return "not known" if value is None else plain(value)
