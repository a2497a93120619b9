-- The one table of leads that a person reads (contract, section 5). It comes last: how a score has
-- moved is told by the record, which reads scores, and never this table (decision 23).
{%- set trend_points = var('lead_scoring_trend_points', 5) | int %}

with scores as (
    select * from {{ ref('int_lead_scoring__scores') }}
    where is_own_scorecard
),

disqualifiers as (
    select
        held.moment_key,
        scorecard_rules.scorecard,
        {{ lead_scoring.ordered_texts('reason_texts.words', "'; '", 'scorecard_rules.rule_id') }}
            as words
    from {{ ref('int_lead_scoring__rules_that_hold') }} as held
    inner join {{ ref('int_lead_scoring__scorecard_rules') }} as scorecard_rules
        on held.rule_key = scorecard_rules.rule_key
    inner join {{ ref('int_lead_scoring__reason_texts') }} as reason_texts
        on held.rule_key = reason_texts.rule_key
    where scorecard_rules.disqualifies
    group by held.moment_key, scorecard_rules.scorecard
),

moments as (
    select
        {%- for days in [7, 30] %}
        cast({{ lead_scoring.later('day', -days, 'as_of_day') }} as date) as day_{{ days }}_before,
        {%- endfor %}
        *
    from {{ ref('int_lead_scoring__leads_at_moments') }}
),

-- the record as it is shown: whoever builds this table builds with it all that is on record
history as (
    select
        lead_id,
        total_score,
        valid_from,
        {{ lead_scoring.reporting_day('valid_from') }} as said_on
    from {{ ref('lead_score_history') }}
),

-- a row of the record holds until the next one; what was said later that day is said of the day
said_before as (
    select
        moments.moment_key,
        max(history.valid_from) as valid_from_7_before,
        max(case when history.said_on <= moments.day_30_before then history.valid_from end)
            as valid_from_30_before
    from moments
    inner join history
        on moments.lead_id = history.lead_id and moments.day_7_before >= history.said_on
    group by moments.moment_key
),

final as (
    select
        -- ids
        leads.lead_id,
        scores.scorecard,
        leads.account,
        -- strings
        scores.segment,
        leads.status,
        scores.stage,
        scores.temperature,
        scores.fit_grade || scores.engagement_grade as grade,
        scores.fit_grade,
        scores.engagement_grade,
        places.next_stage,
        case
            when said_7_before.total_score + {{ trend_points }} <= scores.total_score then 'rising'
            when said_7_before.total_score - {{ trend_points }} >= scores.total_score then 'falling'
            when said_7_before.total_score is not null then 'steady'
        end as trend,
        places.evidence,
        disqualifiers.words as disqualified_because,
        top_reasons.reason_up_1,
        top_reasons.reason_up_2,
        top_reasons.reason_up_3,
        top_reasons.reason_down_1,
        top_reasons.reason_down_2,
        top_reasons.reason_down_3,
        scores.rules_fingerprint,
        scores.rules_commit,
        -- numerics
        scores.total_score,
        scores.fit_score,
        scores.engagement_score,
        places.score_percentile,
        scores.total_score - said_7_before.total_score as change_over_7_days,
        scores.total_score - said_30_before.total_score as change_over_30_days,
        places.points_to_next_stage,
        places.total_missing,
        places.fit_missing,
        places.engagement_missing,
        scores.fit_coverage,
        scores.events_in_30_days,
        -- flags
        scores.is_disqualified,
        -- times
        scores.last_activity_at,
        leads.as_of
    from scores
    inner join moments as leads on scores.moment_key = leads.moment_key
    inner join {{ ref('int_lead_scoring__score_places') }} as places
        on scores.moment_key = places.moment_key
    left join {{ ref('int_lead_scoring__top_reasons') }} as top_reasons
        on scores.moment_key = top_reasons.moment_key
    left join disqualifiers
        on
            scores.moment_key = disqualifiers.moment_key
            and scores.scorecard = disqualifiers.scorecard
    left join said_before on scores.moment_key = said_before.moment_key
    {%- for days in [7, 30] %}
    left join history as said_{{ days }}_before
        on
            leads.lead_id = said_{{ days }}_before.lead_id
            and said_before.valid_from_{{ days }}_before = said_{{ days }}_before.valid_from
    {%- endfor %}
)

select * from final
