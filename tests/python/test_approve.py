"""Approving a likelihood: what is written, what stays, and when nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lead_scoring.commands.app import app
from lead_scoring.prediction.rows import standing
from lead_scoring.prediction.tables import of_prediction, read_tables, write_tables
from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.rule_set import Cells

FIGURES = {
    "leads_with": "150", "leads_without": "900", "auc": "0.7", "auc_low": "0.65",
    "auc_high": "0.75", "scorecard_auc": "0.6", "calibration_slope": "1.0",
    "calibration_error": "0.02", "leaking": "0", "slices_off": "0",
}  # fmt: skip
FIRST = ("--by", "Ada", "--for", "whom to call first", "--at", "2026-07-01T10:00:00+02:00")


def rows_of(name: str, figures: dict[str, str]) -> dict[str, list[Cells]]:
    """The smallest prediction that can be scored, with its fingerprint."""
    rows: dict[str, list[Cells]] = {
        "predictions": [
            {"prediction": name, "scorecard": "small_business", "status": "challenger",
             "foretells": "won", "horizon_days": "90", "moments": "creation", "days": "7",
             "intercept": "-1.5", "note": "Kept, as it is", **FIGURES, **figures}
        ],
        "prediction_features": [
            {"prediction": name, "feature": "visits", "measure": "events", "event_type": ""}
        ],
        "prediction_bins": [
            {"prediction": name, "feature": "visits", "priority": "10", "operator": "lte",
             "value": "2", "log_odds": "-0.4", "leads": "500"},
            {"prediction": name, "feature": "visits", "priority": "20", "leads": "550",
             "operator": "is_not_empty", "log_odds": "0.3"},
        ],
        "prediction_calibration": [
            {"prediction": name, "band": "1", "log_odds_from": "-2", "log_odds_until": "-1",
             "probability_from": "0.1", "probability_until": "0.3", "leads": "200", "won": "40"}
        ],
    }  # fmt: skip
    rows["predictions"][0]["fingerprint"] = standing(rows).fingerprint
    return rows


def made(folder: Path, **predictions: dict[str, str]) -> Path:
    """A rules folder with predictions, by name, each with figures that differ from good ones."""
    tables: dict[str, list[Cells]] = {name: [] for name in read_tables(None)}
    for name, figures in predictions.items():
        for table, rows in rows_of(name, figures).items():
            tables[table] += rows
    write_tables(None, tables, folder)
    return folder


def approve(rules: Path, name: str, *options: str) -> Result:
    return CliRunner().invoke(app, ["approve", name, "--rules", str(rules), *options])


def texts(rules: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in rules.glob("*.csv")}


def test_an_approval_is_a_row_and_everything_else_stays(tmp_path: Path) -> None:
    rules = made(tmp_path / "rules", good={}, other={})
    before = texts(rules)
    result = approve(rules, "good", *FIRST)
    assert result.exit_code == 0, result.output
    after = texts(rules)
    assert {name for name in before if before[name] != after[name]} == {
        "predictions.csv",
        "prediction_approvals.csv",
    }
    lines = zip(
        before["predictions.csv"].splitlines(), after["predictions.csv"].splitlines(), strict=True
    )
    changed = [(old, new) for old, new in lines if old != new]
    assert [(old.replace(",challenger,", ",live,", 1), new) for old, new in changed] == [
        (changed[0][1], changed[0][1])
    ]
    (approval,) = read_tables(rules)["prediction_approvals"]
    found = standing(of_prediction(read_tables(rules), "good"))
    assert found.may_be_live and found.approved_by == "Ada"
    assert approval["approved_at"] == "2026-07-01T08:00:00Z"
    assert approval["fingerprint"] == found.fingerprint
    assert not [one for one in check_folder(rules) if one.is_refusal]


@pytest.mark.parametrize(
    ("figures", "reason", "words"),
    [
        ({"auc_low": "0.55"}, "", "does not surely rank better than the scorecard"),
        ({"calibration_slope": "1.4"}, "we want it", "calibration slope is not from 0.8"),
        ({"leaking": "1"}, "we want it", "seems to know the outcome"),
    ],
)
def test_where_the_gate_is_shut_nothing_is_written(
    tmp_path: Path, figures: dict[str, str], reason: str, words: str
) -> None:
    rules = made(tmp_path / "rules", poor=figures)
    before = texts(rules)
    result = approve(rules, "poor", *FIRST, "--reason", reason)
    assert result.exit_code == 1
    assert words in " ".join(result.output.split())
    assert "FAILS" in result.output
    assert texts(rules) == before


def test_a_reason_opens_what_it_may_open(tmp_path: Path) -> None:
    rules = made(tmp_path / "rules", close={"auc_low": "0.55", "slices_off": "1"})
    result = approve(rules, "close", *FIRST, "--reason", "it forecasts, and the score does not")
    assert result.exit_code == 0, result.output
    assert standing(of_prediction(read_tables(rules), "close")).may_be_live


def test_a_changed_row_cannot_be_approved(tmp_path: Path) -> None:
    rules = made(tmp_path / "rules", good={})
    file = rules / "prediction_bins.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("0.3", "0.9"), encoding="utf-8")
    result = approve(rules, "good", *FIRST)
    assert result.exit_code == 1
    assert "changed since it was trained" in " ".join(result.output.split())


def test_one_is_live_at_a_time_and_can_be_taken_back(tmp_path: Path) -> None:
    rules = made(tmp_path / "rules", old={}, new={})
    assert approve(rules, "old", *FIRST).exit_code == 0
    result = approve(rules, "new", *FIRST)
    assert result.exit_code == 0 and "old goes on as a challenger" in result.output
    statuses = {row["prediction"]: row["status"] for row in read_tables(rules)["predictions"]}
    assert statuses == {"old": "challenger", "new": "live"}
    assert approve(rules, "new", "--withdraw").exit_code == 0
    tables = read_tables(rules)
    assert [row["status"] for row in tables["predictions"]] == ["challenger", "challenger"]
    assert len(tables["prediction_approvals"]) == 2


def test_who_and_what_for_have_to_be_said(tmp_path: Path) -> None:
    rules = made(tmp_path / "rules", good={})
    before = texts(rules)
    assert approve(rules, "good", "--by", "Ada").exit_code == 1
    assert "There are: good." in approve(rules, "god", *FIRST).output
    assert texts(rules) == before
