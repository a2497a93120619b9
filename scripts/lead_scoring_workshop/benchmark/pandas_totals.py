"""The totals of a CASE WHEN model in pandas, as someone who knows pandas would write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from lead_scoring_workshop.benchmark.rules import CURVES, EngagementRule

Numbers = npt.NDArray[np.float64]


def totals(
    kept_events: Path, scorecards_of_leads: Path, rules: Sequence[EngagementRule], day: str
) -> Any:
    """Returns a Series of points by lead_id, from two Parquet files, as of a day."""
    pandas = import_module("pandas")
    events = pandas.read_parquet(
        kept_events, columns=["lead_id", "event_type", "occurred_at", "url", "quantity"]
    )
    scorecards = pandas.read_parquet(scorecards_of_leads).set_index("lead_id")["scorecard"]
    age = (pandas.Timestamp(day) - events["occurred_at"].dt.normalize()).dt.days.to_numpy(float)
    # Each event type is looked up once: far cheaper than a comparison for each rule.
    places_of_types = events.groupby("event_type", observed=True).indices
    factors = {curve[0]: _factor(curve, age) for curve in CURVES if curve[2] == "event"}
    scorecard_of_event = events["lead_id"].map(scorecards).to_numpy(dtype=str)
    points = np.zeros(len(events))
    for rule in rules:
        places = places_of_types.get(rule.event_type, np.empty(0, dtype=np.int64))
        if rule.operator == "contains":
            values = events[rule.attribute].iloc[places]
            places = places[values.str.contains(rule.value, regex=False).to_numpy(bool)]
        elif rule.operator == "gte":
            places = places[events[rule.attribute].to_numpy()[places] >= float(rule.value)]
        worth = np.full(len(places), float(rule.points))
        for scorecard, own_points in rule.own_points:
            worth[scorecard_of_event[places] == scorecard] = own_points
        points[places] += worth * factors[rule.decay][places]
    return events.assign(points=points).groupby("lead_id")["points"].sum()


def _factor(curve: tuple[Any, ...], age: Numbers) -> Numbers:
    _, method, _, days, percent, grace_days, floor_percent, expire_days = curve
    late = np.maximum(0, age - (grace_days or 0))
    share = (percent or 0) / 100
    methods: dict[str, Callable[[], Numbers]] = {
        "none": lambda: np.ones_like(age),
        "window": lambda: (age < days).astype(float),
        "linear": lambda: np.maximum(0, 1 - late / days),
        "step_linear": lambda: np.maximum(0, 1 - share * np.floor(late / days)),
        "step_compound": lambda: (1 - share) ** np.floor(late / days),
        "half_life": lambda: 0.5 ** (late / days),
    }
    factor = np.maximum(methods[method](), (floor_percent or 0) / 100)
    return np.where(age < expire_days, factor, 0.0) if expire_days else factor
