"""The plot of what was measured: against other ways, by rules and by events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

Point = Mapping[str, object]


def plot_description(
    ways: Sequence[Point], by_rules: Sequence[Point], by_events: Sequence[Point]
) -> dict[str, Any]:
    """Returns three panels in the words of Vega-Lite.

    Each point has `way` and `seconds`; those of the second panel `rules`, of the third `events` in
    millions.
    """
    altair = import_module("altair")
    size = {"width": 320, "height": 130}
    seconds = altair.Y("seconds:Q", title="seconds")
    colour = altair.Color("way:N", title=None, sort=None)
    bars = (
        altair.Chart(altair.Data(values=list(ways)))
        .mark_bar(color="#1b6ca8")
        .encode(
            x=altair.X("seconds:Q", title="seconds"),
            y=altair.Y("way:N", title=None, sort=None),
        )
        .properties(title="The same events", **size)
    )
    panels = [bars]
    for points, column, title in (
        (by_rules, "rules", "By number of engagement rules"),
        (by_events, "events", "By millions of events"),
    ):
        panels.append(
            altair.Chart(altair.Data(values=list(points)))
            .mark_line(point=True)
            .encode(x=altair.X(f"{column}:Q", title=column), y=seconds, color=colour)
            .properties(title=title, **size)
        )
    chart = altair.vconcat(*panels).configure_title(
        fontSize=12, fontWeight="normal", anchor="start"
    )
    description: dict[str, Any] = chart.to_dict()
    return description
