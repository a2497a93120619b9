"""The check of predictions: what it refuses, where, and that a live one is let pass."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from lead_scoring.rules.checks import Finding, read_folder
from lead_scoring.rules.checks.schema import PREDICTIONS, PREFIX, SEEDS, schemas
from lead_scoring.rules.checks.standings import Standing, standings
from lead_scoring.rules.recorded import write_recorded_rules
from oracle.likelihoods import fingerprint_of

Cells = dict[str, str]
Tables = dict[str, list[Cells]]


def good_tables() -> Tables:
    """A live prediction of three features, approved as it stands."""
    tables: Tables = {
        "predictions": [
            {
                "prediction": "win_90", "scorecard": "enterprise", "status": "live",
                "foretells": "won", "horizon_days": "90", "moments": "weekly", "days": "7",
                "trained_from": "2025-01-01", "trained_until": "2026-01-01", "leads_with": "150",
                "leads_without": "900", "intercept": "-2.5", "auc": "0.8", "auc_low": "0.75",
                "auc_high": "0.85", "scorecard_auc": "0.7", "calibration_slope": "1",
                "leaking": "0", "slices_off": "0",
            },
            {
                "prediction": "beside", "scorecard": "enterprise", "status": "challenger",
                "foretells": "active", "horizon_days": "30", "moments": "creation", "days": "0",
            },
        ],
        "prediction_features": [
            {"feature": "industry", "measure": "attribute", "attribute": "industry"},
            {"feature": "visits", "measure": "events", "event_type": "pricing_page_viewed",
             "within_days": "30", "decay": "half_life_14"},
            {"feature": "silence", "measure": "recency"},
        ],
        "prediction_bins": [
            {"feature": "industry", "operator": "in", "value": "software|banking"},
            {"feature": "industry", "operator": "is_not_empty"},
            {"feature": "visits", "operator": "lte", "value": "0"},
            {"feature": "visits", "operator": "lte", "value": "2.5"},
            {"feature": "visits", "operator": "is_not_empty"},
            {"feature": "silence", "operator": "is_empty"},
            {"feature": "silence", "operator": "lte", "value": "7"},
        ],
        "prediction_calibration": [
            {"band": "1", "log_odds_from": "-3", "log_odds_until": "-1", "probability_from": "0.01",
             "probability_until": "0.1", "leads": "100", "won": "5"},
            {"band": "2", "log_odds_from": "-1", "log_odds_until": "2", "probability_from": "0.1",
             "probability_until": "0.6", "leads": "100", "won": "30"},
        ],
        "prediction_approvals": [
            {"approved_by": "ana", "approved_at": "2026-02-01T09:00:00Z", "purpose": "ranking"}
        ],
    }  # fmt: skip
    for place, row in enumerate(tables["prediction_bins"]):
        row |= {"priority": str(10 * place), "log_odds": "0.25", "leads": "100"}
    for name in PREDICTIONS[1:]:
        for row in tables[name]:
            row["prediction"] = "win_90"
    return signed(tables)


def signed(tables: Tables) -> Tables:
    """The tables with the fingerprint of their rows, which is approved."""
    fingerprint = fingerprint_of(tables, "win_90")
    tables["predictions"][0]["fingerprint"] = fingerprint
    for row in tables["prediction_approvals"]:
        row["fingerprint"] = fingerprint
    return tables


def checked(tables: Tables, folder: Path) -> list[Finding]:
    """What the check says of the tables, beside the project's own."""
    folder.mkdir()
    for name in PREDICTIONS:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, schemas()[name].columns, restval="")
            writer.writeheader()
            writer.writerows(tables[name])
    return read_folder(folder)[1]


def standing_of(tables: Tables) -> Standing:
    """What the prediction rests on, by the engine's SQL."""
    rows = {
        name: [[row.get(column) for column in schemas()[name].columns] for row in tables[name]]
        for name in PREDICTIONS
    }
    return standings(rows)["win_90"]


def test_a_prediction_that_is_approved_may_be_live(tmp_path: Path) -> None:
    tables = good_tables()
    assert checked(tables, tmp_path / "rules") == []
    standing = standing_of(tables)
    assert standing.fingerprint == fingerprint_of(tables, "win_90")
    assert standing.approved_by == "ana"
    assert standing.may_be_live


