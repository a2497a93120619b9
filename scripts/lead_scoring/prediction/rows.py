"""A fitted likelihood as rows of the prediction tables, and the fingerprint of such rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lead_scoring.prediction.calibration import MICRO, NANO
from lead_scoring.prediction.figures import Figures
from lead_scoring.prediction.model import Model
from lead_scoring.rules.checks.schema import PREDICTIONS, schemas
from lead_scoring.rules.checks.standings import Standing, standings
from lead_scoring.rules.rule_set import Cells, plain
from lead_scoring.suggest.sample import Question


@dataclass(frozen=True)
class Heading:
    """What the row of a prediction says besides its model. trained_from, trained_until: days."""

    prediction: str
    scorecard: str
    question: Question
    trained_from: str
    trained_until: str
    leads_with: int
    leads_without: int
    mean_amount: Decimal | None
    note: str


def prediction_rows(
    heading: Heading, model: Model, figures: Figures, leaking: int
) -> dict[str, list[Cells]]:
    """Returns the rows of the four tables that a training writes, as a challenger."""
    name = heading.prediction
    tables: dict[str, list[Cells]] = {
        "predictions": [_prediction(heading, model, figures, leaking)],
        "prediction_features": [part.feature.row(name) for part in model.parts],
        "prediction_bins": [
            {
                "prediction": name,
                "feature": part.feature.name,
                "priority": str(10 * place),
                "operator": one.condition.operator,
                "value": one.condition.value,
                "log_odds": _fraction(one.log_odds, MICRO),
                "leads": str(one.rows),
            }
            for part in model.parts
            for place, one in enumerate(part.bins, start=1)
        ],
        "prediction_calibration": [
            {
                "prediction": name,
                "band": str(place),
                "log_odds_from": _fraction(one.log_odds_from, MICRO),
                "log_odds_until": _fraction(one.log_odds_until, MICRO),
                "probability_from": _fraction(one.probability_from, NANO),
                "probability_until": _fraction(one.probability_until, NANO),
                "leads": str(one.rows),
                "won": str(one.won),
                "median_days": "" if one.median_days is None else _text(one.median_days),
            }
            for place, one in enumerate(model.bands, start=1)
        ],
    }
    tables["predictions"][0]["fingerprint"] = fingerprint(tables)
    return tables


def _prediction(heading: Heading, model: Model, figures: Figures, leaking: int) -> Cells:
    question, forward = heading.question, figures.forward
    row = {
        "prediction": heading.prediction,
        "scorecard": heading.scorecard,
        "status": "challenger",
        "foretells": question.foretold.value,
        "horizon_days": str(question.horizon_days),
        "moments": question.at.value,
        "days": str(question.days),
        "trained_from": heading.trained_from,
        "trained_until": heading.trained_until,
        "leads_with": str(heading.leads_with),
        "leads_without": str(heading.leads_without),
        "intercept": _fraction(model.intercept, MICRO),
        "mean_amount": "" if heading.mean_amount is None else _text(heading.mean_amount),
        "leaking": str(leaking),
        "description": f"{question.in_words()[0].upper()}{question.in_words()[1:]}",
        "note": heading.note,
    }
    if forward is not None:
        low, high = forward.judged.card.interval(forward.judged.leads)
        row |= {
            "auc": _figure(forward.judged.card.value),
            "auc_low": _figure(low),
            "auc_high": _figure(high),
            "scorecard_auc": _figure(forward.judged.base.value),
            "calibration_slope": _figure(forward.slope[0]) if forward.slope else "",
            "calibration_error": _figure(forward.error),
            "slices_off": str(forward.slices_off),
        }
        for name in ("auc", "auc_low", "auc_high", "scorecard_auc"):
            # An interval is not to leave what an area can be.
            if row[name]:
                row[name] = _text(min(Decimal(1), max(Decimal(0), Decimal(row[name]))))
    return row


def fingerprint(tables: Mapping[str, Sequence[Cells]]) -> str:
    """Returns what names the rows of one prediction as they stand, by decision 28."""
    return standing(tables).fingerprint


def standing(tables: Mapping[str, Sequence[Cells]]) -> Standing:
    """Returns what the rows of one prediction, that is not off, rest on."""
    (found,) = standings(
        {
            table: [
                [row.get(column, "") for column in schemas()[table].columns]
                for row in tables.get(table, ())
            ]
            for table in PREDICTIONS
        }
    ).values()
    return found


def _fraction(number: int, unit: int) -> str:
    return _text(Decimal(number) / unit)


def _figure(value: float) -> str:
    """A figure with four decimals; blank where it is none."""
    return "" if value != value else _text(Decimal(str(round(value, 4))))


def _text(number: Decimal) -> str:
    return plain(number).replace(",", "")
