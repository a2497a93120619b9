"""Chooses a half-life by backtest: the same rules, scored by each candidate curve in one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import duckdb
import numpy as np

from lead_scoring.rules.rule_set import RuleSet
from lead_scoring.suggest.candidate_kinds import Candidate, Days
from lead_scoring.suggest.card import UNIT, Card
from lead_scoring.suggest.measures import Area, area
from lead_scoring.suggest.rule_rows import Tables, copied_rows, curve_name, curve_rows
from lead_scoring.suggest.sample import Flags, Real, Sample, Whole
from lead_scoring.suggest.thresholds import threshold_rows

HALF_LIVES = (1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 180)
AS_IT_IS = "as it is"
NO_DECAY = "none"
OF_NO_USE = 0.002  # of AUC: nobody would notice


@dataclass(frozen=True)
class Curve:
    """One candidate: the words for it, its challenger, its half-life in days (None: no decay)."""

    words: str
    scorecard: str
    half_life: int | None


@dataclass(frozen=True)
class Measured:
    """A candidate, how well its points sort, and by how much less than the best."""

    curve: Curve
    value: float
    error: float
    behind: float
    behind_error: float
    is_chosen: bool


def candidate_curves(base: str) -> list[Curve]:
    """Returns the candidates in the order of simplicity: what stands, no decay, slow, fast."""
    fading = [Curve(_days(days), f"{base}__{days}_days", days) for days in reversed(HALF_LIVES)]
    return [Curve(AS_IT_IS, base, None), Curve(NO_DECAY, f"{base}__no_decay", None), *fading]


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"


def has_engagement_rules(rules: RuleSet, base: str) -> bool:
    """Whether the scorecard has engagement rules whose points could fade."""
    return any(row["points"] for row in rules.effective("engagement_rules", base, ("rule_id",)))


def decay_rows(rules: RuleSet, base: str, curve: Curve) -> Tables:
    """Returns the rows that make a curve's challenger: the scorecard with that curve everywhere."""
    rows = copied_rows(rules, base, curve.scorecard)
    decay = ""
    if curve.half_life is not None:
        decay = curve_name(rules, curve.half_life)
        rows["decay_curves"] = curve_rows(rules, curve.half_life)
    for row in rows.get("engagement_rules", []):
        row["decay"] = decay
    return rows


def measured_rows(rules: RuleSet, base: str, curve: Curve) -> Tables:
    """Returns the rows of a curve's challenger that only engagement points are asked of.

    Fit points do not fade: those of every candidate are the scorecard's, and are computed once.
    """
    rows = decay_rows(rules, base, curve)
    rows["fit_rules"] = [{**row, "points": ""} for row in rows.get("fit_rules", [])]
    return rows


@dataclass(frozen=True)
class CurveCard:
    """The scorecard with the chosen curve, as a challenger: its rows, and what it must score."""

    name: str
    rows: Tables
    expected: Mapping[str, Whole]


def curve_card(
    rules: RuleSet,
    base: str,
    curve: Curve,
    name: str,
    before: Mapping[str, Whole],
    found: Mapping[str, Whole],
    fitted_to: str,
) -> CurveCard:
    """Returns a challenger with the rules of `base` and another curve.

    before, found: scores and points of the same moments by the base and by the curve's candidate,
    which has engagement points alone.
    Points that fade otherwise are other sums: the most that a lead had is the new 100, and
    thresholds move along. fitted_to: how the note begins, see rule_rows.fitted_to.
    """
    rows = decay_rows(rules, base, replace(curve, scorecard=name))
    own = rows["scorecards"][0]
    most = -(-int(found["engagement_points"].max()) // UNIT)
    own["engagement_points_for_100"] = str(max(1, most))
    own["priority"] = ""
    own["description"] = f"The rules of {base} with another decay"
    own["note"] = f"{fitted_to}half-life chosen by backtest: {curve.words}"
    scale = Card(
        (),
        Decimal(own["fit_points_for_100"]),
        max(1, most),
        Decimal(own["fit_weight"]),
        len(found["engagement_points"]),
    )
    expected = scale.scores_of(before["fit_points"], found["engagement_points"])
    rows["thresholds"] = threshold_rows(rules, base, name, before, expected)
    return CurveCard(name, rows, expected)


def measure_curves(
    connection: duckdb.DuckDBPyConnection, sample: Sample, curves: Sequence[Curve]
) -> list[Measured]:
    """Returns every candidate with its AUC of engagement points; one of them is chosen.

    Chosen is the first, in the order of simplicity, that is no worse than the best by more than
    one standard error of their difference, or by so little that it is of no use. Points are
    measured and not scores: a score is rounded, and what that costs depends on points_for_100.
    """
    areas = {
        curve.scorecard: area(sample.label, _points(connection, curve.scorecard), sample.months)
        for curve in curves
    }
    best = max(areas.values(), key=lambda one: one.value)
    measured = [_measured(curve, areas[curve.scorecard], best, sample) for curve in curves]
    chosen = next(
        place
        for place, one in enumerate(measured)
        if one.behind <= max(one.behind_error, OF_NO_USE)
    )
    return [
        Measured(one.curve, one.value, one.error, one.behind, one.behind_error, place == chosen)
        for place, one in enumerate(measured)
    ]


def half_life_of_days(candidates: Sequence[Candidate], label: Flags) -> int | None:
    """Returns the half-life, in days, by which days with events sort best; None without events.

    For scorecards without engagement rules, whose own points cannot tell.
    """
    days = [one for one in candidates if isinstance(one, Days)]
    if not days:
        return None
    areas = {}
    for half_life in reversed(HALF_LIVES):
        worth = np.zeros(len(label))
        for one in days:
            np.add.at(worth, one.rows, 2.0 ** (-one.ages / half_life))
        areas[half_life] = area(label, worth).value
    return max(areas, key=lambda half_life: areas[half_life])


def _measured(curve: Curve, own: Area, best: Area, sample: Sample) -> Measured:
    behind, error = best.difference(own, sample.leads)
    return Measured(curve, own.value, own.error(sample.leads), behind, error, False)


def _points(connection: duckdb.DuckDBPyConnection, scorecard: str) -> Real:
    found = connection.execute(
        "select cast(scores.engagement_points as double) as points from sample_rows"
        " inner join int_lead_scoring__scores as scores using (moment_key)"
        " where scores.scorecard = $1 order by sample_rows.place",
        [scorecard],
    ).fetchnumpy()
    return np.asarray(found["points"], dtype=np.float64)
