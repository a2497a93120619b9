-- depends_on: {{ ref('int_lead_scoring__run_plan') }}
-- depends_on: {{ ref('stg_lead_scoring__event_load_days') }}
{%- set is_partial = not lead_scoring.recomputes_all('events') %}
{%- set columns = lead_scoring.event_columns() | reject('equalto', 'event_type') | list %}

with event_types_in_use as (
    select * from {{ ref('int_lead_scoring__event_types_in_use') }}
),

uses_of_event_types as (
    {{ lead_scoring.uses_of_event_types() }}
),

combinations as (
    select distinct
        {{ lead_scoring.combination_key() }} as combination_key,
        {%- for column in columns %}
        {{ lead_scoring.event_value_in_use(column) }} as {{ adapter.quote(column) }},
        {%- endfor %}
        lower({{ lead_scoring.input_value('events', 'event_type') }}) as event_type
    from {{ lead_scoring.input_relation('events') }}
    left join uses_of_event_types
        on
            lower({{ lead_scoring.input_value('events', 'event_type') }})
            = uses_of_event_types.type_in_use
    {%- if is_partial %}
    where {{ lead_scoring.arrived_events_condition() }}
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
        coalesce(event_types_in_use.is_activity, false) as is_activity
    from combinations
    left join event_types_in_use on combinations.event_type = event_types_in_use.event_type
    where combinations.event_type is not null
)

select * from final
