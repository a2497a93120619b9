"""Finds from which total score on a lead is at mql or sql, where that is one number for all."""

from __future__ import annotations

from lead_scoring.preview.movers import RANKS
from lead_scoring.rules.rule_set import RuleSet, number


def stage_minimums(rule_set: RuleSet) -> dict[str, int]:
    """Returns the minimum of each stage that asks the same of every live scorecard.

    A stage that asks for fit or engagement, or another total of another scorecard, is left out.
    """
    found: dict[str, set[tuple[str, str, str]]] = {}
    for row in rule_set.tables["scorecards"]:
        if row["status"] != "live":
            continue
        for label in rule_set.effective("thresholds", row["scorecard"], ("ladder", "label")):
            if label["ladder"] == "stage":
                asked = (label["min_total"], label["min_fit"], label["min_engagement"])
                found.setdefault(label["label"].lower(), set()).add(asked)
    minimums = {}
    for stage in RANKS:
        asked_by_all = found.get(stage, set())
        if len(asked_by_all) == 1:
            total, fit, engagement = next(iter(asked_by_all))
            value = number({"min_total": total}, "min_total")
            if value is not None and not fit and not engagement:
                minimums[stage] = int(value)
    return minimums
