"""Runs the evidence, and reads every figure of the review from its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from lead_scoring.data.leaks import KNOWN_BEFORE, given_columns, leaks_of_scored_leads
from lead_scoring.databases import DatabaseError, Row, open_database, rows
from lead_scoring.model_expressions import Project
from lead_scoring.places import Places
from lead_scoring.runs import runner

EVIDENCE = {
    "leads_accounted_for": "fate",
    "score_band_outcomes": "scorecard, band_from",
    "score_calibration": "scorecard, band_from",
    "likelihood_calibration": "prediction, month",
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
STANDINGS = "prediction_standings"
DRIFT = "prediction_drift"
# Of the daily database: hand-offs are recorded there, and drift is that of today's leads.
DAILY = {
    RESPONSES: "handed_off_month, segment, stage, queue",
    STANDINGS: "prediction",
    DRIFT: "prediction, psi desc nulls last, feature",
}
EVERYTHING = ("+path:models/evidence", "+quarantined_rows")
COMPARED = ("+scorecard_comparison",)
LEAKS = "leaks"
TRIALS = "trials"
COLUMNS = "columns"


@dataclass(frozen=True)
class Figures:
    """The rows of every table, by its name, and the instant up to which things are known.

    cards: addresses of the model cards that pages may lead to, by prediction.
    """

    tables: Mapping[str, list[Row]]
    known_until: str
    cards: Mapping[str, str] = field(default_factory=dict)

    def with_trials(self, trials: list[Row]) -> Figures:
        """Returns the figures, with what the advice as a whole would do."""
        return replace(self, tables={**self.tables, TRIALS: trials})

    def __getitem__(self, table: str) -> list[Row]:
        return self.tables[table]


def run_evidence(
    *,
    data: Path | None,
    rules: Path | None,
    as_of: str | None,
    database: Path,
    variables: Mapping[str, object],
    threads: int | None = None,
    select: Sequence[str] = EVERYTHING,
    echo: bool = False,
) -> Path:
    """Scores honest instants into a database beside `database`; returns it.

    select: dbt selectors of what to build. Raises RunFailed.
    """
    target = Places(database).evidence
    with runner.no_further_tests():
        runner.score(
            data=data,
            rules=rules,
            as_of=as_of,
            database=target,
            threads=threads,
            variables={"lead_scoring_evidence": True, **variables},
            select=[*select, "assert_no_rule_is_invalid"],
            echo=echo,
        )
    return target


def variables_of_instants(
    days: int | None, purpose: str | None, predictions: Sequence[Mapping[str, str]]
) -> dict[str, object]:
    """Returns the vars by which the run looks at the instants that are asked for, and at those of
    predictions that are for leads of one age.

    days: after creation; purpose: another instant; None: the usual ones. predictions: rows of the
    rule table.
    """
    usual: list[int] = Project().macro("evidence_days")()
    wanted = usual if days is None else [days]
    ages = {
        int(row["days"])
        for row in predictions
        if row["moments"].lower() == "creation" and row["status"].lower() != "off"
    }
    found: dict[str, object] = {}
    if purpose is not None or ages - set(wanted):
        # Further days are not to change which instant the review is about.
        found["lead_scoring_evidence_purpose"] = purpose or f"created_plus_{wanted[-1]}_days"
    if days is not None or ages - set(wanted):
        found["lead_scoring_evidence_days"] = sorted({*wanted, *ages})
    return found


def read_figures(evidence: Path, database: Path) -> Figures:
    """Returns the figures. Response times, and how predictions stand, are those of `database`, if
    it is there. Raises DatabaseError."""
    with open_database(evidence) as connection:
        tables = {
            name: _rows_of(connection, name, order)
            if name == "likelihood_calibration"  # what an earlier version wrote lacks it
            else rows(connection, f"select * from {name} order by {order}")
            for name, order in EVIDENCE.items()
        }
        known = rows(connection, "select max(as_of) as as_of from int_lead_scoring__moments")[0][
            "as_of"
        ]
        columns = _columns(connection)
        leaks = _leaks(
            connection, [row["column"] for row in columns if row["known"] in KNOWN_BEFORE]
        )
    found = {**tables, **_of_run(database), COLUMNS: columns, LEAKS: leaks, TRIALS: []}
    return Figures(found, f"{known:%Y-%m-%d}")


def _columns(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """The columns of leads that any lead has a value in: when each is known (None: no row in
    attributes says so), and whether rules of live scorecards read it."""
    said = {
        row["attribute"]: row["known"]
        for row in rows(
            connection,
            "select lower(trim(attribute)) as attribute, lower(trim(known)) as known"
            " from lead_scoring__attributes where lower(trim(of)) = 'lead'",
        )
    }
    read = {
        row["attribute"]
        for row in rows(
            connection,
            "select distinct conditions.attribute"
            " from int_lead_scoring__rule_conditions as conditions"
            " inner join int_lead_scoring__scorecard_rules as rules using (rule_key)"
            " inner join scorecard_comparison as cards on cards.scorecard = rules.scorecard"
            " where conditions.subject = 'lead' and cards.scorecard_status = 'live'"
            " and rules.kind <> 'routing'",
        )
    }
    return [
        {"column": name, "known": said.get(name), "is_read": name in read}
        for name in given_columns(connection)
    ]


def _leaks(connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> list[Row]:
    labels = (
        "select moment_key, lead_key, case when known = 1 then converted = 1 end as label"
        " from int_lead_scoring__scored_outcomes where scorecard = '*'"
    )
    return [
        {"column": leak.column, "words": leak.words}
        for leak in leaks_of_scored_leads(connection, labels, columns)
    ]


def _of_run(database: Path) -> dict[str, list[Row]]:
    """The tables of the daily database; none of them has rows where there is none."""
    if not database.is_file():
        return {name: [] for name in DAILY}
    with open_database(database) as connection:
        return {name: _rows_of(connection, name, order) for name, order in DAILY.items()}


def _rows_of(connection: duckdb.DuckDBPyConnection, name: str, order: str) -> list[Row]:
    found = rows(connection, "select 1 from information_schema.tables where table_name = ?", [name])
    return rows(connection, f"select * from {name} order by {order}") if found else []


def predictions_of_run(database: Path, cards: Mapping[str, str]) -> Figures:
    """Returns what a run alone says of its predictions, before any review. Raises DatabaseError."""
    return Figures({"likelihood_calibration": [], **_of_run(database)}, "", cards)


__all__ = [
    "COMPARED",
    "DatabaseError",
    "Figures",
    "read_figures",
    "run_evidence",
]


def share(part: object, whole: object) -> float | None:
    """Returns a share; None where one of the two is not known, or there is no whole."""
    return None if part is None or not whole else float(str(part)) / float(str(whole))


def real(value: object) -> float | None:
    """Returns a number of a row as a plain one."""
    return None if value is None else float(str(value))
