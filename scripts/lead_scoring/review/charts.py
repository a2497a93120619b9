"""Draws the charts of the review, as HTML and SVG that need no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

HEADROOM = 1.15


@dataclass(frozen=True)
class Bar:
    """One bar. low, high: its interval; tick: what was expected; label: its figures in words."""

    name: str
    value: float
    label: str
    low: float | None = None
    high: float | None = None
    tick: float | None = None
    is_faint: bool = False  # of so few leads that its length says nothing


INTERVAL = "where the true rate lies, 95 % sure"


def bars(
    rows: Sequence[Bar],
    what: str,
    tick: str = "",
    interval: str = "",
    scale: tuple[float, float] | None = None,
) -> str:
    """Returns horizontal bars with a legend.

    what, tick, interval: what a bar, the mark and the thin line show, where there are any. scale:
    where bars begin and end; None: at 0, and a little beyond the longest. Faint bars do not
    stretch the chart; what lies outside of the scale is cut off.
    """
    sure = [bar for bar in rows if not bar.is_faint] or rows
    most = max([bar.value for bar in sure] + [bar.tick or 0 for bar in sure], default=0)
    scale = scale or (0.0, most * HEADROOM or 1.0)
    legend = [f'<span><i class="after"></i>{escape(what)}</span>']
    if interval:
        legend.append(f'<span><i class="whisker"></i>{escape(interval)}</span>')
    if tick:
        legend.append(f'<span><i class="tick"></i>{escape(tick)}</span>')
    if any(bar.is_faint for bar in rows):
        legend.append('<span><i class="faint"></i>too few leads to go by</span>')
    cells = "".join(_bar(bar, scale) for bar in rows)
    return f'<div class="legend">{"".join(legend)}</div><div class="bars review">{cells}</div>'


def _bar(bar: Bar, scale: tuple[float, float]) -> str:
    def place(value: float) -> float:
        return 100 * min(1.0, max(0.0, (value - scale[0]) / (scale[1] - scale[0])))

    kind = "faint" if bar.is_faint else "after"
    parts = [f'<div class="bar {kind}" style="width:{place(bar.value):.2f}%"></div>']
    if bar.low is not None and bar.high is not None:
        left, right = place(bar.low), place(bar.high)
        parts.append(
            f'<div class="whisker" style="left:{left:.2f}%;width:{right - left:.2f}%"></div>'
        )
    if bar.tick is not None:
        parts.append(f'<div class="tick" style="left:{place(bar.tick):.2f}%"></div>')
    return (
        f'<div class="name">{escape(bar.name)}</div><div class="pair">{"".join(parts)}</div>'
        f'<div class="numbers">{escape(bar.label)}</div>'
    )


@dataclass(frozen=True)
class Limit:
    """A vertical line of a curve, at a score."""

    score: int
    name: str
    kind: str  # current or recommended


def curves(
    title: str, series: Mapping[str, Sequence[tuple[int, float]]], limits: Sequence[Limit]
) -> str:
    """Returns lines over the scores 0 to 100; the values are shares from 0 to 1."""
    kinds = ("first", "second")
    legend = "".join(
        f'<span><i class="line {kind}"></i>{escape(name)}</span>'
        for kind, name in zip(kinds, series, strict=False)
    )
    legend += "".join(
        f'<span><i class="limit {limit.kind}"></i>{escape(limit.name)}: {limit.score}</span>'
        for limit in limits
    )
    paths = "".join(
        f'<path class="line {kind}" d="{_path(values)}"/>'
        for kind, values in zip(kinds, series.values(), strict=False)
        if values
    )
    lines = "".join(
        f'<path class="limit {limit.kind}" d="M{limit.score} 0V100"/>' for limit in limits
    )
    grid = "".join(f'<path class="grid" d="M0 {place}H100"/>' for place in (0, 25, 50, 75))
    marks = "".join(f'<span style="left:{mark}%">{mark}</span>' for mark in range(0, 101, 20))
    return (
        f'<div class="curves"><h3>{escape(title)}</h3><div class="legend">{legend}</div>'
        '<div class="frame"><div class="scale"><span>100 %</span><span>50 %</span><span>0 %</span>'
        f'</div><svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(title)}">{grid}{lines}{paths}</svg></div>'
        f'<div class="axis">{marks}</div></div>'
    )


def _path(values: Sequence[tuple[int, float]]) -> str:
    return "M" + "L".join(f"{score} {100 - 100 * share:.2f}" for score, share in values)
