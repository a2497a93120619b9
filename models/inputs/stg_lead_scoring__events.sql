-- What the input says of each event and when it was known: hashes and times, and nothing that
-- depends on rules, on leads or on other rows. Days of loading whose rows have changed are taken
-- out (below), and those that are missing are read; so is everything where the columns that
-- attributes declares for events are others than they were.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="
        {% if is_incremental() %}
        delete from {{ this }}
        where load_day not in (
            select kept_days.load_day
            from (
                select
                    load_day,
                    reading,
                    {{ lead_scoring.sum_of_hashes('row_hash') }} as rows_hash
                from {{ this }}
                group by load_day, reading
            ) as kept_days
            inner join (
                select
                    {{ lead_scoring.load_day() }} as load_day,
                    {{ lead_scoring.sum_of_hashes(lead_scoring.row_hash('events')) }} as rows_hash
                from {{ lead_scoring.input_relation('events') }}
                group by {{ lead_scoring.load_day() }}
            ) as days_of_input
                on
                    kept_days.load_day = days_of_input.load_day
                    and kept_days.rows_hash = days_of_input.rows_hash
            inner join ({{ lead_scoring.event_reading() }}) as event_reading
                on kept_days.reading = event_reading.{{ adapter.quote('reading of events') }}
        )
        {% endif %}
    "
) }}

{%- set contract = lead_scoring.input_contract('events') %}
{%- set found = lead_scoring.input_columns('events') %}
{%- set session = lead_scoring.input_value('events', 'session_id') %}
{%- set user_agent = lead_scoring.input_value('events', 'user_agent') %}
{%- set target = 'lower(coalesce(' ~ lead_scoring.input_value('events', 'url') ~ ', '
    ~ lead_scoring.input_value('events', 'asset') ~ '))' %}
{#- of a column that is a time already there is nothing to read #}
{%- set times, texts_of_times = {}, [] %}
{%- for name in contract.times %}
{%- if name in found and lead_scoring.is_time(found[name]) %}
{%- do times.update({name: lead_scoring.utc_time(found[name])}) %}
{%- else %}
{%- do times.update({name: lead_scoring.input_time_of(lead_scoring.input_value('events', name))}) %}
{%- do texts_of_times.append(name) %}
{%- endif %}
{%- endfor %}

with event_reading as (
    {{ lead_scoring.event_reading() }}
),

final as (
    select
        -- ids
        {{ lead_scoring.event_hash_of_input() }} as event_hash,
        {{ lead_scoring.lead_hash(found.get('lead_id')) }}
            as lead_hash,
        case when {{ session }} is not null then {{ lead_scoring.short_hash([session]) }} end
            as session_hash,
        case when {{ target }} is not null then {{ lead_scoring.short_hash([target]) }} end
            as target_hash,
        case when {{ user_agent }} is not null then {{ lead_scoring.short_hash([user_agent]) }} end
            as user_agent_hash,
        {{ lead_scoring.content_key() }} as content_key,
        {{ lead_scoring.row_hash('events') }} as row_hash,
        -- strings
        case
            {%- for name in contract.required %}
            when {{ lead_scoring.input_value('events', name) if name not in times or
                name in texts_of_times else times[name] }} is null
                then '{{ name }} is missing'
            {%- endfor %}
            {%- for name in texts_of_times if name in found %}
            when
                {{ lead_scoring.input_value('events', name) }} is not null
                and {{ times[name] }} is null
                then '{{ name }} cannot be read'
            {%- endfor %}
        end as quarantine_cause,
        event_reading.{{ adapter.quote('reading of events') }} as reading,
        -- flags
        coalesce({{ lead_scoring.comparable(
            "'flag'", lead_scoring.input_value('events', 'is_bot'), is_input=true
        ) }} = 'true', false) as is_bot,
        coalesce({{ times.occurred_at }} > {{ times.loaded_at }}, false) as is_clock_ahead,
        -- times: an event of a clock that is ahead occurred when it was loaded
        case
            when {{ times.occurred_at }} > {{ times.loaded_at }} then {{ times.loaded_at }}
            else {{ times.occurred_at }}
        end as occurred_at,
        coalesce({{ times.loaded_at }}, {{ times.occurred_at }}) as known_at,
        {{ lead_scoring.load_day() }} as load_day
    from {{ lead_scoring.input_relation('events') }}
    cross join event_reading
    {%- if is_incremental() %}
    where {{ lead_scoring.load_day() }} not in (select kept.load_day from {{ this }} as kept)
    {%- endif %}
)

select * from final
