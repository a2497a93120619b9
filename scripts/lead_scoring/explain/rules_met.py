"""Reads what a score is the sum of: the rules that met the lead, their days, and their signals."""

from __future__ import annotations

from lead_scoring.databases import Queries, Row, rows


def rules_met(connection: Queries, score: Row) -> list[Row]:
    """Returns the scorecard's rules that met this lead, each with what became of it (`verdict`)."""
    return rows(
        connection,
        """
        with conditional_rules as (
            select distinct rule_key from int_lead_scoring__rule_conditions
            where subject in ('lead', 'history')
        ),

        matched_rules as (
            select
                rule_key, points_after_decay as points, points_in_7_days, points_in_30_days
            from int_lead_scoring__engagement_points
            where moment_key = $moment and not is_idle
            union all
            select rules.rule_key, rules.points, null, null from int_lead_scoring__rules_that_hold
            join int_lead_scoring__rules as rules using (rule_key)
            where moment_key = $moment and rules.kind = 'fit'
            union all
            select rules.rule_key, reasons.points, null, null
            from int_lead_scoring__reasons as reasons
            join int_lead_scoring__rules as rules using (rule_key)
            where moment_key = $moment and reasons.scorecard = $scorecard
                and rules.kind = 'inactivity'
        )

        select
            rules.*,
            matched_rules.points as points_given,
            matched_rules.points_in_7_days,
            matched_rules.points_in_30_days,
            reason_texts.words,
            case
                when reasons.rule_key is not null then 'counts'
                when conditional_rules.rule_key is not null and rules_that_hold.rule_key is null
                    then 'its further conditions do not hold'
                else 'another rule of the signal comes first'
            end as verdict
        from int_lead_scoring__scorecard_rules as scorecard_rules
        join matched_rules using (rule_key)
        join int_lead_scoring__rules as rules using (rule_key)
        left join int_lead_scoring__reason_texts as reason_texts using (rule_key)
        left join conditional_rules using (rule_key)
        left join int_lead_scoring__rules_that_hold as rules_that_hold
            on rules_that_hold.rule_key = rules.rule_key and rules_that_hold.moment_key = $moment
        left join int_lead_scoring__reasons as reasons
            on reasons.rule_key = rules.rule_key
            and reasons.moment_key = $moment and reasons.scorecard = $scorecard
        where scorecard_rules.scorecard = $scorecard
        order by rules.signal, rules.priority, rules.rule_id
        """,
        {"moment": score["moment_key"], "scorecard": score["scorecard"]},
    )


def signals_of(connection: Queries, score: Row) -> list[Row]:
    """Returns the points of each signal: by its rules, by its limits, and both together."""
    return rows(
        connection,
        """
        select
            reasons.signal,
            lower(trim(signals.dimension)) as dimension,
            signals.matching,
            signals.min_points,
            signals.max_points,
            sum(reasons.points) filter (where reasons.rule_key is not null) as rule_points,
            sum(reasons.points) filter (where reasons.rule_key is null) as limit_points,
            sum(reasons.points) as points
        from int_lead_scoring__reasons as reasons
        left join lead_scoring__signals as signals
            on lower(trim(signals.signal)) = reasons.signal
        where reasons.moment_key = ? and reasons.scorecard = ? and reasons.signal is not null
        group by all
        order by reasons.signal
        """,
        [score["moment_key"], score["scorecard"]],
    )


def levers_of(connection: Queries, score: Row) -> list[Row]:
    """Returns what one event more, or one attribute that becomes known, would make of the lead, the
    best first: on its own scorecard; on another one nobody asked."""
    return rows(
        connection,
        "select words, points_gained, from_total_score, to_total_score, to_stage from lead_levers"
        " where lead_id = ? and scorecard = ? and as_of = ? order by place",
        [score["lead_id"], score["scorecard"], score["as_of"]],
    )


def days_of_rules(connection: Queries, score: Row) -> list[Row]:
    """Returns the days of which the points of engagement rules are the sum."""
    return rows(connection, _DAYS, {"moment": score["moment_key"]})


# The days of which the engagement points of one moment are the sum: matching events on each, those
# of one session or target on the day of the latest, those that count, and what they give. An event
# whose factor is 0 no longer exists for a rule.
_DAYS = """
    with matched_events as (
        select
            rules.rule_key, rules.per, events.age,
            case rules.per
                when 'session' then events.session_hash
                when 'target' then events.target_hash
            end as joined_by
        from int_lead_scoring__counting_events as events
        join int_lead_scoring__content_rules as content_rules
            on
                events.content_key = content_rules.content_key
                and events.as_of_day >= content_rules.holds_from
                and events.as_of_day < content_rules.holds_until
        join int_lead_scoring__rules as rules using (rule_key)
        where events.moment_key = $moment
    ),

    joined_events as (
        select rule_key, per, min(age) as age
        from matched_events
        where joined_by is not null
        group by rule_key, per, joined_by
        union all
        select rule_key, per, age from matched_events where joined_by is null
    ),

    matched_days as (
        select rule_key, age, if(per = 'day', 1, count(*))::integer as events
        from joined_events
        group by rule_key, per, age
    ),

    unexpired_days as (
        select
            rules.*, days.age, days.events, factors.factor, factors.age as days_on_clock,
            min(days.age) over (partition by rules.rule_key) as latest_age
        from matched_days as days
        join int_lead_scoring__rules as rules using (rule_key)
        join int_lead_scoring__activity as activity on activity.moment_key = $moment
        join int_lead_scoring__decay_factors as factors
            on
                rules.decay = factors.decay
                and factors.age = if(factors.clock = 'activity', activity.gap, days.age)
        where factors.factor > 0 and (rules.within_days is null or days.age < rules.within_days)
    ),

    counted_days as (
        select
            *,
            case
                when award = 'each' then least(events, coalesce(max_per_day, events))
                when age = latest_age then 1
                else 0
            end as counted_events
        from unexpired_days
    )

    select
        rule_key, age, days_on_clock, events, counted_events, factor,
        round(cast(counted_events * points as decimal(20, 2)) * factor, 4) as points
    from counted_days
    order by rule_key, age
"""
