{{ config(materialized='kept', meta={
    'scope': 'scores',
    'replaces': 'moments',
    'run_columns': {'as_of': 'int_lead_scoring__run_plan'},
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
    select
        lead_versions.*,
        {{ lead_scoring.account_of('lead_versions') }} as account
    from {{ ref('int_lead_scoring__lead_versions') }} as lead_versions
),

final as (
    select
        -- ids
        scores.moment_key,
        versions.account,
        moments.lead_id,
        -- strings
        case
            when versions.seniority in ('c_level', 'vp', 'director', 'manager')
                then versions.department
        end as buying_role,
        -- numerics
        scores.total_score,
        scores.fit_score,
        scores.engagement_score,
        -- flags
        coalesce(statuses.status, 'open') = 'open' and not scores.is_disqualified as counts,
        {{ lead_scoring.is_active('activity.gap') }} as is_active,
        -- times
        moments.as_of
    from scores
    inner join moments on scores.moment_key = moments.moment_key
    inner join versions on {{ lead_scoring.holds_at_moment() }}
    inner join {{ ref('int_lead_scoring__activity') }} as activity
        on scores.moment_key = activity.moment_key
    left join {{ ref('int_lead_scoring__lead_statuses') }} as statuses
        on scores.moment_key = statuses.moment_key
    where versions.account is not null
)

select * from final
