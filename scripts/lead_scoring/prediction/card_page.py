"""The card of a likelihood as a page: one file that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lead_scoring.pages.charts import Bar, BarChart, Key, Signed, bars, signed
from lead_scoring.pages.rendering import render
from lead_scoring.prediction.card import MOST_SHAPES, Values, failures_with
from lead_scoring.prediction.card_words import sections, summary
from lead_scoring.review.pages import Tile
from lead_scoring.review.section import Mark

MOST_BINS = 14  # of a picture
MOST_WEIGHTS = 20
ADVICE = {Mark.act: "take care", Mark.fine: "use it", Mark.unknown: "too little known"}
FEWEST_ROWS = 20


def card_page(values: Values, approvals: Sequence[Mapping[str, str]]) -> str:
    """Returns the page. approvals: of the likelihood as it stands, the latest last."""
    use, mark = summary(values, approvals)
    shown = values["features"][:MOST_SHAPES]
    most = max((abs(one["log_odds"]) for feature in shown for one in feature["bins"]), default=0.0)
    return render(
        "likelihood_card.html.jinja",
        title=f"The likelihood {values['prediction']}",
        use=use,
        mark=Mark[mark],
        advice=ADVICE[Mark[mark]],
        tiles=_tiles(values, approvals),
        sections=sections(values, approvals),
        weights=_weights(values),
        keys=(
            Key("up", "likelier"),
            Key("down", "less likely"),
            Key("faint", "rests on fewer than 20 moments"),
        ),
        shapes=[_shape(one, most) for one in shown],
        calibration=_calibration(values),
    )


def _tiles(values: Values, approvals: Sequence[Mapping[str, str]]) -> list[Tile]:
    forward = values["forward"]
    failures = failures_with(values, approvals)
    waits = "it is approved" if approvals else "it may be live once it is approved"
    found = [
        Tile(
            "Gate",
            "holds" if not failures else "does not hold",
            failures[0] if failures else waits,
        ),
        Tile(
            "Approved",
            approvals[-1]["approved_by"] if approvals else "by nobody",
            approvals[-1]["purpose"] if approvals else "it decides nothing",
        ),
    ]
    if forward is not None and forward["areas"] is not None:
        area, low, high = forward["areas"]["likelihood"]
        found.append(
            Tile(
                "Ranks later leads",
                f"{area:.3f}",
                f"AUC, {low:.3f} to {high:.3f}; scorecard {forward['areas']['scorecard'][0]:.3f}",
            )
        )
        found.append(
            Tile(
                "Off by",
                f"{100 * forward['error']:.1f} points",
                "percentage points, on average, between what was foretold and what came",
            )
        )
    return found


def _weights(values: Values) -> BarChart:
    rows = [
        Bar(one["words"], one["share"], f"{100 * one['share']:.0f} %")
        for one in values["features"][:MOST_WEIGHTS]
    ]
    return bars(rows, "share of all that moves the likelihood")


def _shape(feature: Values, most: float) -> Signed:
    shown = feature["bins"][:MOST_BINS]
    named = [
        (_short(one["words"]), one["log_odds"], f"{one['log_odds']:+.2f} ({one['rows']:,})")
        for one in shown
    ]
    faint = frozenset(place for place, one in enumerate(shown) if one["rows"] < FEWEST_ROWS)
    left = len(feature["bins"]) - len(shown)
    title = feature["words"] + (f" ({left} more bins)" if left else "")
    return signed(title, named, most, faint)


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}..."


def _calibration(values: Values) -> BarChart | None:
    if values["forward"] is None:
        return None
    groups = values["forward"]["groups"]
    rows = [
        Bar(
            f"group {one['value']} of {len(groups)}",
            one["came"],
            f"{100 * one['came']:.1f} % of {one['rows']:,}",
            one["low"],
            one["high"],
            one["foretold"],
        )
        for one in groups
    ]
    return bars(rows, "share with the outcome", "foretold", "where the true share lies, 95 % sure")
