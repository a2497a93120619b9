"""Suggested points, from input files to rule tables: the engine scores as the fit does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from sklearn.metrics import roc_auc_score
from typer.testing import CliRunner

from lead_scoring.commands.app import app
from lead_scoring.commands.endings import print_json
from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.runs.failures import RunFailed
from lead_scoring.suggest import decay
from lead_scoring.suggest.checking import checked, expected
from lead_scoring.suggest.report import sentences, suggestion_values
from lead_scoring.suggest.sample import Question
from lead_scoring.suggest.suggestion import Request, Suggestion, suggest
from lead_scoring.times import read_time
from suggest_sample import AS_OF, DAYS_AFTER_CREATION, HORIZON_DAYS, write_sample

BASE, CHALLENGER = "small_business", "fitted"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which everything happens."""
    return tmp_path_factory.mktemp("suggest")


@pytest.fixture(scope="module")
def request_made(folder: Path) -> Request:
    """What is asked for."""
    write_sample(folder / "data")
    return Request(
        base=BASE,
        challenger=CHALLENGER,
        data=folder / "data",
        rules=None,
        question=Question(read_time(AS_OF), days=DAYS_AFTER_CREATION, horizon_days=HORIZON_DAYS),
        most_signals=15,
    )


@pytest.fixture(scope="module")
def suggestion(folder: Path, request_made: Request) -> Suggestion:
    """A card that was fitted, scored by the engine, and written."""
    (folder / "work").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decay, "HALF_LIVES", (5, 30))  # each costs time
        return suggest(request_made, folder / "work", folder / "rules")


