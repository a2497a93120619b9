-- depends_on: {{ ref('int_lead_scoring__run_plan') }}
-- depends_on: {{ ref('stg_lead_scoring__event_load_days') }}
{%- set is_partial = not lead_scoring.recomputes_all('events') %}
{%- set columns = lead_scoring.event_columns() | reject('equalto', 'event_type') | list %}

with events as (
    {{ lead_scoring.input_rows(
        'events', lead_scoring.arrived_events_condition() if is_partial else none
    ) }}
),

event_types as (
    select * from {{ ref('int_lead_scoring__event_types_in_use') }}
),

combinations as (
    select distinct
        {{ lead_scoring.combination_key() }} as combination_key,
        {%- for column in columns %}
        case
            when event_types.{{ adapter.quote('uses ' ~ column) }}
                then {{ lead_scoring.event_value(column) }}
        end as {{ adapter.quote(column) }},
        {%- endfor %}
        lower(events.event_type) as event_type
    from events
    left join event_types on lower(events.event_type) = event_types.event_type
    where events.event_type is not null
    {%- if is_partial %}
    union
    select
        combination_key,
        {%- for column in columns %}
        {{ adapter.quote(column) }},
        {%- endfor %}
        event_type
    from {{ this }}
    {%- endif %}
),

final as (
    select
        combinations.*,
        coalesce(event_types.is_activity, false) as is_activity
    from combinations
    left join event_types on combinations.event_type = event_types.event_type
)

select * from final
