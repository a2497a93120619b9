with logged_moments as (
    select * from {{ ref('int_lead_scoring__logged_moments') }}
),

outcomes as (
    select * from {{ ref('stg_lead_scoring__outcomes') }}
    where quarantine_cause is null and nullif({{ lead_scoring.trimmed('owner') }}, '') is not null
),

outcomes_latest_first as (
    select
        logged_moments.moment_key,
        outcomes.owner,
        row_number() over (
            partition by logged_moments.moment_key
            order by outcomes.occurred_at desc, outcomes.known_at desc, outcomes.owner
        ) as recency
    from logged_moments
    inner join outcomes
        on
            logged_moments.lead_key = outcomes.lead_key
            and logged_moments.as_of >= outcomes.occurred_at
            and logged_moments.as_of >= outcomes.known_at
),

final as (
    select
        moment_key,
        {{ lead_scoring.trimmed('owner') }} as owner
    from outcomes_latest_first
    where recency = 1
)

select * from final
