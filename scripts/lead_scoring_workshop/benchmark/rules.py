"""Engagement rules of any number, of which rule tables, CASE WHEN and pandas can be made."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle

from lead_scoring_workshop.benchmark.event_queries import EVENT_TYPES

# Of an audience the lowest and the highest number of employees.
SCORECARDS = {"enterprise": (1000, None), "mid_market": (100, 999), "small_business": (None, None)}

# decay, method, clock, days, percent, grace_days, floor_percent, expire_days
CURVES = (
    ("half_life_30", "half_life", "event", 30, "", "", "", ""),
    ("half_life_14", "half_life", "event", 14, "", "", "", 180),
    ("linear_90", "linear", "event", 90, "", "", "", ""),
    ("step_compound_30", "step_compound", "event", 30, 25, "", "", ""),
    ("window_60", "window", "event", 60, "", "", "", ""),
    ("step_linear_30", "step_linear", "event", 30, 20, 10, 10, 365),
    ("no_decay", "none", "event", "", "", "", "", ""),
    ("activity_30", "step_compound", "activity", 30, 10, "", "", ""),
)


@dataclass(frozen=True)
class EngagementRule:
    """A row of engagement_rules, and what a scorecard's own row puts in its place."""

    rule_id: str
    event_type: str
    attribute: str  # blank: every event of the type
    operator: str
    value: str
    points: int
    decay: str
    own_points: tuple[tuple[str, int], ...] = ()  # scorecard, points


def engagement_rules(count: int, *, without_activity: bool = False) -> list[EngagementRule]:
    """Returns so many rules: 40 event types in turn, every third rule about pages of a section.

    without_activity: no curve that runs on the clock of activity.
    """
    curves = [curve[0] for curve in CURVES if not (without_activity and curve[2] == "activity")]
    rules = []
    for place, decay in zip(range(count), cycle(curves), strict=False):
        event_type, _, has_url, _, has_quantity, *_ = EVENT_TYPES[place % len(EVENT_TYPES)]
        points = -5 if place % 15 == 14 else 1 + place * 7 % 20
        condition = ("", "", "")
        if has_url and (place % 3 == 0 or place >= len(EVENT_TYPES)):
            condition = ("url", "contains", f"/section-{place * 7 % 60}/")
        elif has_quantity and not has_url and place % 2:
            condition = ("quantity", "gte", "30")
        own_points: tuple[tuple[str, int], ...] = ()
        if place % 5 == 0:
            own_points = ((list(SCORECARDS)[place // 5 % len(SCORECARDS)], points + 3),)
        rules.append(
            EngagementRule(f"rule_{place:03d}", event_type, *condition, points, decay, own_points)
        )
    return rules


def floor_rules() -> list[EngagementRule]:
    """Returns one rule for each event type, all with the half-life of 30 days."""
    return [
        EngagementRule(
            f"rule_{place:03d}", event_type, "", "", "", 1 + place * 7 % 20, CURVES[0][0]
        )
        for place, (event_type, *_) in enumerate(EVENT_TYPES)
    ]
