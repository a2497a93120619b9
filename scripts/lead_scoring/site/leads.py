"""The data of the leads: a list of all of them, and what is known of each, in chunks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lead_scoring.databases import Queries, rows
from lead_scoring.rules.rule_set import RuleSet
from lead_scoring.site.data_files import Columns, as_json, columns_of, write_data
from lead_scoring.site.likelihoods import Prediction, prepare_likelihoods
from lead_scoring.site.lists import LIKELIHOOD
from lead_scoring.site.published import present

LEADS_OF_A_CHUNK = 500
MOST_CHANGES = 60  # of a lead's history, the latest
MOST_COLLEAGUES = 10
MOST_LEVERS = 3

LISTED = (
    *("lead_id", "name", "email", "total_score", "change_over_7_days", "stage", "grade"),
    *("segment", "status", "trend", "evidence", "account", "owner", "reason_up_1", *LIKELIHOOD),
)
LIST = "select {names} from site_leads order by total_score desc, lead_id"
# What the page of a lead reads, each as an array in this order.
FIELDS = (
    *("lead_id", "name", "email", "scorecard", "account", "segment", "status", "stage"),
    *("temperature", "grade", "disqualified_because", "owner"),
    *("next_stage", "trend", "evidence"),
    *("total_score", "fit_score", "engagement_score", "fit_coverage", "score_percentile"),
    *("change_over_7_days", "change_over_30_days", "events_in_30_days"),
    *("points_to_next_stage", "total_missing", "fit_missing", "engagement_missing"),
    *("fit_points", "engagement_points", "fit_unrounded", "engagement_unrounded"),
    "last_activity_at",
)
FIELDS_OF_ACCOUNT = (
    *("account", "account_score", "best_score", "stage"),
    *("leads", "open_leads", "active_leads", "buying_roles"),
    *("completeness_percent", "missing_roles", "has_required_roles"),
    *("change_over_7_days", "change_over_30_days", "trend"),
)
# Rules in words, numbered from 0: leads name them by their numbers.
WORDS = """
    select
        row_number() over (order by scorecard, rule_id) - 1 as number,
        scorecard, rule_id, any_value(dimension) as dimension, min(reason) as words
    from score_reasons
    where as_of = (select as_of from site_run)
    group by scorecard, rule_id
"""
DETAILS = """
    with leads as (
        select *, (row_number() over (order by lead_id) - 1) // {size} as chunk from site_leads
    ),

    reasons as (
        select
            leads.lead_id,
            list(
                json_array(words.number, cast(reasons.points as double))
                order by reasons.points desc, words.number
            ) as items
        from leads
        inner join score_reasons as reasons using (lead_id, scorecard, as_of)
        inner join site_words as words using (scorecard, rule_id)
        group by leads.lead_id
    ),

    decay as (
        select
            leads.lead_id,
            list(
                json_array(
                    words.number, decay.events, cast(decay.points_after_decay as double),
                    cast(decay.points_in_7_days as double), cast(decay.points_in_30_days as double)
                )
                order by decay.points_after_decay desc, words.number
            ) as items
        from leads
        inner join lead_decay as decay using (lead_id, scorecard, as_of)
        inner join site_words as words using (scorecard, rule_id)
        group by leads.lead_id
    ),

    levers as (
        select
            lead_id,
            list(
                json_array(words, from_total_score, to_total_score, is_new_stage)
                order by place
            ) as items
        from site_levers
        -- at the end of the scale a lever gives points that move nothing
        where place <= {most_levers} and (to_total_score > from_total_score or is_new_stage)
        group by lead_id
    ),

    history as (
        select
            lead_id,
            list(
                json_array(
                    {time_of_change}, total_score, stage, grade, status, reasons_changed,
                    is_rule_change
                )
                order by valid_from desc
            )[:{most_changes}] as items,
            count(*) as changes
        from lead_score_history
        group by lead_id
    ),

    others as (
        select
            leads.lead_id,
            list(
                json_array(
                    scores.scorecard, scores.scorecard_status, scores.total_score, scores.stage,
                    scores.grade
                )
                order by scores.scorecard
            ) as items
        from leads
        inner join scorecard_scores as scores using (lead_id, as_of)
        where not scores.is_own_scorecard
        group by leads.lead_id
    ),

    handoffs as (
        select
            lead_id,
            list(
                json_array(
                    {time_of_handoff}, stage, queue, action, owner, {time_to_answer},
                    {time_of_contact}, total_score
                )
                order by handed_off_at desc, total_score desc, stage
            ) as items
        from lead_handoffs
        left join handoff_contacts using (handoff_id)
        group by lead_id
    ),

    colleagues as (
        select
            account,
            list(
                json_array(lead_id, name, total_score, stage, status)
                order by total_score desc, lead_id
            )[:{most_colleagues} + 1] as items
        from leads
        where account is not null
        group by account
    )

    select
        leads.chunk,
        leads.lead_id,
        json_object(
            'lead', json_array({fields}),
            'reasons', reasons.items,
            'decay', decay.items,
            'levers', levers.items,
            'history', history.items,
            'changes', history.changes,
            'others', others.items,
            'handoffs', handoffs.items,
            'account', case
                when accounts.account is not null then json_array({fields_of_account})
            end,
            'colleagues', colleagues.items,
            'likelihoods', likelihoods.items
        ) as details
    from leads
    left join reasons using (lead_id)
    left join decay using (lead_id)
    left join levers using (lead_id)
    left join history using (lead_id)
    left join others using (lead_id)
    left join handoffs using (lead_id)
    left join account_scores as accounts
        on leads.account = accounts.account and leads.as_of = accounts.as_of
    left join colleagues on leads.account = colleagues.account
    left join site_likelihoods_of_leads as likelihoods using (lead_id)
    order by leads.lead_id
