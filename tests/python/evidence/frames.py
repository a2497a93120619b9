"""The scores of a run as data frames, beside what the world itself says became of the leads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from evidence import story
from evidence.world import PURPOSE, Lead

SCORES = """
    select
        moments.lead_id, moments.as_of, scores.scorecard, scores.scorecard_status,
        scores.segment, lower(scores.stage) as stage, scores.total_score, scores.fit_score,
        scores.engagement_score, scores.is_disqualified, scores.is_own_scorecard,
        cast(scores.fit_points as double) as fit_points,
        cast(scores.engagement_points as double) as engagement_points
    from int_lead_scoring__scores as scores
    inner join int_lead_scoring__moments as moments using (moment_key)
    where scores.is_own_scorecard or scores.scorecard_status = 'challenger'
"""
RULES = """
    select
        moments.lead_id, moments.as_of, reasons.scorecard, rules.rule_id,
        cast(reasons.points as double) as points
    from int_lead_scoring__reasons as reasons
    inner join int_lead_scoring__moments as moments using (moment_key)
    inner join int_lead_scoring__rules as rules using (rule_key)
"""


@dataclass(frozen=True)
class Frames:
    """scores: one row a moment and scorecard. rules: one a reason. instants: one an honest
    instant, with its fate. scored: one a lead and scorecard, `*` too, at the purpose's instant."""

    leads: dict[str, Lead]
    scores: pd.DataFrame
    rules: pd.DataFrame
    instants: pd.DataFrame
    scored: pd.DataFrame


def read_frames(database: Path, leads: list[Lead]) -> Frames:
    """Reads scores and reasons from the database; everything else comes from the leads."""
    with duckdb.connect(str(database), read_only=True) as connection:
        scores, rules = connection.sql(SCORES).df(), connection.sql(RULES).df()
    scores["ranking"] = scores["total_score"].where(~scores["is_disqualified"], -1)
    scores["is_mql"] = scores["stage"].isin(["mql", "sql"])
    instants = pd.DataFrame(
        [
            {
                "lead_id": lead.lead_id,
                "purpose": purpose,
                "as_of": instant.replace(tzinfo=None),
                "month": story.month_of(instant),
                **story.fate(lead, instant),
            }
            for lead in leads
            for purpose, instant in story.instants(lead)
        ]
    )
    instants["known"] = (instants["fate"] != "censored").astype(int)
    instants["converted"] = (instants["fate"] == "converted").astype(int)
    first_mqls = (
        instants[instants["purpose"] == "weekly"]
        .merge(scores[scores["is_own_scorecard"] & scores["is_mql"]], on=["lead_id", "as_of"])
        .sort_values("as_of")
        .drop_duplicates("lead_id")[list(instants.columns)]
        .assign(purpose="first_mql")
    )
    instants = pd.concat([instants, first_mqls], ignore_index=True)
    scored = instants[instants["purpose"] == PURPOSE].merge(scores, on=["lead_id", "as_of"])
    scored["scored_by"] = scored["scorecard"]
    own = scored[scored["is_own_scorecard"]].assign(scorecard="*")
    scored = pd.concat([scored, own], ignore_index=True)
    scored["band"] = scored["ranking"].map(story.band_of)
    return Frames({lead.lead_id: lead for lead in leads}, scores, rules, instants, scored)
