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

conditions_of_absence as (
    select distinct condition_key
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where of = 'lead' and attribute = 'active_colleagues' and operator = 'is_empty'
),

moments_without_account as (
    select moments.moment_key
    from {{ ref('int_lead_scoring__moments') }} as moments
    left join active_colleagues on moments.moment_key = active_colleagues.moment_key
    where
        moments.is_touched
        and active_colleagues.moment_key is null
        and exists (select 1 from conditions_of_absence)
),

final as (
    select
        active_colleagues.moment_key,
        satisfied_conditions.condition_key
    from active_colleagues
    inner join satisfied_conditions
        on
            active_colleagues.value = satisfied_conditions.value
            and active_colleagues.as_of_day >= satisfied_conditions.holds_from
            and active_colleagues.as_of_day < satisfied_conditions.holds_until
    where satisfied_conditions.operator <> 'is_empty'
    union all
    select
        moments_without_account.moment_key,
        conditions_of_absence.condition_key
    from moments_without_account
    cross join conditions_of_absence
)

select * from final