"""


def write_leads(
    connection: Queries, rules: RuleSet, predictions: Sequence[Prediction], site: Path
) -> Columns:
    """Writes the list of leads and their chunks; returns the list."""
    found = columns_of(
        connection, LIST.format(names=", ".join(present(connection, "site_leads", LISTED)))
    )
    write_data(site, "leads", as_json(found))
    connection.execute(f"create or replace temp table site_words as {WORDS}")
    fields = present(connection, "site_leads", FIELDS)
    of_account = present(connection, "account_scores", FIELDS_OF_ACCOUNT)
    of_likelihoods = prepare_likelihoods(connection, predictions)
    starts = _write_chunks(connection, site, fields, of_account)
    words = {
        "fields": fields,
        "fields_of_account": of_account,
        "rules": [
            [row["words"], row["dimension"]]
            for row in rows(connection, "from site_words order by number")
        ],
        "scorecards": {name: _arithmetic(row) for name, row in _scorecards(rules).items()},
        "starts": starts,
        **of_likelihoods,
    }
    write_data(site, "words", as_json(words))
    return found


def _write_chunks(
    connection: Queries, site: Path, fields: Sequence[str], of_account: Sequence[str]
) -> list[str]:
    """Writes the chunks; returns the first lead of each. Ids stand in the order of code points."""
    cursor = connection.execute(
        DETAILS.format(
            size=LEADS_OF_A_CHUNK,
            most_changes=MOST_CHANGES,
            most_levers=MOST_LEVERS,
            most_colleagues=MOST_COLLEAGUES,
            time_of_change=_minute("valid_from"),
            time_of_handoff=_minute("handed_off_at"),
            time_to_answer=_minute("respond_by"),
            time_of_contact=_minute("contacted_at"),
            fields=", ".join(_field("leads", name) for name in fields),
            fields_of_account=", ".join(_field("accounts", name) for name in of_account),
        )
    )
    starts: list[str] = []
    while found := cursor.fetchmany(LEADS_OF_A_CHUNK):
        # Every chunk but the last is full, so what is fetched at a time is one chunk.
        number = found[0][0]
        starts.append(found[0][1])
        details = ",\n".join(f"{json.dumps(row[1], ensure_ascii=False)}:{row[2]}" for row in found)
        write_data(site, f"leads_{number:04d}", f"{{{details}}}")
    return starts


def _field(table: str, name: str) -> str:
    if name.endswith("_at"):
        return _minute(f"{table}.{name}")
    if name.endswith(("_points", "_unrounded", "_coverage")):
        return f"cast({table}.{name} as double)"
    return f"{table}.{name}"


def _minute(column: str) -> str:
    """A time in UTC as the pages show it."""
    return f"strftime({column}, '%Y-%m-%d %H:%M')"


def _scorecards(rules: RuleSet) -> dict[str, Any]:
    return rules.names("scorecards", "scorecard")


def _arithmetic(row: Any) -> list[float | None]:
    """What makes scores of points: weight of fit, fit and engagement points for 100."""
    names = ("fit_weight", "fit_points_for_100", "engagement_points_for_100")
    return [float(row[name]) if row[name] else None for name in names]
