"""The charts of the pages: where each part lies. templates/charts.html.jinja draws them.

Places and lengths are percentages of a chart's width or height, from its left and its top.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar, Protocol

HEADROOM = 1.15  # by how much a chart is longer than its longest bar
FULL = 0.97  # of a histogram's height, its highest bar
INTERVAL = "where the true rate lies, 95 % sure"
MARKS = range(0, 101, 20)  # of an axis of scores
LINES = ("first", "second")


class BeforeAndAfter(Protocol):
    """A count under the base rules and under the edited ones."""

    @property
    def before(self) -> int:
        """Returns the count under the base rules."""

    @property
    def after(self) -> int:
        """Returns the count under the edited rules."""


@dataclass(frozen=True)
class Key:
    """An entry of a legend. kind: how what it explains is drawn."""

    kind: str
    words: str


@dataclass(frozen=True)
class Row:
    """A row of bars, below each other. Each bar: how it is drawn, and its length."""

    name: str
    bars: tuple[tuple[str, float], ...]
    numbers: tuple[str, ...]
    interval: tuple[float, float] | None = None  # place, length
    marks: tuple[tuple[str, float], ...] = ()  # lines across: how drawn, place


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars with a legend. layout: pairs, or single ones with long names."""

    kind: ClassVar[str] = "bars"
    layout: str
    legend: tuple[Key, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Bin:
    """A range of scores: its name and its counts."""

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Column:
    """A bar of a histogram; words: what is shown where the pointer rests on it."""

    left: float
    width: float
    height: float
    words: str


@dataclass(frozen=True)
class Histogram:
    """Counts by score: columns after, an outline before, and lines at the limits."""

    kind: ClassVar[str] = "histogram"
    columns: tuple[Column, ...]
    outline: str  # the d of a path
    limits: Mapping[str, int]  # label -> score
    highest: str
    marks: ClassVar[range] = MARKS


@dataclass(frozen=True)
class Cell:
    """A cell of a grid: a count, its change, and how strongly that colours the cell (0 to 1)."""

    after: int
    difference: int
    strength: float


@dataclass(frozen=True)
class Grid:
    """Counts by two labels, one downwards and one across."""

    kind: ClassVar[str] = "grid"
    across: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True)
class Limit:
    """A vertical line of a chart of curves, at a score."""

    score: int
    name: str
    kind: str  # current or recommended


@dataclass(frozen=True)
class Curves:
    """Lines over the scores 0 to 100. lines: how each is drawn, and the d of its path."""

    kind: ClassVar[str] = "curves"
    title: str
    legend: tuple[Key, ...]
    lines: tuple[tuple[str, str], ...]
    limits: tuple[Limit, ...]
    marks: ClassVar[range] = MARKS


@dataclass(frozen=True)
class Signed:
    """Bars to the left and to the right of a middle. rows: name, how drawn, left, width, number."""

    kind: ClassVar[str] = "signed"
    title: str
    rows: tuple[tuple[str, str, float, float, str], ...]


Chart = BarChart | Histogram | Grid | Curves | Signed


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


def bars(
    rows: Sequence[Bar],
    what: str,
    tick: str = "",
    interval: str = "",
    scale: tuple[float, float] | None = None,
) -> BarChart:
    """Returns horizontal bars.

    what, tick, interval: what a bar, the mark and the thin line show, where there are any. scale:
    where bars begin and end; None: at 0, and a little beyond the longest. Faint bars do not
    stretch the chart; what lies outside of the scale is cut off.
    """
    sure = [bar for bar in rows if not bar.is_faint] or rows
    most = max([bar.value for bar in sure] + [bar.tick or 0 for bar in sure], default=0)
    scale = scale or (0.0, most * HEADROOM or 1.0)
    legend = [Key("after", what)]
    if interval:
        legend.append(Key("interval", interval))
    if tick:
        legend.append(Key("tick", tick))
    if any(bar.is_faint for bar in rows):
        legend.append(Key("faint", "too few leads to go by"))
    return BarChart("single", tuple(legend), tuple(_row(bar, scale) for bar in rows))


