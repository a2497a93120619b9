"""Made-up predictions: a live one, a challenger, and what the tables say of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import duckdb

AS_OF = datetime(2026, 6, 30, 12)
# Open leads of a table lead_scores have 3, 13, ..., 93 % by the live prediction, some of them an
# unknown likelihood, and the half of it by the challenger.
LIKELIHOODS = """
    with open_leads as (
        select
            leads.*, standings.prediction, standings.status as standing,
            case when total_score % 11 = 3 then 'too far from the leads of training' end as cause,
            (total_score % 10 * 10 + 3) / if(standings.status = 'live', 100, 200) as share
        from lead_scores as leads
        cross join prediction_standings as standings
        where leads.status = 'open'
    )

    select
        lead_id, prediction, scorecard, standing as status, 'won' as foretells, 90 as horizon_days,
        cause as unknown_because, if(cause is null, total_score % 10 + 1, null) as band,
        if(cause is null, share, null) as probability, -1.25 as log_odds,
        if(cause is null, round(share * 12000, 2), null) as expected_amount,
        if(cause is null, 21, null) as median_days_to_win,
        '"f1"' as fingerprint, 0 as features_unseen, as_of
    from open_leads
"""
# Ten features, of which the first two move most; a part each.
PARTS = """
    select
        lead_id, prediction, feature, part, parts.log_odds, false as is_unseen, as_of
    from lead_likelihoods
    cross join (
        select 'intercept' as feature, 'Every lead' as part, -2 as log_odds
        union all select 'seniority', 'Seniority is one of c_level, vp', 1.5
        union all select 'silence', 'No activity for 30 days', -1.2
        union all
        select 'feature ' || number, 'Feature ' || number, 0.05 from range(1, 10) as few (number)
        union all select 'nothing', 'Moves nothing', 0
    ) as parts
"""


def standing(prediction: str = "likely", **changes: object) -> dict[str, Any]:
    """A row of prediction_standings: live, and approved."""
    return {
        "prediction": prediction,
        "scorecard": "*",
        "fingerprint": "f1",
        "status": "live",
        "not_live_because": None,
        "foretells": "won",
        "moments": "weekly",
        "approved_by": "ann",
        "purpose": "whom to call first",
        "horizon_days": 90,
        "bands": 10,
        "leads_with": 300,
        "leads_without": 2_700,
        "auc": 0.81,
        "auc_low": 0.78,
        "auc_high": 0.84,
        "scorecard_auc": 0.75,
        "calibration_slope": 1.02,
        "calibration_error": 0.011,
        "psi": 0.02,
        "trained_until": datetime(2025, 12, 31),
        "approved_at": datetime(2026, 1, 5, 9),
        "switched_off_at": None,
        "as_of": AS_OF,
        **changes,
    }


def challenger(prediction: str = "rival", **changes: object) -> dict[str, Any]:
    """Such a row of one that is on trial."""
    given = {
        "status": "challenger",
        "not_live_because": "its row says so",
        "approved_by": None,
        "approved_at": None,
        "purpose": None,
    }
    return standing(prediction, **{**given, **changes})


def drift_of(prediction: str = "likely") -> list[dict[str, Any]]:
    """Rows of prediction_drift: of the likelihood, and of two features; the limit is 0.4."""
    told = {"prediction": prediction, "psi_limit": 0.4, "leads": 900, "as_of": AS_OF}
    return [
        {**told, "feature": feature, "psi": psi}
        for feature, psi in (("*", 0.02), ("seniority", 0.3), ("demo_30", 0.01))
    ]


def promises(
    came: tuple[int, ...] = (10, 9, 11),
    off_from: int | None = None,
    prediction: str = "likely",
    promised: int = 10,
) -> list[dict[str, Any]]:
    """Rows of likelihood_calibration: in each month so many of 100 came, the same is promised.

    off_from: the month, counted from 1, since when it is off; None: it holds.
    """
    return [
        {
            "prediction": prediction,
            "month": date(2026, month, 1),
            "verdict": "holds",
            "verdict_since": "holds" if off_from is None else "promises too much",
            "leads_learnt_from": 40,
            "censored_leads": 5,
            "unknown_leads": 3,
            "known_leads": 100,
            "expected_conversions": promised,
            "conversions": won,
            "conversion_rate": won / 100,
            "rate_low": won / 200,
            "rate_high": won / 50,
            "promised_ratio": promised / won if won else None,
            "promised_ratio_low": promised / won / 2 if won else None,
            "promised_ratio_high": promised / won * 2 if won else None,
            "auc": 0.8,
            "scorecard_auc": 0.7,
            "known_leads_since": 100 * (len(came) - month + 1),
            "expected_conversions_since": promised * (len(came) - month + 1),
            "conversions_since": sum(came[month - 1 :]),
            "is_off_since": month == off_from,
        }
        for month, won in enumerate(came, start=1)
    ]


def to_see_to() -> dict[str, list[dict[str, Any]]]:
    """The tables of a review in which there is something to do about predictions."""
    drifted = challenger(
        not_live_because="its likelihoods have drifted",
        approved_by="ann",
        switched_off_at=datetime(2026, 6, 3),
        psi=0.31,
    )
    return {
        "likelihood_calibration": promises((10, 4, 5), off_from=2),
        "prediction_standings": [standing(), drifted],
        "prediction_drift": drift_of(),
    }


def write_likelihoods(
    connection: duckdb.DuckDBPyConnection, contracts: Mapping[str, Mapping[str, str]]
) -> None:
    """Adds a live prediction and a challenger to a published database with lead_scores.

    contracts: columns and types of the tables that are made.
    """
    for name, columns in contracts.items():
        typed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        connection.execute(f"create table {name} ({typed})")
    for row in (standing(), challenger()):
        given = {name: value for name, value in row.items() if value is not None}
        marks = ", ".join(f"? as {name}" for name in given)
        connection.execute(
            f"insert into prediction_standings by name select {marks}", list(given.values())
        )
    connection.execute(f"insert into lead_likelihoods by name {LIKELIHOODS}")
    connection.execute(f"insert into likelihood_parts by name {PARTS}")


PREDICTION_TABLES = (
    *("prediction_standings", "prediction_drift", "lead_likelihoods", "likelihood_parts"),
)
