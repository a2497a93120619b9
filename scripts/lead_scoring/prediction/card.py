"""What the card of a likelihood tells: values alone, which the pages and approvals read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lead_scoring.prediction.calibration import MICRO, NANO
from lead_scoring.prediction.figures import NEWEST, Forward, Slice
from lead_scoring.prediction.model import Bin, Part
from lead_scoring.prediction.rows import standing
from lead_scoring.prediction.training import Request, Training
from lead_scoring.rules.rule_set import Cells, RuleSet, plain
from lead_scoring.suggest.labels import FATES
from lead_scoring.suggest.verdict import Judged

Values = dict[str, Any]
MOST_SHAPES = 8


def card_values(training: Training, request: Request, rules: RuleSet) -> Values:
    """Returns the values of a card, as JSON has them: figures rounded, nothing of the clock."""
    sample, model, figures = training.sample, training.model, training.figures
    row = training.rows["predictions"][0]
    strengths = sum(part.strength for part in model.parts)
    stands = standing(training.rows)
    return {
        "prediction": request.prediction,
        "scorecard": request.scorecard,
        "owner": rules.names("scorecards", "scorecard")[request.scorecard]["owner"],
        "question": request.question.in_words(),
        "horizon_days": request.question.horizon_days,
        "moments_asked": request.question.at.value,
        "row": row,
        "failures": list(stands.gate_failures),
        "first_age": stands.first_age,
        "last_age": stands.last_age,
        "data": {
            "size": sample.size_in_words(),
            "leads_with": sample.leads_with,
            "leads_without": sample.leads_without,
            "share_yes": _rounded(float(sample.label.mean())),
            "contacted": training.contacted,
            "left_out": {name: sample.counts[name] for name in FATES[1:]},
            "refused": list(training.refused),
            "record": sample.record,
        },
        "features": [
            {
                "name": part.feature.name,
                "words": part.feature.words,
                "share": _rounded(part.strength / strengths),
                "bins": [
                    {
                        "words": words,
                        "log_odds": _rounded(one.log_odds / MICRO),
                        "rows": one.rows,
                    }
                    for one, words in zip(part.bins, words_of_bins(part), strict=True)
                ],
            }
            for part in model.parts
        ],
        "forward": figures.forward and _forward(figures.forward),
        "folds": _areas(figures.folds),
        "bands": [
            {
                "from": _rounded(one.probability_from / NANO),
                "until": _rounded(one.probability_until / NANO),
                "rows": one.rows,
                "won": one.won,
                "median_days": None if one.median_days is None else float(one.median_days),
            }
            for one in model.bands
        ],
        "leaks": [{"name": leak.column, "words": leak.words} for leak in training.leaks],
    }


def _forward(forward: Forward) -> Values:
    return {
        "since": f"{forward.since:%Y-%m-%d}",
        "rows": forward.rows,
        "areas": _areas(forward.judged),
        "rate_before": _rounded(forward.rate_before),
        "rate_after": _rounded(forward.rate_after),
        "mean_foretold": _rounded(forward.mean_foretold),
        "slope": None if forward.slope is None else [_rounded(one) for one in forward.slope],
        "error": _rounded(forward.error),
        "log_loss": _rounded(forward.log_loss),
        "log_loss_of_rate": _rounded(forward.log_loss_of_rate),
        "is_broken": forward.is_broken,
        "groups": [_slice(one) for one in forward.groups],
        "slices": [_slice(one) for one in forward.slices],
    }


def _slice(one: Slice) -> Values:
    return {
        "column": one.column,
        "value": one.value,
        "rows": one.rows,
        "foretold": _rounded(one.foretold / one.rows),
        "came": _rounded(one.came / one.rows),
        "low": _rounded(max(0.0, one.factor_low * one.foretold / one.rows)),
        "high": _rounded(min(1.0, one.factor_high * one.foretold / one.rows)),
        "factor": _rounded(one.factor),
        "is_off": one.is_off,
    }


def _areas(judged: Judged) -> Values | None:
    if not judged.is_known:
        return None
    return {
        name: [_rounded(value) for value in (one.value, *one.interval(judged.leads))]
        for name, one in (("likelihood", judged.card), ("scorecard", judged.base))
    }


def _rounded(value: float) -> float:
    return round(float(value), 4)


def words_of_bins(part: Part) -> list[str]:
    """Returns each bin of a feature in a few words."""
    found: list[str] = []
    below: str | None = None
    has_values = any(one.condition.operator in ("lte", "equals", "in") for one in part.bins)
    for one in part.bins:
        found.append(_bin_words(part, one, below, has_values))
        if one.condition.operator == "lte":
            below = one.condition.value
    return found


def _bin_words(part: Part, one: Bin, below: str | None, has_values: bool) -> str:
    condition = one.condition
    if condition.operator == "lte":
        value = _number(condition.value)
        if below is None:
            return value if value == "0" else f"up to {value}"
        return f"above {_number(below)} up to {value}"
    if condition.operator == "is_empty":
        return "unknown" if part.feature.is_of_attribute else "never"
    if condition.operator == "is_not_empty":
        if below is not None:
            return f"above {_number(below)}"
        return "any other" if has_values else "any"
    return ", ".join(condition.values)


def _number(text: str) -> str:
    return plain(Decimal(text))


def use_of(values: Values, failures: Sequence[str]) -> tuple[str, str]:
    """Returns what to do with the likelihood, and the mark of that: act, fine or unknown."""
    forward = values["forward"]
    name = values["prediction"]
    if values["leaks"]:
        named = "; ".join(f"{one['name']} ({one['words']})" for one in values["leaks"])
        return f"Do not use {name}: it rests on what seems to know the answer: {named}.", "act"
    if forward is None or forward["areas"] is None:
        return (
            f"Do not use {name} yet: there are no later leads with both answers to judge it by.",
            "unknown",
        )
    area, low, high = forward["areas"]["likelihood"]
    interval = f"AUC {area:.3f}, {low:.3f} to {high:.3f} with 95 % certainty"
    if low <= 0.5:
        return (
            f"Do not use {name}: it does not surely rank later leads better than a coin "
            f"({interval}).",
            "act",
        )
    if any("fewer than" in one for one in failures):
        return f"Do not use {name} yet: too few outcomes to trust it ({failures[0]}).", "unknown"
    if forward["is_broken"]:
        newest = next(one for one in forward["slices"] if one["column"] == NEWEST)
        return (
            f"Use {name} to rank, if at all, and not to forecast: the base rate moved, from "
            f"{100 * forward['rate_before']:.1f} % to {100 * forward['rate_after']:.1f} %, and in "
            f"the newest quarter {newest['factor']:.1f} times as many outcomes came as it "
            "foretold.",
            "act",
        )
    if any("slope" in one for one in failures):
        slope = forward["slope"]
        found = "is not known" if slope is None else f"is {slope[0]:.2f}"
        return (
            f"Use {name} to rank, not to forecast: its calibration slope {found}, and 1 is right.",
            "act",
        )
    sliced = [one for one in forward["slices"] if one["is_off"]]
    if sliced:
        named = ", ".join(f"{one['column']} {one['value']}" for one in sliced)
        return (
            f"Use {name} to rank and to forecast, but not for {named}: there it is off by more "
            "than a factor of 1.5.",
            "act",
        )
    if any("scorecard" in one for one in failures):
        return (
            f"Use {name} to forecast; that it ranks better than the scorecard is not sure "
            f"({interval}; the scorecard has {forward['areas']['scorecard'][0]:.3f}).",
            "unknown",
        )
    return f"Use {name} to rank and to forecast ({interval}).", "fine"


def failures_with(values: Values, approvals: Sequence[Mapping[str, str]]) -> list[str]:
    """Returns what of the gate does not hold, where the latest approval may give a reason."""
    if approvals and approvals[-1].get("reason"):
        return [one for one in values["failures"] if "no reason is given" not in one]
    return list(values["failures"])


def approvals_of(values: Values, rows: Sequence[Cells]) -> list[Cells]:
    """Returns the approvals of the likelihood as it stands, the latest last."""
    found = [
        row
        for row in rows
        if row["prediction"].strip().lower() == values["prediction"]
        and row["fingerprint"].strip().lower() == values["row"]["fingerprint"]
    ]
    return sorted(found, key=lambda row: row["approved_at"])
