with moments as (
    select
        *,
        {{ lead_scoring.horizon_end('as_of') }} as horizon_ends_at
    from {{ ref('int_lead_scoring__own_stages') }}
    where is_open
),

honest_instants as (
    select * from {{ ref('int_lead_scoring__honest_instants') }}
),

instants as (
    select
        lead_id,
        purpose,
        as_of
    from honest_instants
    union all
    select
        weekly.lead_id,
        'first_mql' as purpose,
        min(weekly.as_of) as as_of
    from honest_instants as weekly
    inner join moments on weekly.lead_id = moments.lead_id and weekly.as_of = moments.as_of
    where weekly.purpose = 'weekly' and moments.is_mql
    group by weekly.lead_id
),

outcomes_in_horizon as (
    select
        moments.moment_key,
        outcomes.outcome,
        outcomes.occurred_at,
        outcomes.amount
    from moments
    inner join {{ ref('stg_lead_scoring__outcomes') }} as outcomes
        on
            moments.lead_key = outcomes.lead_key
            and moments.as_of < outcomes.occurred_at
            and moments.horizon_ends_at >= outcomes.occurred_at
    where
        outcomes.quarantine_cause is null
        and outcomes.occurred_at <= {{ lead_scoring.as_of() }}
        and outcomes.known_at <= {{ lead_scoring.as_of() }}
),

wins_in_order as (
    select
        moment_key,
        occurred_at as won_at,
        coalesce(amount, 0) as amount,
        row_number() over (
            partition by moment_key order by occurred_at, coalesce(amount, 0) desc
        ) as place
    from outcomes_in_horizon
    where outcome = 'won'
),

statuses_latest_first as (
    {{ lead_scoring.statuses_latest_first('outcomes_in_horizon', ['moment_key']) }}
),

-- whether it is old enough depends on the instant alone: of young leads one knows quick wins only
fates as (
    select
        moments.*,
        wins.won_at,
        wins.amount,
        case
            when moments.horizon_ends_at > {{ lead_scoring.as_of() }} then 'censored'
            when wins.won_at is not null then 'converted'
            when statuses.outcome in ('lost', 'disqualified') then 'lost'
            else 'open'
        end as fate
    from moments
    left join wins_in_order as wins on moments.moment_key = wins.moment_key and wins.place = 1
    left join statuses_latest_first as statuses
        on moments.moment_key = statuses.moment_key and statuses.recency = 1
),

final as (
    select
        -- ids
        instants.purpose,
        fates.moment_key,
        fates.lead_key,
        fates.lead_id,
        -- strings
        fates.fate,
        -- numerics
        case when fates.fate <> 'censored' then 1 else 0 end as known,
        case when fates.fate = 'converted' then 1 else 0 end as converted,
        case when fates.fate = 'converted' then cast({{ dbt.datediff(
            lead_scoring.reporting_day('fates.as_of'),
            lead_scoring.reporting_day('fates.won_at'),
            'day'
        ) }} as integer) end as days_to_win,
        cast(
            case when fates.fate = 'converted' then fates.amount else 0 end as decimal(28, 2)
        ) as won_amount,
        -- flags
        fates.is_mql,
        -- times
        fates.as_of,
        cast({{ dbt.date_trunc('month', lead_scoring.reporting_day('fates.as_of')) }} as date)
            as month,
        fates.horizon_ends_at,
        case when fates.fate = 'converted' then fates.won_at end as won_at
    from instants
    inner join fates on instants.lead_id = fates.lead_id and instants.as_of = fates.as_of
)

select * from final
