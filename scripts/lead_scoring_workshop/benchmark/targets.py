"""What the project promises about time and memory, each with how it is read from the results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lead_scoring_workshop.benchmark.groups import Group
from lead_scoring_workshop.benchmark.results import Cell, Results
from lead_scoring_workshop.benchmark.session import FEW_RULES, MANY_RULES, Plan

ENGAGEMENT, EVERYTHING = Group.ENGAGEMENT.value, Group.EVERYTHING.value
MOST_MEMORY = 6e9


@dataclass(frozen=True)
class Target:
    """A promise: a figure that is to be at most its limit."""

    words: str
    limit: float
    unit: str  # "x", "%" or "GB"
    figure: Callable[[Results], float | None]


def targets(plan: Plan) -> list[Target]:
    """Returns the promises about a full run, more rules, later runs, history and memory."""
    full = Cell("project", plan.events, plan.rules)
    many = Cell("project", plan.events, MANY_RULES)
    few = Cell("project", plan.events, FEW_RULES)
    floor = Cell("floor", plan.events, plan.rules)
    case_when = Cell("case_when", plan.events, MANY_RULES)
    same_day, next_day = (Cell(way, plan.events, plan.rules) for way in ("same_day", "next_day"))
    history, command = (Cell(way, plan.events // 10, plan.rules) for way in ("history", "command"))

    def share(above: Cell, below: Cell, part: str) -> Callable[[Results], float | None]:
        return lambda results: _times(results.ratio((above, part), (below, part)), 100)

    def times(above: Cell, part: str, below: Cell, other: str) -> Callable[[Results], float | None]:
        return lambda results: results.ratio((above, part), (below, other))

    return [
        Target("full run, engagement path / floor", 6, "x", times(full, ENGAGEMENT, floor, "all")),
        Target("full run, everything / floor", 16, "x", times(full, EVERYTHING, floor, "all")),
        Target(
            f"engagement path, {MANY_RULES} rules / {FEW_RULES} rules",
            1.7,
            "x",
            times(many, ENGAGEMENT, few, ENGAGEMENT),
        ),
        Target(
            f"{MANY_RULES} rules, everything / CASE WHEN totals",
            1,
            "x",
            times(many, EVERYTHING, case_when, "all"),
        ),
        Target(
            "later on the same day, everything / full run",
            50,
            "%",
            share(same_day, full, EVERYTHING),
        ),
        Target(
            "across midnight, everything / full run", 50, "%", share(next_day, full, EVERYTHING)
        ),
        Target(
            "90 days of history of a tenth of the leads / one score of them",
            10,
            "x",
            times(history, "all", command, "all"),
        ),
        Target(
            "peak memory of a full run",
            MOST_MEMORY / 1e9,
            "GB",
            lambda results: _times(results.memory(full), 1e-9),
        ),
    ]


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
