"""Runs the evidence, and reads every figure of the review from its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lead_scoring import runner
from lead_scoring.tables import DatabaseError, Row, open_database, rows

EVIDENCE = {
    "leads_accounted_for": "fate",
    "score_band_outcomes": "scorecard, band_from",
    "score_calibration": "scorecard, band_from",
    "score_drift": "scorecard, rule_id, month",
    "rule_evidence": "scorecard, rule_id",
    "threshold_options": "scorecard, cut_off",
    "scorecard_comparison": "scorecard",
    "missed_leads": "total_score, lead_id",
    "missed_lead_traits": "scorecard, lift desc nulls last, trait, value",
    "rejected_leads": "scorecard, rejected_leads desc, reason",
    "slice_gaps": "attribute, value",
    "source_quality": "leads desc, lead_source",
    "outcome_coverage": "is_held_out, band_from",
    "funnel_conversion": "cohort_month, segment, lead_source",
    "quarantined_rows": "input_table, cause, quarantined_row",
}
RESPONSES = "response_times"


@dataclass(frozen=True)
class Figures:
    """The rows of every table, by its name, and the instant up to which things are known."""

    tables: Mapping[str, list[Row]]
    known_until: str

    def __getitem__(self, table: str) -> list[Row]:
        return self.tables[table]


def evidence_database(database: Path) -> Path:
    """Returns the database of evidence that belongs to a database of scores."""
    return database.with_name(f"{database.stem}.evidence.duckdb")


def run_evidence(
    *,
    data: Path | None,
    rules: Path | None,
    as_of: str | None,
    database: Path,
    variables: Mapping[str, object],
    threads: int | None = None,
    echo: bool = False,
) -> Path:
    """Scores honest instants into a database beside `database`; returns it. Raises RunFailed."""
    target = evidence_database(database)
    with runner.no_further_tests():
        runner.score(
            data=data,
            rules=rules,
            as_of=as_of,
            database=target,
            threads=threads,
            variables={"lead_scoring_evidence": True, **variables},
            select=["+path:models/evidence", "+quarantined_rows", "assert_no_rule_is_invalid"],
            echo=echo,
        )
    return target


def read_figures(evidence: Path, database: Path) -> Figures:
    """Returns the figures. Response times are those of `database`, if it is there: hand-offs are
    recorded by the daily run. Raises DatabaseError."""
    with open_database(evidence) as connection:
        tables = {
            name: rows(connection, f"select * from {name} order by {order}")
            for name, order in EVIDENCE.items()
        }
        known = rows(connection, "select max(as_of) as as_of from int_lead_scoring__moments")[0][
            "as_of"
        ]
    return Figures({**tables, RESPONSES: _responses(database)}, f"{known:%Y-%m-%d}")


def _responses(database: Path) -> list[Row]:
    if not database.is_file():
        return []
    with open_database(database) as connection:
        found = rows(
            connection,
            f"select 1 from information_schema.tables where table_name = '{RESPONSES}'",
        )
        if not found:
            return []
        return rows(
            connection,
            f"select * from {RESPONSES} order by handed_off_month, segment, stage, queue",
        )


__all__ = ["DatabaseError", "Figures", "evidence_database", "read_figures", "run_evidence"]
