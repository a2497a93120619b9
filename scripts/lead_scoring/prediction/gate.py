"""The gate: what must hold before a likelihood may be live (decision 28, point 6).

The model int_lead_scoring__predictions holds the same to the same row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from lead_scoring.rules.rule_set import number, plain

FEWEST_LEADS = 100  # with the outcome, and without
COIN = Decimal("0.5")
SLOPES = (Decimal("0.8"), Decimal("1.25"))


@dataclass(frozen=True)
class Demand:
    """One demand of the gate: what it asks, what was found, whether that holds.

    is_excusable: a reason in the approval may stand for it.
    """

    name: str
    found: str
    holds: bool
    is_excusable: bool = False


def gate(row: Mapping[str, str]) -> list[Demand]:
    """Returns the demands, held to a row of `predictions`. What is not known does not hold."""
    leads_with, leads_without = number(row, "leads_with"), number(row, "leads_without")
    low, scorecard = number(row, "auc_low"), number(row, "scorecard_auc")
    slope = number(row, "calibration_slope")
    leaking, off = number(row, "leaking"), number(row, "slices_off")
    interval = f"AUC {_said(row, 'auc')}, surely above {_said(row, 'auc_low')}"
    return [
        Demand(
            f"at least {FEWEST_LEADS} leads with the outcome and {FEWEST_LEADS} without",
            f"{_said(row, 'leads_with')} with, {_said(row, 'leads_without')} without",
            min(leads_with or 0, leads_without or 0) >= FEWEST_LEADS,
        ),
        Demand("it surely ranks later leads better than a coin", interval, _above(low, COIN)),
        Demand(
            "it surely ranks them better than the scorecard",
            f"{interval}; the scorecard {_said(row, 'scorecard_auc')}",
            scorecard is not None and _above(low, scorecard),
            is_excusable=True,
        ),
        Demand(
            f"calibration slope from {SLOPES[0]} to {SLOPES[1]} in the newest quarter",
            _said(row, "calibration_slope"),
            slope is not None and SLOPES[0] <= slope <= SLOPES[1],
        ),
        Demand(
            "no feature knows the outcome already",
            "not looked for" if leaking is None else f"{leaking:f} that do",
            leaking == 0,
        ),
        Demand(
            "no slice of leads is off by more than a factor of 1.5",
            "not known" if off is None else f"{off:f} that are",
            off == 0,
            is_excusable=True,
        ),
    ]


def failures(row: Mapping[str, str], reason: str = "") -> list[Demand]:
    """Returns the demands that do not hold; a reason stands for those that it may stand for."""
    return [one for one in gate(row) if not one.holds and not (reason and one.is_excusable)]


def _above(value: Decimal | None, limit: Decimal) -> bool:
    return value is not None and value > limit


def _said(row: Mapping[str, str], column: str) -> str:
    value = number(row, column)
    return "not known" if value is None else plain(value)
