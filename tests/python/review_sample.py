"""A made-up database of evidence, with the columns that the contracts of its tables name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from lead_scoring.project import PROJECT
from lead_scoring.review.figures import DAILY, EVIDENCE
from prediction_sample import to_see_to

# Markup, an address to load from, a table's column, and no place to break a line.
HOSTILE = "<img src=https://example.com/x.png onerror=alert(1)>|`*_[a](b)\x1b[31m" + "w" * 150
SECRET = "spoke to somebody at somebody@example.com"
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def contracts(names: Collection[str] = (*EVIDENCE, *DAILY)) -> dict[str, dict[str, str]]:
    """The columns of these tables, at first those that the review reads, with their types."""
    return {
        model["name"]: {column["name"]: column["data_type"] for column in model["columns"]}
        for model in _models()
        if model["name"] in names
    }


@cache
def _models() -> list[dict[str, Any]]:
    """The models of the project, read once: that takes longer than a test."""
    return [
        model
        for path in (PROJECT / "models").rglob("*.yml")
        if not path.name.startswith("unit_tests")
        for model in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("models", [])
    ]


# What leaks are looked for in: two leads with a column that no row of attributes describes.
COLUMNS_OF_LEADS = (
    "create table stg_lead_scoring__leads as select range as lead_key, 'used' as fate, 'x' as"
    " industry, 'y' as campaign, timestamp '2026-01-01' as holds_since from range(2)",
    "create table lead_scoring__attributes as select 'industry' as attribute, 'lead' as of,"
    " 'at_creation' as known",
    "create table int_lead_scoring__rule_conditions as select 1 as rule_key, 'lead' as subject,"
    " 'industry' as attribute",
    "create table int_lead_scoring__scorecard_rules as select 1 as rule_key, 'one' as scorecard,"
    " 'fit' as kind",
    "create table int_lead_scoring__scored_outcomes as select range as moment_key, range as"
    " lead_key, 1 as known, 0 as converted, '*' as scorecard from range(2)",
    "create table int_lead_scoring__leads_at_moments as select range as moment_key, range as"
    " lead_key, timestamp '2026-01-01' as holds_since, timestamp '2026-01-08' as as_of"
    " from range(2)",
    "create table stg_lead_scoring__outcomes as select 5 as lead_key, 'won' as outcome, null as"
    " quarantine_cause, timestamp '2026-02-01' as occurred_at",
)


def write_evidence(path: Path, rows: Rows) -> None:
    """Writes the database; what a row leaves out is 0, false, a text or null by its type."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table int_lead_scoring__moments as select date '2026-06-30'::timestamp as as_of"
        )
        for statement in COLUMNS_OF_LEADS:
            connection.execute(statement)
        for name, columns in contracts().items():
            typed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
            connection.execute(f"create table {name} ({typed})")
            for row in rows.get(name, []):
                assert set(row) <= set(columns), (name, set(row) - set(columns))
                values = [row.get(column, _idle(kind)) for column, kind in columns.items()]
                marks = ", ".join("?" for _ in values)
                connection.execute(f"insert into {name} values ({marks})", values)


def _idle(kind: str) -> object:
    if kind in ("bigint", "integer"):
        return 0
    return {"boolean": False, "string": "none"}.get(kind)


