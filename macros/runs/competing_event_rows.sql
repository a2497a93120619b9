{#- A select of the event rows that a run writes which does not read all: the rows of the load days
    that have changed, and what is kept of the rows beside them (replaced_event_rows).
    In: the relation of arrived events. Call: competing_event_rows(ref('...arrived_events')).
    Out: a select statement with the columns of event_rows and identity_key, which is null where the
    lead has yet to be looked up. Equal loading times fall on one load day where the input has
    times; in text, zones can tear them apart, and the input is asked for the rows that tie. -#}
{% macro competing_event_rows(arrived) -%}
    {%- set kept = lead_scoring.model_relation('stg_lead_scoring__events') -%}
    {%- set load_days = lead_scoring.model_relation('stg_lead_scoring__event_load_days') -%}
    {%- set times = lead_scoring.input_columns('events') -%}
    {%- set ties_are_torn = not lead_scoring.is_time(times['occurred_at'])
        or ('loaded_at' in times and not lead_scoring.is_time(times['loaded_at'])) %}
    with kept_rows as (
        select * from {{ kept }}
    ),

    changed_load_days as (
        select load_day from {{ load_days }}
        where is_changed
    ),

    -- apart from the next step: few of all rows have to be joined to their leads
    replaced_rows as (
        select * from kept_rows
        where {{ lead_scoring.replaced_event_rows('kept_rows') }}
    ),

    rows_to_put_back as (
        select replaced_rows.*
        from replaced_rows
        left join {{ lead_scoring.model_relation('stg_lead_scoring__lead_identities') }}
            as identities
            on replaced_rows.identity_key = identities.identity_key
        where
            replaced_rows.load_day not in (select changed_load_days.load_day from changed_load_days)
            and (replaced_rows.identity_key is null or identities.lead_key is not null)
    ),

    torn_ties as (
        select distinct rows_to_put_back.event_hash
        from rows_to_put_back
        inner join {{ arrived }} as arrived
            on
                rows_to_put_back.event_hash = arrived.event_hash
                and rows_to_put_back.known_at = arrived.known_at
        where {{ 'true' if ties_are_torn else 'false' }}
    )

    select
        {{ lead_scoring.event_row_columns('arrived') }},
        arrived.quarantine_cause,
        cast(null as bigint) as identity_key,
        arrived.row_text
    from {{ arrived }} as arrived
    union all
    select
        {{ lead_scoring.event_row_columns('rows_to_put_back') }},
        nullif(rows_to_put_back.quarantine_cause, 'unknown lead') as quarantine_cause,
        rows_to_put_back.identity_key,
        -- of rows that tied, the one that has won wins again
        case
            when rows_to_put_back.superseded_at = rows_to_put_back.known_at then '1' else '0'
        end as row_text
    from rows_to_put_back
    left join torn_ties on rows_to_put_back.event_hash = torn_ties.event_hash
    where torn_ties.event_hash is null
    {%- if ties_are_torn %}
    union all
    select
        {{ lead_scoring.event_row_columns('events') }},
        events.quarantine_cause,
        cast(null as bigint) as identity_key,
        events.row_text
    from ({{ lead_scoring.event_rows(
        lead_scoring.event_hash_of_input() ~ ' in (select event_hash from torn_ties)'
    ) }}) as events
    where
        events.load_day not in (select changed_load_days.load_day from changed_load_days)
        and events.quarantine_cause is null
    {%- endif %}
{%- endmacro %}
