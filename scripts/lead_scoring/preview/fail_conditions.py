"""Reads conditions like "mql_change > 20%", and tells which of them hold."""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

# A figure: exact; infinite for a change from nothing; None where it is not known.
Figure = Fraction | float | None

COMPARISONS = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}
FORM = re.compile(r"\s*([a-z_]+)\s*(>=|<=|==|!=|>|<)\s*([+-]?\d+(?:\.\d+)?)\s*(%?)\s*", re.ASCII)

# What a condition may name, with what it means. Those that end in % are shares, in percent.
METRICS: Mapping[str, str] = {
    "leads": "leads that are scored",
    "rule_changes": "rows of rule tables that were added, changed or removed",
    "score_changes": "leads whose total score changes",
    "stage_changes": "leads whose stage changes",
    "grade_changes": "leads whose grade changes",
    "mql_before": "leads at mql or above under the base rules",
    "mql_after": "leads at mql or above under the edited rules",
    "mql_entered": "leads that come to mql or above",
    "mql_left": "leads that fall below mql",
    "mql_change": "% change of the leads at mql or above",
    "sql_before": "leads at sql under the base rules",
    "sql_after": "leads at sql under the edited rules",
    "sql_entered": "leads that come to sql",
    "sql_left": "leads that leave sql",
    "sql_change": "% change of the leads at sql",
    "disqualified_before": "leads disqualified under the base rules",
    "disqualified_after": "leads disqualified under the edited rules",
    "disqualified_change": "% change of the disqualified leads",
    "handoffs_before": "hand-offs in the last week under the base rules",
    "handoffs_after": "hand-offs in the last week under the edited rules",
    "handoffs_change": "% change of the hand-offs in the last week",
    "handoffs_rerouted": "hand-offs in the last week that go elsewhere, or for another action",
    "likelihood_changes": "leads whose likelihood moves by a percent or more, by each prediction",
    "capacity_used": "% of --weekly-capacity that the hand-offs take under the edited rules",
    "auc_before": "AUC under the base rules, 0 to 1",
    "auc_after": "AUC under the edited rules, 0 to 1",
    "auc_change": "AUC under the edited rules less that under the base rules",
}


class ConditionError(ValueError):
    """A condition cannot be read or judged. The message says what to write."""


@dataclass(frozen=True)
class Condition:
    """One comparison of a figure with a number; percentages as people write them (20 for 20 %)."""

    text: str
    metric: str
    comparison: str
    number: Fraction

    def holds(self, figures: Mapping[str, Figure]) -> bool:
        """Whether the condition holds. Raises ConditionError where its figure is not known."""
        figure = figures[self.metric]
        if figure is None:
            raise ConditionError(
                f"--fail-if {self.text!r} cannot be judged: {self.metric} is not known here. "
                f"{_WHY_UNKNOWN.get(self.metric.partition('_')[0], '')}".strip()
            )
        return bool(COMPARISONS[self.comparison](figure, self.number))


_WHY_UNKNOWN = {
    "auc": "It needs leads that were won and leads that were not, within --outcome-days.",
    "capacity": "It needs --weekly-capacity.",
}


def is_percentage(metric: str) -> bool:
    """Whether a figure is given in percent."""
    return METRICS[metric].startswith("%")


def read_condition(text: str) -> Condition:
    """Returns the condition that a text means. Raises ConditionError with the form for others."""
    form = FORM.fullmatch(text)
    if form is None:
        raise ConditionError(
            f"--fail-if {text!r} cannot be read. Write a figure, a comparison and a number, "
            'as "mql_change > 20%" or "sql_after < 10".'
        )
    metric, comparison, number, percent = form.groups()
    if metric not in METRICS:
        raise ConditionError(
            f"--fail-if {text!r}: there is no figure {metric}. Known are {', '.join(METRICS)}."
        )
    if is_percentage(metric) and not percent:
        raise ConditionError(f"--fail-if {text!r}: {metric} is in percent. Write {number}%.")
    if percent and not is_percentage(metric):
        raise ConditionError(f"--fail-if {text!r}: {metric} is not in percent. Leave the % out.")
    return Condition(text.strip(), metric, comparison, Fraction(number))


def percent_change(before: int, after: int) -> Fraction | float:
    """Returns the change in percent of `before`; infinite where something comes from nothing."""
    if before == 0:
        return float("inf") if after else Fraction(0)
    return Fraction(100 * (after - before), before)
