"""Draws the charts of the page, as HTML and SVG that need no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from lead_scoring.preview import words
from lead_scoring.preview.comparison import BIN_WIDTH, Change

HEIGHT = 100  # of a histogram, in the units of its own drawing; its width is 100 points of score

LEGEND = (
    '<div class="legend"><span><i class="before"></i>before</span>'
    '<span><i class="after"></i>after</span>{more}</div>'
)


def bars(changes: Mapping[str, Change], limit: int | None = None, limit_name: str = "") -> str:
    """Returns two bars for each name, before and after, and a line at the limit if there is one."""
    counts = [count for change in changes.values() for count in (change.before, change.after)]
    most = max(1, limit or 0, *counts)
    line = ""
    more = ""
    if limit is not None:
        line = f'<div class="limit-line" style="left:{_percent(limit, most)}"></div>'
        more = f'<span><i class="limit"></i>{escape(limit_name)}</span>'
    rows = [
        f'<div class="name">{escape(name)}</div><div class="pair">'
        f'<div class="bar before" style="width:{_percent(change.before, most)}"></div>'
        f'<div class="bar after" style="width:{_percent(change.after, most)}"></div>{line}</div>'
        f'<div class="numbers"><span class="soft">{change.before:,}</span><br>'
        f"{change.after:,}</div>"
        for name, change in changes.items()
    ]
    return f'{LEGEND.format(more=more)}<div class="bars">{"".join(rows)}</div>'


def histogram(scores: Sequence[Change], minimums: Mapping[str, int]) -> str:
    """Returns the distribution of total scores: bars after, a line before.

    minimums: label -> the total score at which it begins, drawn as lines.
    """
    most = max(1, *(max(change.before, change.after) for change in scores))
    bars_after = []
    hovers = []
    outline = [f"M0 {HEIGHT}"]
    for place, change in enumerate(scores):
        left = place * BIN_WIDTH
        top = _height(change.after, most)
        bars_after.append(
            f'<rect x="{left + 0.4}" y="{HEIGHT - top:.2f}" width="{BIN_WIDTH - 0.8}" '
            f'height="{top:.2f}"/>'
        )
        outline.append(f"V{HEIGHT - _height(change.before, most):.2f}H{left + BIN_WIDTH}")
        hovers.append(
            f'<rect class="hover" x="{left}" y="0" width="{BIN_WIDTH}" height="{HEIGHT}"><title>'
            f"{words.bin_name(place)} points: {change.before:,} before, "
            f"{change.after:,} after</title></rect>"
        )
    limits = "".join(
        f'<path class="limit" d="M{minimum} 0V{HEIGHT}"/>' for minimum in minimums.values()
    )
    names = "".join(
        f'<span style="left:{minimum}%">{escape(label)}</span>'
        for label, minimum in minimums.items()
    )
    marks = "".join(f'<span style="left:{mark}%">{mark}</span>' for mark in range(0, 101, 20))
    highest = f"<span>highest bar: {words.leads(most)}</span>"
    return (
        '<div class="histogram"><div class="legend"><span><i class="outline"></i>before</span>'
        f'<span><i class="after"></i>after</span>{highest}</div>'
        # An empty first and last mark: those between them are centred on their place.
        f'<div class="axis above"><span></span>{names}<span></span></div>'
        f'<svg viewBox="0 0 100 {HEIGHT}" preserveAspectRatio="none" role="img" '
        'aria-label="Distribution of total scores before and after">'
        f'{"".join(bars_after)}{limits}<path class="outline" d="{"".join(outline)}V{HEIGHT}"/>'
        f'{"".join(hovers)}</svg><div class="axis">{marks}</div></div>'
    )


def grades(changes: Mapping[tuple[str, str], Change]) -> str:
    """Returns the leads per fit grade (down) and engagement grade (across), with their change."""
    fits = sorted({fit for fit, _ in changes})
    engagements = sorted({engagement for _, engagement in changes})
    largest = max(1, *(abs(change.difference) for change in changes.values()))
    heads = "".join(f"<th>{escape(engagement)}</th>" for engagement in engagements)
    body = []
    for fit in fits:
        cells = [
            _grade(changes.get((fit, engagement), Change(0, 0)), largest)
            for engagement in engagements
        ]
        body.append(f"<tr><th>{escape(fit)}</th>{''.join(cells)}</tr>")
    return (
        f'<table class="grid"><thead><tr><th></th>{heads}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def _grade(change: Change, largest: int) -> str:
    difference = change.difference
    strength = 0.08 + 0.32 * abs(difference) / largest if difference else 0
    colour = "47,111,179" if difference > 0 else "199,125,26"  # neither is good in itself
    note = words.signed_count(difference) if difference else ""
    return (
        f'<td style="background:rgba({colour},{strength:.2f})"><b>{change.after:,}</b>'
        f"<small>{note}</small></td>"
    )


def _height(count: int, most: int) -> float:
    return HEIGHT * 0.97 * count / most


def _percent(count: int, most: int) -> str:
    return f"{100 * count / most:.2f}%"
