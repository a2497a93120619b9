{#- A select of each moment's gap: midnights since its lead's latest counting activity event, else
    since it was created.
    Columns: moment_key, gap, last_activity_at (null without activity).
    In: optionally a relation: where it is empty, nobody asks for gaps and there are none.
    Call: activity_gaps(). Out: a select statement. -#}
{% macro activity_gaps(needed_by=none) -%}
    select
        moments.moment_key,
        coalesce(
            min(activity_days.age),
            {{ dbt.datediff('moments.exists_from_day', 'moments.as_of_day', 'day') }}
        ) as gap,
        max(activity_days.latest_occurred_at) as last_activity_at
    from {{ ref('int_lead_scoring__moments') }} as moments
    left join (
        select daily_counts.*
        from {{ ref('int_lead_scoring__daily_event_counts') }} as daily_counts
        inner join {{ ref('int_lead_scoring__event_combinations') }} as combinations
            on daily_counts.combination_key = combinations.combination_key
        where combinations.is_activity
    ) as activity_days
        on moments.moment_key = activity_days.moment_key
    {%- if needed_by is not none %}
    where exists (select 1 from {{ needed_by }})
    {%- endif %}
    group by moments.moment_key, moments.exists_from_day, moments.as_of_day
{%- endmacro %}
