"""The two public data sets, end to end: one run each, at the moments that are honest."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest

from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.suggest.candidates import read_candidates
from lead_scoring.suggest.fitting import fit_card
from lead_scoring.suggest.labels import label_moments
from lead_scoring.suggest.measures import area
from lead_scoring.suggest.sample import Question, read_sample
from lead_scoring.suggest.unseen import folds
from lead_scoring.times import read_time
from lead_scoring_workshop.commands.measure_datasets import REPORT
from lead_scoring_workshop.real_data.figures import (
    WEEKLY,
    auc,
    open_scores,
    score,
    udacity_figures,
    xeducation_figures,
)
from lead_scoring_workshop.real_data.reports import report_text
from lead_scoring_workshop.real_data.sets import DataSet, SourceError, prepare

SOURCE = Path(os.environ.get("LEAD_SCORING_REAL_DATA", "no folder")).resolve()
needs_data = pytest.mark.skipif(
    not all((SOURCE / data_set.value).is_dir() for data_set in DataSet),
    reason="The public data sets are not here: LEAD_SCORING_REAL_DATA names their folder.",
)


@pytest.fixture(scope="module")
def xeducation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """X Education, scored."""
    yield from scored(DataSet.xeducation, tmp_path_factory)


@pytest.fixture(scope="module")
def udacity(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Udacity, scored."""
    yield from scored(DataSet.udacity, tmp_path_factory)


def scored(
    data_set: DataSet, folders: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = folders.mktemp(data_set.value)
    with open_scores(score(data_set, SOURCE / data_set.value, folder)) as connection:
        yield connection


def input_rows(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], int]:
    query = "select input_table, fate, sum(row_count)::bigint from int_lead_scoring__input_counts"
    found = connection.execute(f"{query} where row_count > 0 group by all").fetchall()
    return {(name, fate): count for name, fate, count in found}


def table_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@needs_data
def test_scores_foretell_who_converts(xeducation: duckdb.DuckDBPyConnection) -> None:
    """Every row is used but the outcomes, which the score may not know yet."""
    assert input_rows(xeducation) == {
        ("leads", "used"): 9_240,
        ("events", "used"): 25_986,
        ("outcomes", "not_yet_known"): 3_561,
    }
    assert auc(xeducation, "course", "total_score") > 0.74


@needs_data
def test_suggested_points_rank_leads_that_they_had_not_seen(
    xeducation: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Whole points, at most 15 signals, without what sales wrote: AUC .885 across five folds."""
    question = Question(read_time("2019-06-01"), days=1, horizon_days=365)
    moments = tmp_path / "moments.parquet"
    sample = read_sample(xeducation, label_moments(xeducation, question, "course", moments))
    assert (len(sample.label), sample.leads_with) == (9_240, 3_561)
    rules = read_rule_set(DataSet.xeducation.rules)
    found = read_candidates(xeducation, sample, rules).found
    scores = np.zeros(len(sample.label), dtype=np.int64)
    for test in folds(sample):
        card = fit_card(found, sample.label, ~test, half_life=None)
        assert len(card.signals) <= 15
        scores[test] = card.scores()["total_score"][test]
    assert area(sample.label, scores).value > 0.885


@needs_data
def test_recent_engagement_foretells_activity(udacity: duckdb.DuckDBPyConnection) -> None:
    """A half-life of 5 days beats a shorter one, longer ones and none."""
    assert input_rows(udacity) == {
        ("leads", "used"): 1_296,
        ("events", "used"): 91_843,
        ("events", "duplicate"): 54,
        ("outcomes", "used"): 1_178,
    }
    assert udacity.execute(
        "select count(*) from real_data_moments where purpose = $1", [WEEKLY]
    ).fetchall() == [(10_415,)]
    assert auc(udacity, "learner", "total_score", WEEKLY) > 0.83
    best = auc(udacity, "learner", "engagement_points", WEEKLY)
    for other in ("no_decay", "half_life_1", "half_life_30", "half_life_90"):
        assert auc(udacity, f"learner_{other}", "engagement_points", WEEKLY) < best


@needs_data
def test_scores_know_no_future(udacity: duckdb.DuckDBPyConnection) -> None:
    """Seven days foretell much less than the end of the data, which holds the answer."""
    scorecard, points = "learner_no_decay", "engagement_points"
    honest = auc(udacity, scorecard, points, "first seven days, all leads")
    assert 0.76 < honest < 0.85
    assert auc(udacity, scorecard, points, "end of the data, all leads") > 0.95


@needs_data
def test_the_report_says_what_is_measured(
    xeducation: duckdb.DuckDBPyConnection, udacity: duckdb.DuckDBPyConnection
) -> None:
    """If this fails: ./scripts/workshop measure datasets, and read what changed."""
    measured = report_text("report", xeducation_figures(xeducation) | udacity_figures(udacity))
    assert measured == REPORT.read_text(encoding="utf-8")


@pytest.mark.parametrize("data_set", DataSet)
def test_no_rule_looks_at_what_sales_wrote(data_set: DataSet) -> None:
    """Attributes that are known after contact stand in no rule table but `attributes`."""
    late = {
        row["attribute"]
        for row in table_rows(data_set.rules / "attributes.csv")
        if row["known"] == "after_contact"
    }
    for path in data_set.rules.glob("*.csv"):
        if path.name != "attributes.csv":
            assert late.isdisjoint(row.get("attribute") for row in table_rows(path)), path.name


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    """The message names the folder and the file."""
    with pytest.raises(SourceError, match=r"does not hold the data set udacity.*enrollments\.csv"):
        prepare(DataSet.udacity, tmp_path, tmp_path / "input")
