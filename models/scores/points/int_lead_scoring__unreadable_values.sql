-- How many values of each input column cannot be read as the type that attributes declares
-- (contract, section 2: held back). A value that is not of its type is missing to every rule. What
-- no living lead says is left out.
{%- set leads_in_input = lead_scoring.input_columns('leads') %}
{%- set events_in_input = lead_scoring.input_columns('events') %}
{%- set of_leads = lead_scoring.lead_columns() | select('in', leads_in_input) %}
{%- set of_events = lead_scoring.event_columns() | select('in', events_in_input) %}
{%- if lead_scoring.is_linted() %}{% set of_leads, of_events = ['email'], ['url'] %}{% endif %}

with leads as (
    select * from {{ ref('stg_lead_scoring__leads') }}
),

contents as (
    select * from {{ ref('stg_lead_scoring__event_contents') }}
),

typed_attributes as (
    select distinct
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised('of') }} as of,
        {{ lead_scoring.normalised('type') }} as type
    from {{ ref('lead_scoring__attributes') }}
    where {{ lead_scoring.normalised('type') }} in ('number', 'whole', 'flag', 'date')
),

rows_of_contents as (
    select
        content_key,
        count(*) as input_rows
    from {{ ref('stg_lead_scoring__events') }}
    where quarantine_cause is null
    group by content_key
),

-- each distinct value is read once
typed_values as (
    {%- for column in of_leads %}
    select
        'leads' as input_table,
        attributes.attribute as column_name,
        attributes.type,
        leads.{{ lead_scoring.column_name(column) }} as value,
        count(*) as input_rows
    from leads
    inner join typed_attributes as attributes
        on
            attributes.of = 'lead'
            and attributes.attribute = '{{ dbt.escape_single_quotes(column) }}'
    group by attributes.attribute, attributes.type, leads.{{ lead_scoring.column_name(column) }}
    union all
    {%- endfor %}
    {%- for column in of_events %}
    select
        'events' as input_table,
        attributes.attribute as column_name,
        attributes.type,
        contents.{{ lead_scoring.column_name(column) }} as value,
        sum(rows_of_contents.input_rows) as input_rows
    from contents
    inner join typed_attributes as attributes
        on
            attributes.of = 'event'
            and attributes.attribute = '{{ dbt.escape_single_quotes(column) }}'
    inner join rows_of_contents on contents.content_key = rows_of_contents.content_key
    group by attributes.attribute, attributes.type, contents.{{ lead_scoring.column_name(column) }}
    union all
    {%- endfor %}
    select
        'leads' as input_table,
        attribute as column_name,
        type,
        null as value,
        0 as input_rows
    from typed_attributes
    where 1 = 0
),

final as (
    select
        -- ids
        input_table,
        column_name,
        -- numerics
        cast(sum(input_rows) as bigint) as filled,
        cast(sum(
            case
                when {{ lead_scoring.comparable('type', 'value', is_input=true) }} is null
                    then input_rows
                else 0
            end
        ) as bigint) as unreadable
    from typed_values
    where value is not null
    group by input_table, column_name
)

select * from final