def scores_in_database(folder: Path, suggestion: Suggestion) -> dict[int, tuple[int, ...]]:
    with duckdb.connect(str(folder / "work" / "lead_scoring.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select moment_key, total_score, fit_points, engagement_points"
            " from int_lead_scoring__scores where scorecard = $1",
            [CHALLENGER],
        ).fetchall()
    return {row[0]: row[1:] for row in found}


def test_the_database_scores_as_the_fit(folder: Path, suggestion: Suggestion) -> None:
    """Every lead, every point; and so the AUC."""
    found = scores_in_database(folder, suggestion)
    keys = [int(key) for key in suggestion.sample.moment_keys]
    totals = np.array([found[key][0] for key in keys])
    assert totals.tolist() == suggestion.card.scores()["total_score"].tolist()
    fit, engagement = suggestion.card.points()
    assert [int(found[key][1] * 10_000) for key in keys] == fit.tolist()
    assert [int(found[key][2] * 10_000) for key in keys] == engagement.tolist()
    months, label = suggestion.sample.months, suggestion.sample.label
    pairs = {m: label[months == m].sum() * (~label[months == m]).sum() for m in np.unique(months)}
    areas = {
        m: roc_auc_score(label[months == m], totals[months == m])
        for m, many in pairs.items()
        if many
    }
    expected_area = sum(pairs[m] * area for m, area in areas.items()) / sum(pairs.values())
    assert suggestion.on_all.value == pytest.approx(expected_area, abs=1e-12)
    assert len(set(totals.tolist())) > 20
    assert totals.max() > 90


def test_a_difference_stops_everything(suggestion: Suggestion) -> None:
    right = expected(suggestion.card)
    assert checked(right, CHALLENGER, right) is right["total_score"]
    wrong = right["engagement_points"].copy()
    wrong[3] += 1
    with pytest.raises(RunFailed, match="engagement_points of 1 moments differ"):
        checked({**right, "engagement_points": wrong}, CHALLENGER, right)


def test_the_chosen_decay_is_a_challenger_too(folder: Path, suggestion: Suggestion) -> None:
    """The rules of the base, word for word but for the curve; its scores were checked as well."""
    chosen = next(one.curve for one in suggestion.decays if one.is_chosen)
    rules = read_rule_set(folder / "rules")
    name = f"{CHALLENGER}_decay"
    assert (name in rules.names("scorecards", "scorecard")) == (chosen.words != "as it is")
    assert (suggestion.with_curve is None) == (chosen.words == "as it is")


def test_only_leads_with_an_answer_count(suggestion: Suggestion) -> None:
    """Young leads are left out, won or not; so are those that were won at the very instant."""
    sample = suggestion.sample
    assert sample.counts["no longer open"] == 24
    assert sample.counts["horizon not over"] > 300
    latest = read_time(AS_OF).replace(tzinfo=None)
    assert sample.times.max() <= np.datetime64(latest) - np.timedelta64(HORIZON_DAYS, "D")
    assert sum(sample.counts.values()) == 2400


def test_nothing_of_the_future_is_used(suggestion: Suggestion) -> None:
    """What sales wrote, and columns of unknown date, would tell all: AUC 1."""
    used = {signal.source.attribute for signal in suggestion.card.signals}
    assert used.isdisjoint({"budget_authority", "campaign", "technologies"})
    refused = " ".join(suggestion.candidates.refused)
    assert "budget_authority: only known after contact" in refused
    assert "campaign: no row in attributes says when it is known" in refused
    assert 0.6 < suggestion.folds.card.value < 0.95


def test_the_card_keeps_its_bounds(folder: Path, suggestion: Suggestion) -> None:
    rules = read_rule_set(folder / "rules")
    rows = [
        row
        for table in ("fit_rules", "engagement_rules")
        for row in rules.tables[table]
        if row["scorecard"] == CHALLENGER and row["points"]
    ]
    assert all(0 <= int(row["points"]) <= 30 for row in rows)
    assert len({row["signal"] for row in rows if row["signal"].startswith(CHALLENGER)}) <= 15
    assert all(row["note"] for row in rows)
    types = {row["event_type"] for row in rules.tables["event_types"]}
    assert "calculator: used" in types


def test_the_tables_are_accepted_and_leave_live_scorecards_alone(
    folder: Path, suggestion: Suggestion
) -> None:
    assert not [one for one in check_folder(folder / "rules") if one.is_refusal]
    before, after = read_rule_set(None), read_rule_set(folder / "rules")
    for table, rows in before.tables.items():
        kept = [row for row in after.tables[table] if row.get("scorecard") != CHALLENGER]
        assert kept[: len(rows)] == rows, table
    assert after.names("scorecards", "scorecard")[CHALLENGER]["status"] == "challenger"
    off = {
        row["rule_id"]
        for row in after.tables["engagement_rules"]
        if row["scorecard"] == CHALLENGER and not row["points"]
    }
    assert "demo_requested" in off
    assert any(
        row["disqualifies"] == "true" and row["points"] == "0"
        for row in after.tables["fit_rules"]
        if row["scorecard"] == CHALLENGER
    )


def test_a_moving_base_rate_is_said(suggestion: Suggestion, request_made: Request) -> None:
    text = " ".join(sentences(suggestion, request_made))
    assert "The base rate moved" in text
    assert suggestion.forward is not None
    calm = replace(suggestion, forward=replace(suggestion.forward, rate_after=0.3, rate_before=0.3))
    assert "The base rate moved" not in " ".join(sentences(calm, request_made))


def test_refusals_are_clear(tmp_path: Path, folder: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "fit_rules.csv").write_text("kept")
    refused = CliRunner().invoke(app, ["suggest", BASE, "--to", str(full)])
    assert refused.exit_code == 1
    assert "is not empty" in refused.stderr
    unknown = CliRunner().invoke(app, ["suggest", "nobody", "--to", str(tmp_path / "new")])
    assert unknown.exit_code == 1
    assert "There is no scorecard nobody. There are: enterprise" in unknown.stderr


def test_a_machine_gets_what_people_read(suggestion: Suggestion, request_made: Request) -> None:
    """The command prints this object for --json."""
    found = suggestion_values(suggestion, request_made, Path("rules"))
    print_json(found)  # raises TypeError where a value cannot stand in JSON
    assert found["verdict"] == suggestion.verdict.name
    assert found["sentences"] == list(sentences(suggestion, request_made))
    areas = found["unseen_leads"]
    assert isinstance(areas, dict)
    for name in ("scorecard", "challenger"):
        assert areas[name]["low"] < areas[name]["auc"] < areas[name]["high"]
    points = found["points"]
    assert isinstance(points, list)
    assert {int(each["points"].split()[0]) for each in points} - {0}
