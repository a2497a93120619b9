"""Where a score stands: among others, below the next stage, low or unknown (contract 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from oracle.points import Moment
from oracle.results import LeadScore, Score
from oracle.rule_types import Threshold
from oracle.settings import Settings


@dataclass(frozen=True)
class Place:
    """Next stage, and what total, fit and engagement miss of it: None without a next stage."""

    next_stage: str | None
    missing: tuple[int, int, int] | None
    evidence: str | None


def events_in_30_days(moment: Moment) -> int:
    """The counting events of types that are listed, of today and the 29 days before."""
    types = moment.rulebook.event_types
    return sum(one.event_type in types and one.age < 30 for one in moment.state.events)


def place_of(
    score: Score, thresholds: Sequence[Threshold], events: int, settings: Settings
) -> Place:
    """Where a lead's score stands on its own scorecard's ladder of stages."""
    ladder = sorted((one for one in thresholds if one.ladder == "stage"), key=lambda one: one.rank)
    labels = [one.label for one in ladder]
    if score.is_disqualified or score.stage not in labels[:-1]:
        return Place(None, None, None)
    at = labels.index(score.stage)
    scores = (score.total_score, score.fit_score, score.engagement_score)
    total, fit, engagement = (
        max(0, -((have - minimum).__floor__())) if minimum is not None else 0
        for have, minimum in zip(scores, ladder[at + 1].minimums, strict=True)
    )
    evidence = None
    if at == 0:
        coverage = Fraction(1) if score.fit_coverage is None else Fraction(score.fit_coverage)
        is_unknown = (
            coverage * 100 < settings.unknown_below_percent
            and events < settings.unknown_below_events
        )
        evidence = "unknown" if is_unknown else "low"
    return Place(labels[at + 1], (total, fit, engagement), evidence)


def with_percentiles(leads: Sequence[LeadScore]) -> list[LeadScore]:
    """The leads, each with the share in percent of those of its own scorecard that score less,
    rounded down."""
    found = []
    for lead in leads:
        others = [
            one.score.total_score for one in leads if one.score.scorecard == lead.score.scorecard
        ]
        lower = sum(total < lead.score.total_score for total in others)
        found.append(replace(lead, percentile=100 * lower // len(others)))
    return found