def test_notes_and_the_order_of_rows_are_no_change() -> None:
    tables = good_tables()
    for name in PREDICTIONS:
        tables[name].reverse()
        for row in tables[name]:
            row["note"] = "read again"
    assert standing_of(tables).may_be_live


# table, row, cells to write, and the column of the first finding (of the same table, if not told)
CHANGES = [
    ("predictions", 0, {"scorecard": "nobody"}, "scorecard"),
    ("predictions", 0, {"status": "lives"}, "status"),
    ("predictions", 0, {"foretells": "luck"}, "foretells"),
    ("predictions", 0, {"horizon_days": "0"}, "horizon_days"),
    ("predictions", 0, {"intercept": "-2.1234567"}, "intercept"),
    ("predictions", 0, {"intercept": ""}, "intercept"),
    ("predictions", 0, {"trained_until": "in May"}, "trained_until"),
    ("predictions", 0, {"leads_with": "99"}, "status"),
    ("predictions", 0, {"auc_low": "0.7"}, "status"),
    ("predictions", 0, {"calibration_slope": "1.26"}, "status"),
    ("predictions", 0, {"leaking": ""}, "status"),
    ("predictions", 0, {"slices_off": "1"}, "status"),
    ("predictions", 1, {"status": "live"}, "status"),
    ("prediction_features", 0, {"attribute": "colour"}, "attribute"),
    ("prediction_features", 0, {"attribute": "budget_confirmed"}, "attribute"),
    ("prediction_features", 0, {"attribute": "likelihood"}, "attribute"),
    ("prediction_features", 0, {"attribute": ""}, "attribute"),
    ("prediction_features", 0, {"decay": "half_life_14"}, "decay"),
    ("prediction_features", 0, {"measure": "total"}, "attribute"),
    ("prediction_features", 1, {"decay": "fast"}, "decay"),
    ("prediction_features", 1, {"event_type": "pricing_page_veiwed"}, "event_type"),
    ("prediction_features", 1, {"within_days": "0"}, "within_days"),
    ("prediction_features", 1, {"measure": "trend", "within_days": ""}, "decay"),
    ("prediction_features", 2, {"measure": "trend"}, "within_days"),
    ("prediction_features", 2, {"feature": "intercept"}, "feature"),
    ("prediction_features", 2, {"feature": "other"}, "feature"),
    ("prediction_features", 2, {"prediction": "lose_90"}, "prediction"),
    ("prediction_bins", 0, {"operator": "gte"}, "operator"),
    ("prediction_bins", 0, {"value": ""}, "value"),
    ("prediction_bins", 2, {"operator": "gte"}, "operator"),
    ("prediction_bins", 2, {"value": "none"}, "value"),
    ("prediction_bins", 3, {"value": "0"}, "priority"),
    ("prediction_bins", 4, {"priority": "15"}, "priority"),
    ("prediction_bins", 3, {"priority": "20.0"}, "prediction"),
    ("prediction_bins", 3, {"log_odds": "101"}, "log_odds"),
    ("prediction_calibration", 0, {"log_odds_until": "-4"}, "log_odds_until"),
    ("prediction_calibration", 1, {"log_odds_from": "-2"}, "log_odds_from"),
    ("prediction_calibration", 1, {"probability_from": "0.09"}, "probability_from"),
    ("prediction_calibration", 1, {"probability_until": "60"}, "probability_until"),
    ("prediction_calibration", 1, {"band": "3"}, "band"),
    ("prediction_calibration", 1, {"won": "101"}, "won"),
    ("prediction_approvals", 0, {"approved_at": "yesterday"}, "approved_at"),
    ("prediction_approvals", 0, {"approved_by": ""}, "approved_by"),
]


@pytest.mark.parametrize(
    ("table", "row", "cells", "column"), CHANGES, ids=lambda value: str(value)[:50]
)
def test_what_cannot_be_scored_or_may_not_be_live_is_refused(
    table: str, row: int, cells: Cells, column: str, tmp_path: Path
) -> None:
    tables = good_tables()
    tables[table][row] |= cells
    findings = checked(signed(tables), tmp_path / "rules")
    places = [(finding.file.stem, finding.column) for finding in findings]
    assert (table, column) in places, findings
    assert all(finding.mend for finding in findings)


