with active_colleagues as (
    select
        active_colleagues.moment_key,
        moments.as_of_day,
        cast(active_colleagues.active_colleagues as varchar) as value
    from {{ ref('int_lead_scoring__active_colleagues') }} as active_colleagues
    inner join {{ ref('int_lead_scoring__moments') }} as moments
        on active_colleagues.moment_key = moments.moment_key
),

distinct_values as (
    select distinct
        'lead' as of,
        'active_colleagues' as attribute,
        value
    from active_colleagues
),

satisfied_conditions as (
    {{ lead_scoring.satisfied_conditions('distinct_values') }}
),

final as (
    select
        -- ids
        active_colleagues.moment_key,
        satisfied_conditions.condition_key,
        -- strings
        satisfied_conditions.operator
    from active_colleagues
    inner join satisfied_conditions
        on
            active_colleagues.value = satisfied_conditions.value
            and active_colleagues.as_of_day >= satisfied_conditions.holds_from
            and active_colleagues.as_of_day < satisfied_conditions.holds_until
)

select * from final
