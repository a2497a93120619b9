"""Writes a preview as one HTML page that needs nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Mapping

from lead_scoring.pages import charts
from lead_scoring.pages.charts import BeforeAndAfter, Bin
from lead_scoring.pages.rendering import render
from lead_scoring.preview import words
from lead_scoring.preview.comparison import Comparison
from lead_scoring.preview.outcomes import Conversion

MOST_RULES = 200
MOST_REASONS = 5


def as_page(comparison: Comparison, minimums: Mapping[str, int], most_movers: int) -> str:
    """Returns the page; of the movers so many that rise, and so many that fall.

    minimums: stage -> the total score at which it begins, where that is the same for all leads.
    """
    rates = [side.rate for sides in comparison.outcomes.grades.values() for side in sides]
    best = max((float(rate) for rate in rates if rate), default=1.0)

    def share_of_best(side: Conversion) -> float:
        return round(100 * float(side.rate or 0) / best, 1)

    return render(
        "preview.html.jinja",
        comparison=comparison,
        words=words,
        explanations={
            name: text[0].upper() + text[1:] for name, text in words.EXPLANATIONS.items()
        },
        stages=charts.pairs(comparison.stages),
        moves=_moves(comparison),
        scores=charts.histogram(
            [
                Bin(words.bin_name(place), change.before, change.after)
                for place, change in enumerate(comparison.scores)
            ],
            minimums,
            lambda most: f"highest bar: {words.leads(most)}",
        ),
        grades=charts.grid(comparison.grades) if comparison.grades else None,
        handoffs=_handoffs(comparison),
        share_of_best=share_of_best,
        rising=[mover for mover in comparison.movers if mover.rises],
        falling=[mover for mover in comparison.movers if not mover.rises],
        most_movers=most_movers,
        most_rules=MOST_RULES,
        most_reasons=MOST_REASONS,
    )


def _moves(comparison: Comparison) -> list[tuple[int, str, str]]:
    """Returns how many leads go from which stage to which other, the most first."""
    moves = [(leads, *move) for move, leads in comparison.moves.items() if move[0] != move[1]]
    return sorted(moves, reverse=True)


def _handoffs(comparison: Comparison) -> charts.BarChart:
    capacity = comparison.weekly_capacity
    changes: dict[str, BeforeAndAfter] = {"all": comparison.handoffs}
    changes |= {f"to {stage}": change for stage, change in comparison.handoffs_to.items()}
    name = f"capacity: {capacity:,} a week" if capacity is not None else ""
    return charts.pairs(changes, capacity, name)
