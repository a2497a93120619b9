"""Approves a likelihood, or takes it back: a row that stays, and a status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from lead_scoring.prediction.rows import standing
from lead_scoring.prediction.tables import (
    file_of,
    of_prediction,
    read_tables,
    rewrite_cells,
    write_table,
)
from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.checks.report import in_words
from lead_scoring.rules.files import RulesError
from lead_scoring.rules.rule_set import Cells, clean


@dataclass(frozen=True)
class Asked:
    """What is to be approved, by whom, for what, and why although something does not hold."""

    prediction: str
    by: str
    purpose: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Judgement:
    """What the gate says of a prediction as it would stand. row: its row of predictions."""

    row: Cells
    failures: tuple[str, ...]
    fingerprint: str


def judge(rules: Path, asked: Asked) -> Judgement:
    """Returns whether a prediction may be live with this approval. Raises RulesError."""
    rows = _rows(rules, asked.prediction)
    fingerprint = standing(rows).fingerprint
    live = {**rows["predictions"][0], "status": "live"}
    found = standing(
        {
            **rows,
            "predictions": [live],
            "prediction_approvals": [_approval(asked, fingerprint)],
        }
    )
    failures = list(found.gate_failures)
    if not found.is_as_trained:
        failures.append("its rows were changed since it was trained")
    return Judgement(rows["predictions"][0], tuple(failures), fingerprint)


def approve(rules: Path, asked: Asked, judgement: Judgement) -> list[str]:
    """Makes a prediction live, and writes down who let it; another live one of its scorecard goes
    on as a challenger, and is returned by name.

    Raises RulesError where the gate does not hold; nothing is written then.
    """
    if judgement.failures:
        raise RulesError(f"{asked.prediction} may not be live: {'; '.join(judgement.failures)}.")
    tables = read_tables(rules)
    scorecard = clean("scorecard", judgement.row["scorecard"])
    rivals = [
        clean("prediction", row["prediction"])
        for row in tables["predictions"]
        if clean("scorecard", row["scorecard"]) == scorecard
        and clean("status", row["status"]) == "live"
        and clean("prediction", row["prediction"]) != asked.prediction
    ]
    approvals = [*tables["prediction_approvals"], _approval(asked, judgement.fingerprint)]
    write_table(file_of(rules, "prediction_approvals"), "prediction_approvals", approvals)
    set_status(rules, {asked.prediction: "live", **dict.fromkeys(rivals, "challenger")})
    _check(rules)
    return rivals


def withdraw(rules: Path, prediction: str) -> str:
    """Makes a challenger of a prediction again; returns what it was. Its approvals stay on record.

    Raises RulesError where there is no such prediction.
    """
    before = clean("status", _rows(rules, prediction)["predictions"][0]["status"])
    set_status(rules, {prediction: "challenger"})
    return before


def set_status(rules: Path, statuses: Mapping[str, str]) -> None:
    """Writes statuses of predictions; every other cell stays as it is."""

    def changed(row: Cells) -> Cells:
        name = clean("prediction", row["prediction"])
        return {**row, "status": statuses[name]} if name in statuses else row

    rewrite_cells(rules, "predictions", changed)


def _approval(asked: Asked, fingerprint: str) -> Cells:
    at = asked.at.astimezone(timezone.utc)
    return {
        "prediction": asked.prediction,
        "fingerprint": fingerprint,
        "approved_by": asked.by,
        "approved_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "purpose": asked.purpose,
        "reason": asked.reason,
    }


def _rows(rules: Path, prediction: str) -> dict[str, list[Cells]]:
    _check(rules)
    tables = read_tables(rules)
    rows = of_prediction(tables, prediction)
    if not rows["predictions"]:
        names = [row["prediction"] for row in tables["predictions"]]
        raise RulesError(
            f"There is no likelihood {prediction} in {rules}. "
            + (f"There are: {', '.join(names)}." if names else "There is none at all.")
        )
    if clean("status", rows["predictions"][0]["status"]) == "off":
        raise RulesError(f"{prediction} is off. Write challenger in predictions.csv first.")
    return rows


def _check(rules: Path) -> None:
    refusals = [one for one in check_folder(rules) if one.is_refusal]
    if refusals:
        lines = [in_words(one) for one in refusals]
        raise RulesError("The rule tables cannot be used:\n" + "\n".join(lines))
