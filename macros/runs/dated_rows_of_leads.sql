{#- A select of the rows of leads and outcomes of some leads: lead_key, row_hash (of all that a row
    says) and holds_since, the instant from which it can tell in a score. An outcome that stands
    twice says no more than once.
    In: a relation with lead_key and lead_id; relations of staged leads and outcomes, or none: there
    are no rows then.
    Call: dated_rows_of_leads('changed_identities', leads, outcomes). Out: a select statement. -#}
{% macro dated_rows_of_leads(identities, leads=none, outcomes=none) -%}
    {%- if leads is none %}
    select
        lead_key,
        {{ lead_scoring.short_hash(['lead_id']) }} as row_hash,
        cast(null as timestamp) as holds_since
    from {{ identities }}
    where false
    {%- else %}
    {%- set columns = ["'leads'", 'leads.created_at', 'leads.updated_at'] -%}
    {%- for column in lead_scoring.lead_columns() -%}
        {%- do columns.append('leads.' ~ adapter.quote(column)) -%}
    {%- endfor %}
    select
        identities.lead_key,
        {{ lead_scoring.short_hash(columns) }} as row_hash,
        leads.holds_since
    from {{ leads }} as leads
    inner join {{ identities }} as identities on leads.lead_id = identities.lead_id
    where leads.fate = 'used'
    union
    select
        outcomes.lead_key,
        {{ lead_scoring.short_hash([
            "'outcomes'", 'outcomes.outcome', 'outcomes.owner', 'outcomes.occurred_at',
            'outcomes.known_at',
        ]) }} as row_hash,
        greatest(outcomes.occurred_at, outcomes.known_at) as holds_since
    from {{ outcomes }} as outcomes
    where
        outcomes.quarantine_cause is null
        and outcomes.lead_key in (select identities.lead_key from {{ identities }} as identities)
    {%- endif %}
{%- endmacro %}
