"""The plot of all decay curves, as an SVG. Needs the packages of the tests: altair, vl-convert."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from lead_scoring.rules.decay_curves import Curve, curve_words

DAYS = 120
PANELS_IN_A_ROW = 2


def plot_description(curves: Sequence[Curve]) -> dict[str, Any]:
    """Returns the plot in the words of Vega-Lite: one panel per curve, ten points over 120 days."""
    altair = import_module("altair")
    values = [
        {"decay": curve.decay, "days": days, "points": float(curve.points(days))}
        for curve in curves
        for days in range(DAYS + 1)
    ]
    lines = (
        altair.Chart(altair.Data(values=values))
        # A day's points hold the whole day.
        .mark_line(interpolate="step-after", strokeWidth=2, color="#1b6ca8")
        .encode(
            x=altair.X("days:Q", title="days", axis=altair.Axis(values=list(range(0, 121, 30)))),
            y=altair.Y("points:Q", title="points", axis=altair.Axis(values=[0, 5, 10])),
        )
        .properties(width=280, height=90)
    )
    headings = {curve.decay: f"{curve.decay}: {curve_words(curve)}" for curve in curves}
    panels = [
        lines.transform_filter(altair.datum.decay == curve.decay).properties(
            title=_wrapped(headings[curve.decay])
        )
        for curve in curves
    ]
    chart = altair.concat(*panels, columns=PANELS_IN_A_ROW).configure_title(
        fontSize=12, fontWeight="normal", anchor="start"
    )
    description: dict[str, Any] = chart.to_dict()
    return description


def fingerprint(description: dict[str, Any]) -> str:
    """Returns what tells whether a drawing shows this plot: fonts differ between machines."""
    text = json.dumps(description, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def drawn(description: dict[str, Any]) -> str:
    """Returns the plot as SVG text, marked with its fingerprint."""
    svg: str = import_module("vl_convert").vegalite_to_svg(description)
    return f"<!-- {fingerprint(description)} -->\n{svg}\n"


def shows(svg: str, description: dict[str, Any]) -> bool:
    """Returns whether an SVG was drawn from this plot."""
    return svg.startswith(f"<!-- {fingerprint(description)} -->")


def _wrapped(heading: str) -> list[str]:
    name, _, words = heading.partition(": ")
    return [name, words]
