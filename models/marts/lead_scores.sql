{{ config(materialized='kept', meta={
    'scope': 'scores',
    'replaces': 'scored_leads',
    'run_columns': {
        'as_of': 'int_lead_scoring__run_plan',
        'rules_commit': 'int_lead_scoring__rules_fingerprint',
    },
}) }}

with scores as (
    select * from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__scores')) }} as scores
    where scores.is_own_scorecard
),

moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
    where is_touched and is_current
),

versions as (
    select * from {{ ref('int_lead_scoring__lead_versions') }}
),

accounts as (
    select
        moments.moment_key,
        {{ lead_scoring.account_of('versions') }} as account
    from moments
    inner join versions on {{ lead_scoring.holds_at_moment() }}
),

disqualifiers as (
    select
        held_rules.moment_key,
        scorecard_rules.scorecard,
        {{ dbt.listagg('rule_words.words', "'; '", 'order by scorecard_rules.rule_id') }} as words
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__rules_that_hold')) }} as held_rules
    inner join {{ ref('int_lead_scoring__scorecard_rules') }} as scorecard_rules
        on held_rules.rule_key = scorecard_rules.rule_key
    inner join {{ ref('int_lead_scoring__rule_words') }} as rule_words
        on held_rules.rule_key = rule_words.rule_key
    where scorecard_rules.disqualifies
    group by held_rules.moment_key, scorecard_rules.scorecard
),

final as (
    select
        -- ids
        moments.lead_id,
        scores.scorecard,
        accounts.account,
        -- strings
        scores.segment,
        coalesce(statuses.status, 'open') as status,
        scores.stage,
        scores.temperature,
        scores.fit_grade || scores.engagement_grade as grade,
        scores.fit_grade,
        scores.engagement_grade,
        disqualifiers.words as disqualified_because,
        top_reasons.reason_up_1,
        top_reasons.reason_up_2,
        top_reasons.reason_up_3,
        top_reasons.reason_down_1,
        top_reasons.reason_down_2,
        top_reasons.reason_down_3,
        rules_fingerprint.rules_fingerprint,
        rules_fingerprint.rules_commit,
        -- numerics
        scores.total_score,
        scores.fit_score,
        scores.engagement_score,
        coverage.fit_coverage,
        -- flags
        scores.is_disqualified,
        -- times
        activity.last_activity_at,
        moments.as_of
    from scores
    inner join moments on scores.moment_key = moments.moment_key
    cross join {{ ref('int_lead_scoring__rules_fingerprint') }} as rules_fingerprint
    inner join accounts on scores.moment_key = accounts.moment_key
    inner join {{ ref('int_lead_scoring__activity') }} as activity
        on scores.moment_key = activity.moment_key
    inner join {{ ref('int_lead_scoring__fit_coverage') }} as coverage
        on scores.moment_key = coverage.moment_key and scores.scorecard = coverage.scorecard
    left join {{ ref('int_lead_scoring__lead_statuses') }} as statuses
        on scores.moment_key = statuses.moment_key
    left join {{ ref('int_lead_scoring__top_reasons') }} as top_reasons
        on scores.moment_key = top_reasons.moment_key
    left join disqualifiers
        on
            scores.moment_key = disqualifiers.moment_key
            and scores.scorecard = disqualifiers.scorecard
)

select * from final
