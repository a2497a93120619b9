"""Likelihoods, as decision 28 says them: the parts of a prediction, their sum, its band."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from oracle.amounts import input_number, number
from oracle.bots import target_of
from oracle.conditions import Condition, holds
from oracle.decay import Curve, factor
from oracle.history import Event
from oracle.points import Moment
from oracle.results import Likelihood
from oracle.tables import (
    RuleTables,
    SeedRow,
    condition_of,
    decimal_of,
    name_of,
    needed,
    read_curve,
    types_of,
    whole_of,
)
from oracle.text import rounded, trim

ZERO = Decimal(0)
FEWEST_LEADS = 20  # of a bin that is seen
FEWEST_OUTCOMES = 100
MOST = Decimal(1_000_000_000)
# "From `days` to `days` + 364 days where these were looked at weekly, else to `days` + 30."
LATER_AGES = {"weekly": 364, "creation": 30}
# "The fingerprint is that of all rows of the prediction without status, description and note."
OF_FINGERPRINT = {
    "predictions": (
        "prediction", "scorecard", "foretells", "horizon_days", "moments", "days", "trained_from",
        "trained_until", "leads_with", "leads_without", "intercept", "mean_amount", "auc",
        "auc_low", "auc_high", "scorecard_auc", "calibration_slope", "calibration_error",
        "leaking", "slices_off",
    ),
    "prediction_features": (
        "prediction", "feature", "measure", "attribute", "event_type", "within_days", "decay",
    ),
    "prediction_bins": (
        "prediction", "feature", "priority", "operator", "value", "log_odds", "leads",
    ),
    "prediction_calibration": (
        "prediction", "band", "log_odds_from", "log_odds_until", "probability_from",
        "probability_until", "leads", "won", "median_days",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Bin:
    """A condition on a feature; of numbers the operator is lte, is_empty or is_not_empty."""

    operator: str
    value: str | None
    condition: Condition | None
    log_odds: Decimal
    leads: Decimal


@dataclass(frozen=True)
class Feature:
    """What a prediction looks at; its bins by priority."""

    feature: str
    measure: str
    attribute: str
    event_types: frozenset[str]  # none: all activity
    within_days: int | None
    curve: Curve
    bins: Sequence[Bin]

    @property
    def span(self) -> Decimal:
        """The largest distance between bins."""
        values = [one.log_odds for one in self.bins]
        return max(values) - min(values)


@dataclass(frozen=True)
class Prediction:
    """A prediction with its features and bands."""

    prediction: str
    scorecard: str
    fingerprint: str
    intercept: Decimal
    mean_amount: Decimal | None
    has_enough_leads: bool
    ages: range  # in days, of the leads of training
    features: Sequence[Feature]
    bands: Sequence[SeedRow]


def read_predictions(tables: RuleTables) -> list[Prediction]:
    """The predictions that are not off."""
    return [
        _prediction(tables, row)
        for row in tables.get("predictions", ())
        if name_of(row, "status") != "off"
    ]


def fingerprint_of(tables: Mapping[str, Sequence[SeedRow]], prediction: str) -> str:
    """MD5 of the MD5s, in the order of the alphabet, of the texts of the prediction's rows."""
    texts = {
        "; ".join(
            [
                table,
                *(
                    f"{column} {_spelled(column, row[column])}"
                    for column in columns
                    if trim(row.get(column)) is not None
                ),
            ]
        )
        for table, columns in OF_FINGERPRINT.items()
        for row in tables.get(table, ())
        if name_of(row, "prediction") == prediction
    }
    return _md5("".join(sorted(map(_md5, texts))))


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


NUMBERS = (
    "horizon_days", "days", "leads_with", "leads_without", "intercept", "mean_amount",
    "within_days", "priority", "log_odds", "leads", "band", "log_odds_from", "log_odds_until",
    "probability_from", "probability_until", "won", "median_days",
)  # fmt: skip


def _spelled(column: str, text: str | None) -> str:
    trimmed = trim(text) or ""
    if column not in NUMBERS:
        return trimmed
    value = f"{Decimal(trimmed):f}"
    return value.rstrip("0").rstrip(".") if "." in value else value


def _prediction(tables: RuleTables, row: SeedRow) -> Prediction:
    name = name_of(row, "prediction")
    first_age = int(needed(row, "days"))
    curves = {name_of(one, "decay"): one for one in tables["decay_curves"]}
    return Prediction(
        name,
        name_of(row, "scorecard"),
        fingerprint_of(tables, name),
        needed(row, "intercept"),
        decimal_of(row, "mean_amount"),
        min(needed(row, "leads_with"), needed(row, "leads_without")) >= FEWEST_OUTCOMES,
        range(first_age, first_age + LATER_AGES[name_of(row, "moments")] + 1),
        [
            _feature(tables, one, curves)
            for one in tables["prediction_features"]
            if name_of(one, "prediction") == name
        ],
        sorted(
            (one for one in tables["prediction_calibration"] if name_of(one, "prediction") == name),
            key=lambda one: needed(one, "band"),
        ),
    )