def sample() -> dict[str, list[dict[str, Any]]]:
    """Evidence of two live scorecards and a challenger, with something to do in every section."""
    bands = [
        {
            "scorecard": "*",
            "band": f"{low} to {low + 9}",
            "band_from": low,
            "leads": 1_000 - 100 * place,
            "known_leads": 800 - 80 * place,
            "conversions": 8 + 10 * place,
            "conversion_rate": (8 + 10 * place) / (800 - 80 * place),
            "rate_low": 0.01 * place,
            "rate_high": 0.02 + 0.05 * place,
            "lift": 0.5 + place,
        }
        for place, low in enumerate(range(0, 90, 10))
    ]
    calibration = [
        {
            "scorecard": "*",
            "band": row["band"],
            "band_from": row["band_from"],
            "expected_rate": 0.02,
            "recent_leads": 200,
            "recent_conversions": 50,
            "actual_rate": 0.25,
            "rate_low": 0.2,
            "rate_high": 0.31,
        }
        for row in bands
    ]
    comparison = [
        {
            "scorecard": name,
            "scorecard_status": status,
            "horizon_days": 90,
            "auc": auc,
            "purpose": "created_plus_7_days",
            "leads": 4_321,
            "conversions": 432,
            "conversion_rate": 0.1,
            "censored_leads": 765,
            "unseen_leads": 4_321,
            "unseen_conversions": 432,
            "newest_auc": auc - 0.01,
            "newest_auc_low": auc - 0.06,
            "newest_auc_high": auc + 0.04,
            "newest_from": date(2026, 4, 1),
            "newest_difference": auc - 0.75,
            "newest_difference_low": auc - 0.79,
            "newest_difference_high": auc - 0.71,
            "fit_words": None,
            "auc_low": auc - 0.02,
            "auc_high": auc + 0.02,
            "live_auc": 0.75,
            "auc_difference": auc - 0.75,
            "difference_low": auc - 0.77,
            "difference_high": auc - 0.73,
            "ks": 0.4,
            "top_decile_lift": 3.2,
            "verdict": "no difference",
            "calibration_verdict": "broken: 25 % converted, expected were 2 %",
        }
        for name, status, auc in (
            ("*", "live", 0.75),
            ("one", "live", 0.75),
            ("two", "live", 0.74),
            ("rival", "challenger", 0.751),
        )
    ]
    rules = [
        {
            "scorecard": "one",
            "rule_id": f"rule_{verdict}",
            "rule_words": f"{verdict} {HOSTILE}",
            "leads": 4_321,
            "leads_with": 321,
            "rate_with": 0.2,
            "rate_without": 0.1,
            "rate_with_low": 0.15,
            "rate_with_high": 0.25,
            "share_of_leads": 0.07,
            "weight_of_evidence": 0.7,
            "current_points": 10,
            "suggested_points": 20,
            "confidence": "enough",
            "verdict": verdict,
            "is_dead": verdict == "dead",
            "is_harmful": verdict == "harmful",
            "rules_of_group": 1,
        }
        for verdict in ("raise", "lower", "drop", "harmful", "dead", "keep")
    ]
    options = [
        {
            "scorecard": name,
            "cut_off": cut_off,
            "recall": 1 - cut_off / 101,
            "precision_rate": cut_off / 200,
            "known_leads": 100 - cut_off,
            "leads_per_week": 10.5,
            "is_current_mql": cut_off == 50,
            "is_current_sql": cut_off == 80,
            "is_recommended_mql": cut_off == 40,
            "reason": "mql: it keeps most" if cut_off == 40 else None,
        }
        for name in ("*", "one", "two")
        for cut_off in range(101)
    ]
    drift = [
        {
            "scorecard": "*",
            "rule_id": rule,
            "month": date(2026, month, 1),
            "leads": 400,
            "psi": 0.3 if month == 6 else 0.02,
            "mean_score": 33.3,
            "missing_rate": 0.4,
            "psi_verdict": "moved far" if month == 6 else "stable",
            "rank_order": "holds",
            "auc": 0.7,
            "conversion_rate": 0.1,
        }
        for rule in ("*", "rule_raise")
        for month in range(1, 7)
    ]
    missed = [
        {
            "lead_id": f"L{place}{HOSTILE if place == 0 else ''}",
            "scorecard": "one",
            "lead_source": "website",
            "total_score": 20 + place,
            "days_to_win": 33,
            "reasons": "Seniority (+20)",
            "as_of": datetime(2026, 1, 1),
            "won_at": datetime(2026, 2, 3),
        }
        for place in range(12)
    ]
    accounts = [
        {"fate": fate, "purpose": "created_plus_7_days", "leads": leads, "wins": wins,
         "days_before_most_wins": 2}
        for fate, leads, wins in (
            ("looked at", 4_321, 432), ("too young", 765, 40), ("won before the instant", 300, 300),
            ("*", 5_386, 772),
        )
    ]  # fmt: skip
    return {
        **to_see_to(),
        "leads_accounted_for": accounts,
        "score_band_outcomes": bands,
        "score_calibration": calibration,
        "scorecard_comparison": comparison,
        "rule_evidence": rules,
        "threshold_options": options,
        "score_drift": drift,
        "missed_leads": missed,
        "missed_lead_traits": [
            {
                "scorecard": "*",
                "trait": "lead_source",
                "value": "partner",
                "lift": 3,
                "missed_share": 0.5,
                "other_share": 0.1,
                "is_telling": True,
            }
        ],
        "rejected_leads": [
            {
                "scorecard": "*",
                "reason": reason,
                "rejected_leads": leads,
                "share": 0.5,
                "share_of_mqls": 0.05,
                "mean_score": 66,
                "most_common_rule_share": 0.9,
            }
            for reason, leads in (("too early", 40), ("(other)", 9), (SECRET, 1))
        ],
        "slice_gaps": [
            {
                "attribute": "region",
                "value": value,
                "known_leads": 400,
                "gap": 0.1,
                "conversion_rate": 0.2,
                "rate_low": 0.15,
                "rate_high": 0.25,
                "expected_rate": 0.1,
                "verdict": verdict,
            }
            for value, verdict in (("emea", "scored too low"), ("apac", "no difference"))
        ],
        "source_quality": [
            {
                "lead_source": source,
                "leads": 500,
                "known_leads": 400,
                "conversions": 80,
                "conversion_rate": 0.2,
                "rate_low": 0.15,
                "rate_high": 0.25,
                "expected_conversions": 40,
                "verdict": verdict,
            }
            for source, verdict in (("partner", "better than average"), ("web", "no difference"))
        ],
        "outcome_coverage": [
            {
                "band": "0 to 9",
                "leads": 500,
                "contacted_leads": 50,
                "contacted_share": 0.1,
                "conversion_rate": 0.02,
            }
        ],
        "funnel_conversion": [
            {
                "cohort_month": date(2026, 1, 1),
                "segment": "one",
                "lead_source": "partner",
                "leads": 1_000,
                "mql_leads": 400,
                "sql_leads": 100,
                "contacted_leads": 500,
                "accepted_leads": 300,
                "qualified_leads": 200,
                "opportunity_leads": 50,
                "won_leads": 40,
                "mature_leads": 1_000,
                "won_in_horizon": 30,
                "won_amount": 12_345,
            }
        ],
        "quarantined_rows": [
            {"quarantined_row": str(place), "input_table": "events", "cause": "unknown lead"}
            for place in range(17)
        ],
        "response_times": [
            {
                "handed_off_month": date(2026, 6, 1),
                "segment": "one",
                "stage": "mql",
                "queue": "inside_sales",
                "handoffs": 90,
                "promised_handoffs": 80,
                "kept_handoffs": 40,
                "kept_share": 0.5,
                "median_minutes": 55,
                "minutes_90th": 600,
                "promised_minutes": 60,
                "waiting_handoffs": 10,
            }
        ],
    }
