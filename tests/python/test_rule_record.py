"""Changes of rules are on record, and an old file brings old fingerprint and scores back."""

from __future__ import annotations

from pathlib import Path

import duckdb

from lead_scoring.demo.files import generate
from lead_scoring.rules.checks.schema import SEEDS
from lead_scoring.runs.runner import score

NAME = "lead_scoring__engagement_rules.csv"
PUBLISHED = ["+lead_scores", "+scorecard_scores", "+score_reasons", "+rule_changes"]


def published(database: Path) -> tuple[str, list[tuple[object, ...]]]:
    """The fingerprint of the rules, and every score and reason that they made."""
    with duckdb.connect(str(database), read_only=True) as connection:
        fingerprints = connection.sql(
            "select distinct rules_fingerprint from lead_scores"
        ).fetchall()
        scores = connection.sql(
            "select lead_id, scorecard, fit_points, engagement_points, total_score, stage, grade"
            " from scorecard_scores order by all"
        ).fetchall()
        reasons = connection.sql(
            "select lead_id, scorecard, rule_id, points from score_reasons order by all"
        ).fetchall()
    assert len(fingerprints) == 1
    return fingerprints[0][0], [*scores, *reasons]


def changes(database: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.sql(
            "select rules_version, seed, row_key, change, from_row, to_row from rule_changes"
            " where rules_version > 1 order by all"
        ).fetchall()


def test_checking_out_the_old_file_rolls_back(tmp_path: Path) -> None:
    data, rules, database = tmp_path / "data", tmp_path / "rules", tmp_path / "scores.duckdb"
    generate(data, leads=100, events=400)
    rules.mkdir()
    old = (SEEDS / NAME).read_text(encoding="utf-8")
    row = next(line for line in old.splitlines() if line.startswith("demo_requested,*,"))
    new = old.replace(row, row.replace(",25,once,", ",30,once,"))
    assert new != old

    def run(text: str) -> tuple[str, list[tuple[object, ...]]]:
        (rules / NAME).write_text(text, encoding="utf-8")
        score(data=data, rules=rules, as_of="2026-06-30T12:00:00Z", database=database,
              select=PUBLISHED, with_tests=False)  # fmt: skip
        return published(database)

    first = run(old)
    assert changes(database) == []
    second = run(new)
    assert second[0] != first[0]
    assert second[1] != first[1]
    third = run(old)
    assert third == first
    words = (
        "rule_id demo_requested; scorecard *; signal sales_conversation; "
        "event_type demo_requested; points {}; award once; decay half_life_60"
    )
    at_25, at_30 = words.format(25), words.format(30)
    key = ("engagement_rules", "demo_requested, *", "changed")
    assert changes(database) == [(2, *key, at_25, at_30), (3, *key, at_30, at_25)]
