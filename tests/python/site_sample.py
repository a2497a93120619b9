"""A made-up published database, with the columns that the contracts of the public tables name."""

from __future__ import annotations

from pathlib import Path

import duckdb

from prediction_sample import PREDICTION_TABLES, write_likelihoods
from review_sample import HOSTILE, contracts

LEADS = 1_200
AS_OF = "2026-06-30 12:00:00"
# Ids that sort in another way by UTF-16 than by code points, that are markup, or a name in scripts.
ODD_IDS = ("\ue000 private", "\U0001f600 smile", HOSTILE, "constructor")
TABLES = (
    *("lead_scores", "scorecard_scores", "score_reasons", "lead_decay", "lead_score_history"),
    *("lead_handoffs", "handoff_contacts", "account_scores", "lead_contacts", "rule_changes"),
    *("quarantined_rows", "input_columns", "input_event_types", "possible_duplicates"),
)
# Lead n has the score n % 101; each is of one of 300 accounts, and every tenth was handed over.
ROWS = {
    "lead_scores": f"""
        select
            lead_id, 'enterprise' as scorecard, 'A' || n % 300 as account,
            if(n % 2 = 0, 'enterprise', 'small_business') as segment,
            if(n % 50 = 1, 'won', 'open') as status,
            if(n % 101 >= 80, 'sql', 'lead') as stage, 'hot' as temperature, 'A1' as grade,
            'Demo request (+25)' as reason_up_1, false as is_disqualified,
            n % 101 as total_score, n % 101 as fit_score, n % 101 as engagement_score,
            0.5 as fit_coverage, timestamp '{AS_OF}' as as_of
        from ids
        union all by name
        -- what an earlier instant of the same run said
        select 'L0000' as lead_id, 'enterprise' as scorecard, 1 as total_score,
            timestamp '2026-06-01' as as_of
    """,
    "scorecard_scores": """
        select lead_id, scorecard, total_score, as_of, true as is_own_scorecard,
            'live' as scorecard_status, 30 as fit_points, 15.5 as engagement_points,
            40.0 as fit_unrounded, 16.5 as engagement_unrounded
        from lead_scores
        union all by name
        select lead_id, 'rival' as scorecard, 'challenger' as scorecard_status, 7 as total_score,
            false as is_own_scorecard, as_of
        from lead_scores
    """,
    "score_reasons": """
        select lead_id, scorecard, as_of, reasons.*
        from lead_scores
        cross join (
            values
                ('size', 'fit', 'company', 'Company size', 30),
                ('demo', 'engagement', 'talk', 'Demo request', 25.5),
                ('talk:limit', 'engagement', 'talk', 'Limit of talk', -5),
                ('silent', 'engagement', null, 'No activity for 30 days', -5)
        ) as reasons (rule_id, dimension, signal, reason, points)
    """,
    "lead_decay": """
        select lead_id, scorecard, as_of, 'demo' as rule_id, 'talk' as signal, 3 as events,
            25.5 as points_after_decay, 20 as points_in_7_days, 10.25 as points_in_30_days
        from lead_scores
    """,
    "lead_score_history": """
        select lead_id, 'enterprise' as scorecard, 'open' as status, 'lead' as stage,
            'A1' as grade, 10 + day as total_score, false as is_rule_change,
            'Demo request 0 -> +' || day as reasons_changed,
            timestamp '2026-05-01' + to_days(cast(day as integer)) as valid_from
        from ids
        cross join range(61) as days (day)
        where n = 7
    """,
    # Of lead 20 the same hour brought two stages; that with number 50 was spoken to since.
    "lead_handoffs": f"""
        select 'h' || n || stage as handoff_id, lead_id, stage, 'calls' as queue,
            if(n % 20 = 0, 'ann', 'bob') as owner, 'call' as action, 1 as episode,
            n % 101 as total_score, timestamp '{AS_OF}' - to_minutes(n) as handed_off_at,
            timestamp '{AS_OF}' + to_minutes(100 - n) as respond_by
        from ids
        cross join (values ('mql'), ('sql')) as stages (stage)
        where n % 10 = 0 and (stage = 'mql' or n = 20)
    """,
    "handoff_contacts": f"""
        select handoff_id, if(lead_id = 'L0050', timestamp '{AS_OF}', null) as contacted_at
        from lead_handoffs
    """,
    "account_scores": """
        select account, min(lead_id) as best_lead_id, max(total_score) as account_score,
            'lead' as stage, count(*) as leads, count(*) as open_leads, 1 as active_leads,
            2 as buying_roles, as_of
        from lead_scores
        where account is not null
        group by account, as_of
    """,
    "lead_contacts": """
        select lead_id, as_of, lead_id || '@mail.example' as email, 'Ann' as first_name
        from lead_scores
    """,
    "quarantined_rows": """
        select 'events-' || range as quarantined_row, 'events' as input_table,
            'unknown lead' as cause
        from range(12)
    """,
}
# What tables of an earlier version do not have; a site over those does without.
NEWER_COLUMNS = {
    "lead_scores": {
        **dict.fromkeys(("score_percentile", "change_over_7_days", "change_over_30_days"), 5),
        "points_to_next_stage": 12,
        "total_missing": 12,
        "fit_missing": 0,
        "engagement_missing": 3,
        "trend": "rising",
        "next_stage": "sql",
    },
    "account_scores": {"completeness_percent": 50, "missing_roles": "Buyer (0 of 1, required)"},
}
LEVERS = """
    select
        lead_id, 'lever ' || place || ': 7 -> ' || 7 + place % 3 as words, 7 as from_total_score,
        7 + place % 3 as to_total_score, place, place = 2 as is_new_stage, as_of
    from lead_scores
    cross join range(1, 5) as places (place)
    where lead_id = 'L0007'
"""


def write_published(path: Path, *, has_predictions: bool = False) -> None:
    """Writes the database, a file with all tables as plain dbt leaves it."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            f"create temp table ids as select range as n, format('L{{:04}}', range) as lead_id"
            f" from range({LEADS})"
        )
        numbered = [[1_000_000 + n, lead_id] for n, lead_id in enumerate(ODD_IDS)]
        connection.executemany("insert into ids values (?, ?)", numbered)
        found = contracts(TABLES)
        for name in TABLES:
            columns = ", ".join(f"{column} {kind}" for column, kind in found[name].items())
            connection.execute(f"create table {name} ({columns})")
            if name in ROWS:
                connection.execute(f"insert into {name} by name {ROWS[name]}")
        for table, newer in NEWER_COLUMNS.items():
            for column, value in newer.items():
                kind = "integer" if isinstance(value, int) else "varchar"
                connection.execute(f"alter table {table} add column if not exists {column} {kind}")
                connection.execute(f"update {table} set {column} = ?", [value])
        connection.execute(f"create table lead_levers as {LEVERS}")
        if has_predictions:
            write_likelihoods(connection, contracts(PREDICTION_TABLES))
