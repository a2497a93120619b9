"""Finds out what came true for leads after the instants at which they are looked at."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from lead_scoring.reading.headers import literal
from lead_scoring.suggest.sample import Labelled, Question

FEWEST_OUTCOMES = 40  # leads with, and leads without, below which nothing is fitted
FATES = (
    *("used", "no longer open", "already won, not yet known", "horizon not over"),
    UNRECORDED := "outcomes not recorded then",
)


class TooFewOutcomes(RuntimeError):
    """There is not enough to learn from. The message says how much there is and is needed."""


def label_moments(
    connection: duckdb.DuckDBPyConnection,
    question: Question,
    scorecard: str,
    moments: Path,
    *,
    is_live: bool = True,
) -> Labelled:
    """Finds out what came true at the moments of a scorecard's leads, and writes those with an
    answer to the file `moments`; all are in the table labelled. Nothing need be scored yet.

    Moments are left out where the lead is no longer open, where it had already been won and
    nobody knew, and where the horizon is not over: not even those that were won before it is, or
    recent leads would seem better than they are. Of more moments than the question allows so many
    are drawn, by a hash of lead and instant: again the same ones, and of no kind more than there
    are. is_live: of the leads of a live scorecard it is the own one.

    Raises TooFewOutcomes.
    """
    known_until = question.as_of.replace(tzinfo=None)
    connection.execute(_ANSWERS, {"known_until": known_until, "foretold": question.foretold.value})
    connection.execute(
        _LABELLED,
        {
            "scorecard": scorecard,
            "is_live": is_live,
            "known_until": known_until,
            "days": question.horizon_days,
        },
    )
    record = _leave_out_unrecorded(connection, question)
    counts = dict(
        connection.execute("select fate, count(*) from labelled group by fate").fetchall()
    )
    labelled = Labelled(
        question=question,
        counts={name: counts.get(name, 0) for name in FATES},
        moments=moments,
        fitted_until=_fitted_until(connection),
        record=record,
    )
    with_outcome, without = connection.execute(
        "select count(*) filter (ever), count(*) filter (not ever) from"
        " (select bool_or(label) as ever from labelled where fate = 'used' group by lead_key)"
    ).fetchone() or (0, 0)
    if min(with_outcome, without) < FEWEST_OUTCOMES:
        raise TooFewOutcomes(
            _too_few(labelled, with_outcome, without) + _won_at_once(connection, question)
        )
    connection.execute(
        "create or replace temp table drawn as"
        " select lead_id, lead_key, as_of, label, answered_at from labelled where fate = 'used'"
        " order by md5(lead_id || ' ' || as_of), lead_key, as_of limit $1",
        [question.most_moments],
    )
    connection.execute(
        f"copy (from drawn order by lead_key, as_of) to {literal(moments)} (format parquet)"
    )
    return labelled


def _fitted_until(connection: duckdb.DuckDBPyConnection) -> datetime:
    (latest,) = connection.execute(
        "select max(exists_from) from labelled"
        " inner join stg_lead_scoring__lead_identities using (lead_key) where fate = 'used'"
    ).fetchone() or (None,)
    # Written in whole seconds: none of the leads is later.
    return (latest or datetime.min).replace(microsecond=0) + timedelta(seconds=1)


def _leave_out_unrecorded(connection: duckdb.DuckDBPyConnection, question: Question) -> str:
    """Leaves out moments whose horizon the record of answers does not cover; says so in words.

    The same test as that of the model int_lead_scoring__outcome_record.
    """
    first, last, before, after = connection.execute(
        _RECORD, {"days": question.horizon_days}
    ).fetchone() or (None, None, 0, 0)
    starts = first if (before or 0) >= CERTAINLY_SOME else None
    ends = last if (after or 0) >= CERTAINLY_SOME else None
    if starts is None and ends is None:
        return ""
    connection.execute(
        "update labelled set fate = $fate where fate = 'used' and (coalesce(as_of < $starts, false)"
        " or coalesce(as_of + to_days(cast($days as integer)) > $ends, false))",
        {"fate": UNRECORDED, "starts": starts, "ends": ends, "days": question.horizon_days},
    )
    words = [f"from {starts:%Y-%m-%d}" if starts else "", f"until {ends:%Y-%m-%d}" if ends else ""]
    return " ".join(one for one in words if one)


def _won_at_once(connection: duckdb.DuckDBPyConnection, question: Question) -> str:
    """What else is to be said where most leads were closed by the instant."""
    wins, early, at_once = connection.execute(
        "select count(*), count(*) filter (won_at <= exists_from + to_days(cast($1 as integer))),"
        " count(*) filter (won_at <= exists_from) from (select lead_key, min(occurred_at) as won_at"
        " from stg_lead_scoring__outcomes where outcome = 'won' and quarantine_cause is null"
        " group by lead_key) as wins inner join stg_lead_scoring__lead_identities as leads"
        " using (lead_key) where leads.lead_id = leads.survivor_lead_id and won_at <= $2",
        [question.days, question.as_of.replace(tzinfo=None)],
    ).fetchone() or (0, 0, 0)
    if not wins or early < EARLY * wins:
        return ""
    words = f" Of {wins:,} wins {early:,} came before the instant"
    if at_once >= EARLY * wins:
        return (
            f"{words}, {at_once:,} of them at the very instant of the lead's creation or earlier: "
            "what is written down at once cannot be foretold. Find out when leads really began."
        )
    return f"{words}: look earlier, with a smaller --days (0: at once)."


EARLY = 0.2  # of the wins: so many are worth a word
# Answers that must have been there: none where so many are expected is one case of 1,000.
CERTAINLY_SOME = 6.9


def _too_few(labelled: Labelled, with_outcome: int, without: int) -> str:
    return (
        f"There is too little to learn from: {with_outcome:,} leads with the outcome and "
        f"{without:,} without; {FEWEST_OUTCOMES} of each are needed. "
        f"Asked was {labelled.question.in_words()}. Left out: "
        + ", ".join(f"{name} {labelled.counts[name]:,}" for name in FATES[1:])
        + ". A shorter --horizon-days, or older data, leaves out fewer."
    )


# What happens at the instant itself, and is not known by then, is still to come.
_ANSWERS = """
create or replace temp table answers as
with activity_types as (
    select lower(trim(event_type)) as event_type from lead_scoring__event_types where is_activity
),
bot_agents as (
    select distinct agents.user_agent_hash
    from stg_lead_scoring__user_agents as agents
    inner join lead_scoring__lists as lists
        on
            lower(trim(lists.list)) = 'bot_user_agent'
            and contains(lower(agents.user_agent), lower(trim(lists.entry)))
),
activity as (
    select identities.lead_key, events.occurred_at, events.known_at
    from stg_lead_scoring__events as events
    inner join stg_lead_scoring__event_contents as contents using (content_key)
    semi join activity_types using (event_type)
    inner join stg_lead_scoring__lead_identities as identities using (lead_hash)
    anti join bot_agents using (user_agent_hash)
    where
        $foretold = 'active' and events.quarantine_cause is null
        and events.known_at <= $known_until
),
wins as (
    select lead_key, occurred_at, known_at
    from stg_lead_scoring__outcomes
    where outcome = 'won' and quarantine_cause is null and known_at <= $known_until
)
select * from activity where $foretold = 'active'
union all
select * from wins where $foretold = 'won'
"""

_LABELLED = """
create or replace temp table labelled as
with wins as (
    select lead_key, occurred_at, known_at
    from stg_lead_scoring__outcomes
    where outcome = 'won' and quarantine_cause is null and known_at <= $known_until
),
moments as (
    select moments.*
    from int_lead_scoring__leads_at_moments as moments
    inner join int_lead_scoring__moment_scorecards as scorecards using (moment_key)
    where
        scorecards.scorecard = $scorecard and (scorecards.is_own_scorecard or not $is_live)
),
first_answers as (
    select moments.moment_key, min(answers.occurred_at) as answered_at
    from moments
    inner join answers
        on
            answers.lead_key = moments.lead_key
            and answers.occurred_at >= moments.as_of
            and greatest(answers.occurred_at, answers.known_at) > moments.as_of
            and answers.occurred_at < moments.as_of + to_days(cast($days as integer))
    group by moments.moment_key
)
select
    moments.moment_key,
    moments.lead_id,
    moments.lead_key,
    moments.as_of,
    case
        when moments.status <> 'open' then 'no longer open'
        when exists (
            select 1 from wins
            where
                wins.lead_key = moments.lead_key
                and wins.occurred_at < moments.as_of and wins.known_at > moments.as_of
        ) then 'already won, not yet known'
        when moments.as_of + to_days(cast($days as integer)) > $known_until
            then 'horizon not over'
        else 'used'
    end as fate,
    first_answers.answered_at,
    first_answers.answered_at is not null as label
from moments
left join first_answers using (moment_key)
"""

# After how many days answers come, and how many should have come before the first of the record
# and after its last: those of the moments whose horizon the record covers tell the pace.
_RECORD = """
with bounds as (
    select min(occurred_at) as first_at, max(occurred_at) as last_at from answers
),
moments as (
    select
        date_diff('day', labelled.as_of, labelled.answered_at) as days,
        labelled.as_of >= bounds.first_at
        and labelled.as_of + to_days(cast($days as integer)) <= bounds.last_at as is_within,
        date_diff('day', labelled.as_of, bounds.first_at) as days_before,
        date_diff('day', labelled.as_of, bounds.last_at) as days_covered
    from labelled cross join bounds
    where labelled.fate = 'used'
),
waits as (
    select days, count(*) / sum(count(*)) over () as share
    from moments where is_within group by days
)
select
    (select first_at from bounds),
    (select last_at from bounds),
    sum(waits.share) filter (waits.days < moments.days_before),
    sum(waits.share) filter (waits.days > moments.days_covered)
from moments cross join waits
where waits.days is not null and (moments.days_before > 0 or moments.days_covered < $days)
"""
