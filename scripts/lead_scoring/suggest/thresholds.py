"""Thresholds for a suggested card: as many leads reach each label as under the card it is of."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lead_scoring.rules.rule_set import Cells, RuleSet, number
from lead_scoring.suggest.sample import Whole

MINIMUMS = {
    "min_total": "total_score",
    "min_fit": "fit_score",
    "min_engagement": "engagement_score",
}


def threshold_rows(
    rules: RuleSet,
    base: str,
    name: str,
    before: Mapping[str, Whole],
    after: Mapping[str, Whole],
) -> list[Cells]:
    """Returns the ladders of `base` for the scorecard `name`, with minimums moved.

    before, after: the scores of the same moments by both cards. A minimum becomes the lowest
    score that no larger share of the moments reaches.
    """
    rows: list[Cells] = []
    held = rules.effective("thresholds", base, ("ladder", "label"))
    for ladder in dict.fromkeys(row["ladder"] for row in held):
        ranks = sorted(
            (row for row in held if row["ladder"] == ladder),
            key=lambda row: number(row, "rank") or 0,
        )
        moved: list[Cells] = [{**row, "scorecard": name, "note": ""} for row in ranks]
        for column, score in MINIMUMS.items():
            asking = [place for place, row in enumerate(ranks) if number(row, column) is not None]
            shares = [
                float(np.mean(before[score] >= float(ranks[place][column]))) for place in asking
            ]
            minimums = _rising([_minimum(after[score], share) for share in shares])
            for place, share, minimum in zip(asking, shares, minimums, strict=True):
                moved[place][column] = str(minimum)
                moved[place]["note"] = (
                    f"Reached by {100 * share:.1f} % under {base} at {ranks[place][column]}"
                )
        rows += moved
    return rows


def _rising(minimums: list[int]) -> list[int]:
    """The minimums of a ladder, each above the one before: a label that nobody holds is none."""
    risen: list[int] = []
    for place, minimum in enumerate(minimums):
        highest = 100 - (len(minimums) - 1 - place)
        risen.append(min(highest, max(minimum, risen[-1] + 1 if risen else 1)))
    return risen


def _minimum(scores: Whole, share: float) -> int:
    return next((minimum for minimum in range(1, 101) if np.mean(scores >= minimum) <= share), 100)