def test_rows_that_were_changed_since_the_approval_are_refused(tmp_path: Path) -> None:
    tables = good_tables()
    tables["prediction_bins"][0]["log_odds"] = "0.5"
    (finding,) = checked(tables, tmp_path / "changed")
    assert (finding.file.stem, finding.row, finding.column) == ("predictions", 2, "fingerprint")
    assert fingerprint_of(tables, "win_90") in finding.mend
    tables["predictions"][0]["fingerprint"] = fingerprint_of(tables, "win_90")
    (finding,) = checked(tables, tmp_path / "not approved")
    assert (finding.column, finding.problem) == (
        "status",
        "is live, and no approval names the prediction as it stands",
    )


def test_a_reason_lets_a_prediction_go_live_that_ranks_no_better(tmp_path: Path) -> None:
    tables = good_tables()
    tables["predictions"][0] |= {"auc_low": "0.6", "slices_off": "2"}
    tables["prediction_approvals"][0]["reason"] = "It foretells how many will come."
    assert checked(signed(tables), tmp_path / "rules") == []


def test_a_prediction_without_bins_is_only_measured(tmp_path: Path) -> None:
    tables = good_tables()
    tables["predictions"][0]["status"] = "challenger"
    for name in ("prediction_bins", "prediction_calibration", "prediction_approvals"):
        tables[name] = []
    assert checked(tables, tmp_path / "rules") == []


@pytest.mark.parametrize("table", ["audiences", "fit_rules", "buying_roles"])
def test_only_hand_offs_look_at_the_likelihood(table: str, tmp_path: Path) -> None:
    tables = good_tables()
    folder = tmp_path / "rules"
    assert checked(tables, folder) == []
    rows = {
        "audiences": {"scorecard": "enterprise"},
        "fit_rules": {"rule_id": "likely", "scorecard": "*", "signal": "job_role", "points": "1"},
        "buying_roles": {"role": "likely", "scorecard": "*", "weight": "1"},
        "routing_rules": {"rule_id": "likely", "scorecard": "*", "stage": "sql", "queue": "best"},
    }
    for name in (table, "routing_rules"):
        content = (SEEDS / f"{PREFIX}{name}.csv").read_text(encoding="utf-8")
        columns = schemas()[name].columns
        cells = rows[name] | {"attribute": "likelihood", "operator": "gte", "value": "0.3"}
        line = ",".join(cells.get(column, "") for column in columns)
        (folder / f"{name}.csv").write_text(f"{content}{line}\n", encoding="utf-8")
    findings = read_folder(folder)[1]
    assert [(finding.file.stem, finding.column) for finding in findings] == [(table, "attribute")]


def test_recorded_rules_have_the_predictions_that_are_the_same_now(tmp_path: Path) -> None:
    tables = good_tables()
    assert checked(tables, tmp_path / "now") == []
    fingerprint = tables["predictions"][0]["fingerprint"]
    recorded = [
        (
            "predictions",
            "prediction win_90; scorecard enterprise; status challenger;"
            f" fingerprint {fingerprint}",
        ),
        ("predictions", "prediction beside; scorecard enterprise; status live; fingerprint other"),
    ]
    with duckdb.connect() as connection:
        connection.execute(
            "create table rule_changes (seed text, row_key text, change text, to_row text,"
            " rules_version integer)"
        )
        connection.executemany(
            "insert into rule_changes values (?, ?, 'added', ?, 1)",
            [(seed, words.split("; ")[0], words) for seed, words in recorded],
        )
        write_recorded_rules(connection, 1, tmp_path / "now", tmp_path / "then")

    def then(name: str) -> list[Cells]:
        with (tmp_path / "then" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    (row,) = then("predictions")
    assert (row["prediction"], row["status"], row["leads_with"]) == ("win_90", "challenger", "150")
    assert len(then("prediction_bins")) == len(tables["prediction_bins"])
    assert then("prediction_approvals") == []  # it was given later