def _row(bar: Bar, scale: tuple[float, float]) -> Row:
    def place(value: float) -> float:
        return round(100 * min(1.0, max(0.0, (value - scale[0]) / (scale[1] - scale[0]))), 2)

    interval = None
    if bar.low is not None and bar.high is not None:
        interval = (place(bar.low), round(place(bar.high) - place(bar.low), 2))
    return Row(
        bar.name,
        (("faint" if bar.is_faint else "after", place(bar.value)),),
        (bar.label,),
        interval,
        () if bar.tick is None else (("tick", place(bar.tick)),),
    )


def signed(
    title: str, values: Sequence[tuple[str, float, str]], most: float, faint: frozenset[int]
) -> Signed:
    """Returns bars of values below and above 0.

    values: name, value and its figure in words. most: the value at either end of the chart. faint:
    places of those that rest on little.
    """
    rows = []
    for place, (name, value, number) in enumerate(values):
        width = round(50 * min(1.0, abs(value) / (most or 1.0)), 2)
        kind = "faint" if place in faint else "up" if value > 0 else "down"
        rows.append((name, kind, 50.0 if value > 0 else round(50 - width, 2), width, number))
    return Signed(title, tuple(rows))


def pairs(
    changes: Mapping[str, BeforeAndAfter], limit: int | None = None, limit_name: str = ""
) -> BarChart:
    """Returns two bars for each name, before and after, and a line at the limit if there is one."""
    counts = chain.from_iterable((change.before, change.after) for change in changes.values())
    most = max(1, limit or 0, *counts)
    legend = [Key("before", "before"), Key("after", "after")]
    marks: tuple[tuple[str, float], ...] = ()
    if limit is not None:
        legend.append(Key("limit", limit_name))
        marks = (("limit", _percent(limit, most)),)
    rows = [
        Row(
            name,
            (("before", _percent(change.before, most)), ("after", _percent(change.after, most))),
            (f"{change.before:,}", f"{change.after:,}"),
            marks=marks,
        )
        for name, change in changes.items()
    ]
    return BarChart("pairs", tuple(legend), tuple(rows))


def histogram(
    bins: Sequence[Bin], limits: Mapping[str, int], highest: Callable[[int], str]
) -> Histogram:
    """Returns the distribution of the scores 0 to 100, in bins of one width, the lowest first.

    limits: label -> the score at which it begins. highest: what is said of the highest count.
    """
    width = 100 / len(bins)
    most = max(1, *(max(one.before, one.after) for one in bins))
    outline = ["M0 100"]
    columns = []
    for place, one in enumerate(bins):
        left = place * width
        outline.append(f"V{100 - FULL * _percent(one.before, most):.2f}H{left + width:g}")
        words = f"{one.name} points: {one.before:,} before, {one.after:,} after"
        columns.append(Column(left, width, round(FULL * _percent(one.after, most), 2), words))
    return Histogram(tuple(columns), "".join([*outline, "V100"]), limits, highest(most))


def grid(changes: Mapping[tuple[str, str], BeforeAndAfter]) -> Grid:
    """Returns counts by a label downwards and one across, coloured by how much they change."""
    across = sorted({right for _, right in changes})
    counts = {place: (one.after, one.after - one.before) for place, one in changes.items()}
    largest = max(1, *(abs(difference) for _, difference in counts.values()))
    rows = []
    for down in sorted({left for left, _ in changes}):
        cells = []
        for right in across:
            after, difference = counts.get((down, right), (0, 0))
            strength = round(0.08 + 0.32 * abs(difference) / largest, 2) if difference else 0
            cells.append(Cell(after, difference, strength))
        rows.append((down, tuple(cells)))
    return Grid(tuple(across), tuple(rows))


def curves(
    title: str, series: Mapping[str, Sequence[tuple[int, float]]], limits: Sequence[Limit]
) -> Curves:
    """Returns at most two lines over the scores 0 to 100; the values are shares from 0 to 1."""
    drawn = list(zip(LINES, series.items(), strict=False))
    legend = [Key(f"line {kind}", name) for kind, (name, _) in drawn]
    legend += [Key(f"limit {limit.kind}", f"{limit.name}: {limit.score}") for limit in limits]
    lines = [(kind, _path(values)) for kind, (_, values) in drawn if values]
    return Curves(title, tuple(legend), tuple(lines), tuple(limits))


def _path(values: Sequence[tuple[int, float]]) -> str:
    return "M" + "L".join(f"{score} {100 - 100 * share:.2f}" for score, share in values)


def _percent(count: int, most: int) -> float:
    return round(100 * count / most, 2)
