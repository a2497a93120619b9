with rejections as (
    select
        lead_key,
        occurred_at,
        coalesce({{ lead_scoring.normalised('reason') }}, '(none given)') as reason,
        row_number() over (
            partition by lead_key
            order by occurred_at, coalesce({{ lead_scoring.normalised('reason') }}, '')
        ) as place
    from {{ ref('stg_lead_scoring__outcomes') }}
    where
        quarantine_cause is null
        and outcome in ('rejected', 'disqualified')
        and occurred_at <= {{ lead_scoring.as_of() }}
        and known_at <= {{ lead_scoring.as_of() }}
),

own_stages as (
    select * from {{ ref('int_lead_scoring__own_stages') }}
    where is_open
),

instants_before as (
    select
        own_stages.moment_key,
        own_stages.lead_key,
        own_stages.scorecard,
        own_stages.total_score,
        own_stages.is_mql,
        rejections.reason,
        row_number() over (
            partition by own_stages.lead_key order by own_stages.as_of desc
        ) as recency
    from rejections
    inner join own_stages
        on
            rejections.lead_key = own_stages.lead_key
            and rejections.occurred_at >= own_stages.as_of
    where rejections.place = 1
),

final as (
    select
        -- ids
        moment_key,
        lead_key,
        scorecard,
        -- strings
        reason,
        -- numerics
        total_score
    from instants_before
    where recency = 1 and is_mql
)

select * from final
