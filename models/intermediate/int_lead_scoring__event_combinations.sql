with events as (
    select * from {{ ref('stg_lead_scoring__events') }}
    where quarantine_cause is null
),

event_types_in_use as (
    select * from {{ ref('int_lead_scoring__event_types_in_use') }}
),

combinations as (
    select distinct
        {{ lead_scoring.event_combination() }} as combination,
        {%- for column in lead_scoring.event_columns() if column != 'event_type' %}
        case
            when event_types_in_use.{{ adapter.quote('uses ' ~ column) }}
                then {{ lead_scoring.event_value(column) }}
        end as {{ adapter.quote(column) }},
        {%- endfor %}
        events.event_type,
        event_types_in_use.is_activity
    from events
    inner join event_types_in_use on events.event_type = event_types_in_use.event_type
),

final as (
    select
        row_number() over (order by combination) as combination_key,
        *
    from combinations
)

select * from final
