"""Thresholds for a suggested card: as many leads reach each label as under the card it is of."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lead_scoring.rule_set import Cells, RuleSet, number
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
    rows = []
    for row in rules.effective("thresholds", base, ("ladder", "label")):
        moved: Cells = {**row, "scorecard": name, "note": ""}
        for column, score in MINIMUMS.items():
            minimum = number(row, column)
            if minimum is None:
                continue
            share = float(np.mean(before[score] >= float(minimum)))
            moved[column] = str(_minimum(after[score], share))
            moved["note"] = f"Reached by {100 * share:.1f} % under {base} at {row[column]}"
        rows.append(moved)
    return rows


def _minimum(scores: Whole, share: float) -> int:
    return next((minimum for minimum in range(1, 101) if np.mean(scores >= minimum) <= share), 100)