def _feature(tables: RuleTables, row: SeedRow, curves: Mapping[str, SeedRow]) -> Feature:
    key = (name_of(row, "prediction"), name_of(row, "feature"))
    attribute, decay = name_of(row, "attribute"), name_of(row, "decay")
    of_feature = sorted(
        (
            one
            for one in tables["prediction_bins"]
            if (name_of(one, "prediction"), name_of(one, "feature")) == key
        ),
        key=lambda one: needed(one, "priority"),
    )
    return Feature(
        key[1],
        name_of(row, "measure"),
        attribute,
        types_of(row),
        whole_of(row, "within_days"),
        read_curve(curves[decay]) if decay else Curve(),
        [
            Bin(
                name_of(one, "operator"),
                one.get("value"),
                next(iter(condition_of({**one, "attribute": attribute})), None),
                needed(one, "log_odds"),
                needed(one, "leads"),
            )
            for one in of_feature
        ],
    )


def _days(events: Iterable[Event]) -> Counter[int]:
    return Counter(event.age for event in events)


def measured(feature: Feature, moment: Moment) -> Decimal | None:
    """The value of a feature that is no attribute; None where it is missing."""
    state, within = moment.state, feature.within_days
    if feature.measure == "age":
        return Decimal(state.age)
    activity = {name for name, one in moment.rulebook.event_types.items() if one.is_activity}
    such = [
        event for event in state.events if event.event_type in (feature.event_types or activity)
    ]
    inside = [event for event in such if within is None or event.age < within]
    if feature.measure == "events":
        on_activity = feature.curve.clock == "activity"
        return sum(
            (
                rounded(count * factor(feature.curve, state.gap if on_activity else age), 4)
                for age, count in _days(inside).items()
            ),
            ZERO,
        )
    if feature.measure == "trend":
        assert within is not None
        before = [event for event in such if within <= event.age < 2 * within]
        return Decimal(len(inside) - len(before))
    if feature.measure == "recency":
        return Decimal(min(event.age for event in inside)) if inside else None
    if feature.measure == "total":
        numbers = [
            rounded(found, 4)
            for event in inside
            if (found := input_number(event.row.get(feature.attribute))) is not None
        ]
        counted = [one for one in numbers if abs(one) <= MOST]
        return sum(counted, ZERO) if counted else None
    if feature.measure == "days":
        return Decimal(len(_days(inside)))
    different = {
        target_of(event.row) if feature.measure == "targets" else event.row.get("session_id")
        for event in inside
    }
    return Decimal(len(different - {None}))


def bin_of(feature: Feature, moment: Moment) -> Bin | None:
    """The first of the bins that holds."""
    if feature.measure == "attribute":
        kind = moment.rulebook.lead_attributes[feature.attribute].type
        text = moment.texts.get(feature.attribute)
        return next(
            (
                one
                for one in feature.bins
                if one.condition and holds(one.condition, kind, text, moment.surroundings)
            ),
            None,
        )
    value = measured(feature, moment)
    return next((one for one in feature.bins if _number_holds(one, value)), None)


def _number_holds(one: Bin, value: Decimal | None) -> bool:
    if value is None or one.operator == "is_empty":
        return value is None and one.operator == "is_empty"
    if one.operator == "is_not_empty":
        return True
    limit = number(one.value)
    return limit is not None and value <= limit


def likelihood_of(prediction: Prediction, moment: Moment) -> Likelihood:
    """What a prediction foretells of a lead, "summed exactly"."""
    parts = {"intercept": (prediction.intercept, False)}
    unseen = ZERO
    for feature in prediction.features:
        found = bin_of(feature, moment)
        is_unseen = found is None or found.leads < FEWEST_LEADS
        parts[feature.feature] = (found.log_odds if found else ZERO, is_unseen)
        unseen += feature.span if is_unseen else ZERO
    span = sum((feature.span for feature in prediction.features), ZERO)
    log_odds = sum((part for part, _ in parts.values()), ZERO)
    band, probability = _calibrated(prediction.bands, log_odds)
    because = None
    if not prediction.has_enough_leads:
        because = "too few outcomes"
    elif moment.state.age not in prediction.ages:
        is_young = moment.state.age < prediction.ages.start
        because = f"{'younger' if is_young else 'older'} than the leads of training"
    elif unseen * 5 > span:
        because = "too far from the leads of training"
    amount = prediction.mean_amount
    is_known = because is None
    return Likelihood(
        moment.state.lead_id,
        prediction.prediction,
        prediction.fingerprint,
        log_odds,
        rounded(unseen / span, 4) if span else ZERO,
        because,
        int(needed(band, "band")) if is_known else None,
        probability if is_known else None,
        decimal_of(band, "median_days") if is_known else None,
        rounded(probability * amount, 2) if is_known and amount is not None else None,
        parts,
        moment.state.as_of,
    )


def _calibrated(bands: Sequence[SeedRow], log_odds: Decimal) -> tuple[SeedRow, Decimal]:
    """The band and the probability, which "runs straight" within it; "outside of all bands it is
    that of the nearest end"."""
    band = next((one for one in bands if log_odds < needed(one, "log_odds_until")), bands[-1])
    low, high = needed(band, "log_odds_from"), needed(band, "log_odds_until")
    inside = min(max(log_odds, low), high)
    least, most = needed(band, "probability_from"), needed(band, "probability_until")
    return band, rounded(least + (most - least) * (inside - low) / (high - low), 9)
