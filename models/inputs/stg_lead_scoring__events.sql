-- What the input says of each event and when it was known: hashes and times, and nothing that
-- depends on rules, on leads or on other rows. Days of loading whose rows have changed are taken
-- out (by the pre_hook, before the select), and those that are missing are read; so is everything
-- where the text `reading` is another: it tells of declared columns, settings of time and hashes.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="
        {% if is_incremental() %}
        {% set found = lead_scoring.input_columns('events') %}
        {% set row_hash = lead_scoring.row_hash('events', found) %}
        {% set days %}
        select kept_days.load_day as key
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
                {{ lead_scoring.load_day(found) }} as load_day,
                {{ lead_scoring.sum_of_hashes(row_hash) }} as rows_hash
            from {{ lead_scoring.input_relation('events') }}
            group by {{ lead_scoring.load_day(found) }}
        ) as days_of_input
            on
                kept_days.load_day = days_of_input.load_day
                and kept_days.rows_hash = days_of_input.rows_hash
        inner join ({{ lead_scoring.event_reading(found) }}) as event_reading
            on kept_days.reading = event_reading.{{ adapter.quote('reading of events') }}
        {% endset %}
        {{ lead_scoring.taken_out('load_day', days, are_kept=true) }}
        {% endif %}
    "
) }}

{%- set contract = lead_scoring.input_contract('events') %}
{%- set found = lead_scoring.input_columns('events') %}
{%- set session = lead_scoring.clean_text(found.session_id, is_id=true)
    if 'session_id' in found else 'cast(null as ' ~ lead_scoring.type_name('text') ~ ')' %}
{#- of a column that is a time already there is nothing to read #}
{%- set texts_of_times = [] %}
{%- for name in contract.times if name not in found or not lead_scoring.is_time(found[name]) %}
{%- do texts_of_times.append(name) %}
{%- endfor %}

{#- a name that no column of the input has #}
{%- set kept_day = adapter.quote('load day that is kept') %}

with event_reading as (
    {{ lead_scoring.event_reading(found) }}
),

-- column by column, then value by value: each text is read once
clean_events as (
    select
        {{ lead_scoring.event_hash_of_input(found) }} as event_hash,
        {{ lead_scoring.lead_hash(found.get('lead_id')) }} as lead_hash,
        {{ lead_scoring.content_key(found) }} as content_key,
        {{ lead_scoring.row_hash('events', found) }} as row_hash,
        {%- for name in contract.required if name not in contract.times %}
        {{ lead_scoring.input_value('events', name, found) }} is null as {{ name }}_is_missing,
        {%- endfor %}
        {%- for name in contract.times %}
        {%- if name in texts_of_times %}
        {{ lead_scoring.input_value('events', name, found) }} as {{ name }}_as_text,
        {%- else %}
        {{ lead_scoring.utc_time(found[name]) }} as {{ name }}_as_time,
        {%- endif %}
        {%- endfor %}
        {{ session }} as session_id,
        lower(coalesce(
            {{ lead_scoring.input_value('events', 'url', found) }},
            {{ lead_scoring.input_value('events', 'asset', found) }}
        )) as target,
        {{ lead_scoring.input_value('events', 'user_agent', found) }} as user_agent,
        {{ lead_scoring.input_value('events', 'is_bot', found) }} as is_bot,
        {{ lead_scoring.load_day(found) }} as load_day,
        event_reading.{{ adapter.quote('reading of events') }} as reading
    from {{ lead_scoring.input_relation('events') }}
    cross join event_reading
    {%- if is_incremental() %}
    left join (select distinct load_day as {{ kept_day }} from {{ this }}) as kept_days
        on {{ lead_scoring.load_day(found) }} = kept_days.{{ kept_day }}
    where kept_days.{{ kept_day }} is null
    {%- endif %} {{ lead_scoring.evaluated_once() }}
),

timed_events as (
    select
        {%- for name in contract.times %}
        {%- set time = lead_scoring.input_time_of(name ~ '_as_text') if name in texts_of_times
            else name ~ '_as_time' %}
        {{ time }} as {{ name }},
        {%- endfor %}
        *
    from clean_events {{ lead_scoring.evaluated_once() }}
),

final as (
    select
        -- ids
        event_hash,
        lead_hash,
        case when session_id is not null then {{ lead_scoring.short_hash(['session_id']) }} end
            as session_hash,
        case when target is not null then {{ lead_scoring.short_hash(['target']) }} end
            as target_hash,
        case when user_agent is not null then {{ lead_scoring.short_hash(['user_agent']) }} end
            as user_agent_hash,
        content_key,
        row_hash,
        -- strings
        case
            {%- for name in contract.required %}
            when {{ name ~ '_is_missing' if name not in contract.times
                else name ~ '_as_text is null' if name in texts_of_times
                else name ~ ' is null' }}
                then '{{ name }} is missing'
            {%- endfor %}
            {%- for name in texts_of_times if name in found %}
            when {{ name }}_as_text is not null and {{ name }} is null
                then '{{ name }} cannot be read'
            {%- endfor %}
        end as quarantine_cause,
        reading,
        -- flags: a mark that cannot be read is null, and counted by input_columns
        case
            when is_bot is null then false
            else {{ lead_scoring.comparable("'flag'", 'is_bot', is_input=true) }} = 'true'
        end as is_bot,
        coalesce(occurred_at > loaded_at, false) as is_clock_ahead,
        -- times: an event of a clock that is ahead occurred when it was loaded
        case when occurred_at > loaded_at then loaded_at else occurred_at end as occurred_at,
        coalesce(loaded_at, occurred_at) as known_at,
        load_day
    from timed_events
)

select * from final
