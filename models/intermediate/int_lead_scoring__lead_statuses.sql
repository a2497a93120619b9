{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
    where is_touched
),

outcomes as (
    select
        lead_key,
        outcome,
        occurred_at,
        known_at,
        case outcome when 'disqualified' then 1 when 'won' then 2 when 'lost' then 3 else 4 end
            as precedence
    from {{ ref('stg_lead_scoring__outcomes') }}
    where quarantine_cause is null and outcome in ('won', 'lost', 'disqualified', 'reopened')
),

outcomes_latest_first as (
    select
        moments.moment_key,
        outcomes.outcome,
        row_number() over (
            partition by moments.moment_key order by outcomes.occurred_at desc, outcomes.precedence
        ) as recency
    from moments
    inner join outcomes
        on
            moments.lead_key = outcomes.lead_key
            and moments.as_of >= outcomes.occurred_at
            and moments.as_of >= outcomes.known_at
),

final as (
    select
        moment_key,
        case outcome when 'reopened' then 'open' else outcome end as status
    from outcomes_latest_first
    where recency = 1
)

select * from final
