{#- A select of event rows with the lead that they name. Rows of erased leads have neither key nor
    cause, unless the lead was merged into one that is not erased.
    In: relations of event rows and of identities.
    Call: identified_event_rows('rows_with_end', 'identities').
    Out: a select statement with the columns of the rows, identity_key looked up, and cause: why the
    row cannot be used. -#}
{% macro identified_event_rows(event_rows, identities) -%}
    select
        {{ lead_scoring.event_row_columns('event_rows') }},
        event_rows.superseded_at,
        coalesce(
            event_rows.identity_key,
            case when leads.lead_key is not null then leads.identity_key end,
            case
                when erased_leads.lead_key is not null and event_rows.quarantine_cause is null
                    then erased_leads.identity_key
            end
        ) as identity_key,
        case
            when erased_leads.erased_lead_hash is not null then null
            when event_rows.quarantine_cause is not null then event_rows.quarantine_cause
            when event_rows.identity_key is null and leads.lead_key is null then 'unknown lead'
        end as cause
    from {{ event_rows }} as event_rows
    left join {{ identities }} as leads on event_rows.lead_id = leads.lead_id
    left join {{ identities }} as erased_leads
        on
            case
                when leads.lead_id is null and event_rows.identity_key is null
                    then {{ dbt.hash('event_rows.lead_id') }}
            end = erased_leads.erased_lead_hash
{%- endmacro %}
