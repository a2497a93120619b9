-- How many values of each input column cannot be read as the type that attributes declares
-- (contract, section 2: held back). A value that is not of its type is missing to every rule. What
-- no living lead says is left out.
{%- set in_leads = lead_scoring.input_columns('leads') %}
{%- set in_events = lead_scoring.input_columns('events') %}
{%- set of_leads = lead_scoring.lead_columns(in_leads) | select('in', in_leads) | list %}
{%- set of_events = lead_scoring.event_columns(in_events) | select('in', in_events) | list %}
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
        {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} as subject,
        {{ lead_scoring.normalised('type') }} as type
    from {{ ref('lead_scoring__attributes') }}
    where {{ lead_scoring.normalised('type') }} in ('number', 'whole', 'flag', 'date')
),

rows_of_contents as (
    select
        events.content_key,
        count(*) as input_rows
    from {{ ref('stg_lead_scoring__events') }} as events
    inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
        on events.lead_hash = identities.lead_hash
    where events.quarantine_cause is null and identities.lead_key is not null
    group by events.content_key
),

{%- for table, of, key, columns in [
    ('leads', 'lead', 'lead_key', of_leads), ('contents', 'event', 'content_key', of_events)
] if columns %}
values_of_{{ table }} as (
    {{ lead_scoring.unpivoted(table, [key], columns) }}
),
{%- endfor %}

-- each distinct value is read once
typed_values as (
    {%- if of_leads %}
    select
        'leads' as input_table,
        attributes.attribute as column_name,
        attributes.type,
        given.value,
        count(*) as input_rows
    from values_of_leads as given
    inner join typed_attributes as attributes
        on attributes.subject = 'lead' and given.attribute = attributes.attribute
    group by attributes.attribute, attributes.type, given.value
    union all
    {%- endif %}
    {%- if of_events %}
    select
        'events' as input_table,
        attributes.attribute as column_name,
        attributes.type,
        given.value,
        sum(rows_of_contents.input_rows) as input_rows
    from values_of_contents as given
    inner join typed_attributes as attributes
        on attributes.subject = 'event' and given.attribute = attributes.attribute
    inner join rows_of_contents on given.content_key = rows_of_contents.content_key
    group by attributes.attribute, attributes.type, given.value
    union all
    {%- endif %}
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
        cast(sum(
            case
                when {{ lead_scoring.comparable('type', 'value', is_input=true) }} is null
                    then input_rows
                else 0
            end
        ) as bigint) as unreadable
    from typed_values
    group by input_table, column_name
)

select * from final
