{#- so many wins chance does not let fail: none where they are expected is one case of 1,000 -#}
{%- set enough = 6.9 -%}

with wins as (
    select
        min(occurred_at) as first_win_at,
        max(occurred_at) as last_win_at
    from {{ ref('stg_lead_scoring__outcomes') }}
    where
        outcome = 'won'
        and quarantine_cause is null
        and occurred_at <= {{ lead_scoring.as_of() }}
        and known_at <= {{ lead_scoring.as_of() }}
),

moments as (
    select
        fates.converted,
        fates.days_to_win,
        fates.as_of >= wins.first_win_at and fates.horizon_ends_at <= wins.last_win_at as is_within,
        -- whole days of the horizon before the first win of the record, and until its last
        {{ dbt.datediff('fates.as_of', 'wins.first_win_at', 'day') }} as days_before,
        {{ dbt.datediff('fates.as_of', 'wins.last_win_at', 'day') }} as days_covered
    from {{ ref('int_lead_scoring__instant_fates') }} as fates
    cross join wins
    where
        fates.purpose = '{{ lead_scoring.evidence_purpose() }}'
        and fates.known = 1
),

-- how often, and after how many days, leads are won for whom everything is on record
waits as (
    select
        days_to_win,
        sum(converted) / cast(
            sum(count(*)) over () as {{ lead_scoring.type_name('double') }}
        ) as share
    from moments
    where is_within
    group by days_to_win
),

expected_wins as (
    select
        sum(case when waits.days_to_win < moments.days_before then waits.share else 0 end)
            as before_first,
        sum(case when waits.days_to_win > moments.days_covered then waits.share else 0 end)
            as after_last
    from moments
    cross join waits
    where
        waits.days_to_win is not null
        and (
            moments.days_before > 0
            or moments.days_covered < {{ var('lead_scoring_horizon_days', 90) | int }}
        )
),

final as (
    select
        -- times
        case when expected_wins.before_first >= {{ enough }} then wins.first_win_at end
            as recorded_from,
        case when expected_wins.after_last >= {{ enough }} then wins.last_win_at end
            as recorded_until
    from wins
    cross join expected_wins
)

select * from final
