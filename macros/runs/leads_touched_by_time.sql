{#- A select of the leads for whom something has fallen due since the run before: an event, a
    version or a burst, an outcome, a version of the lead, the lead's own creation.
    Call: leads_touched_by_time(). Out: a select statement with lead_key. Each source is a select of
    its own, so that engines can skip what lies outside the span. -#}
{% macro leads_touched_by_time() -%}
    {%- set plan = lead_scoring.model_relation('int_lead_scoring__run_plan') -%}
    {%- set span = run_query('select as_of_before, as_of from ' ~ plan).rows[0] -%}
    {%- set dues = [
        ('stg_lead_scoring__events', 'occurred_at', 'identity_key'),
        ('stg_lead_scoring__events', 'known_at', 'identity_key'),
        ('stg_lead_scoring__events', 'superseded_at', 'identity_key'),
        ('int_lead_scoring__bot_clicks', 'bot_from', 'lead_key'),
        ('int_lead_scoring__bot_clicks', 'bot_until', 'lead_key'),
        ('stg_lead_scoring__outcomes', 'occurred_at', 'lead_key'),
        ('stg_lead_scoring__outcomes', 'known_at', 'lead_key'),
        ('stg_lead_scoring__leads', 'holds_since', 'lead_key'),
        ('stg_lead_scoring__lead_identities', 'exists_from', 'lead_key'),
    ] %}
    with keys_due as (
        {%- for table, time, key in dues %}
        select
            {{ 'identities.lead_key' if key == 'identity_key' else 'due.lead_key' }}
        from {{ lead_scoring.model_relation(table) }} as due
        {%- if key == 'identity_key' %}
        inner join {{ lead_scoring.model_relation('stg_lead_scoring__lead_identities') }}
            as identities
            on due.identity_key = identities.identity_key
        {%- endif %}
        where
            due.{{ time }} > cast('{{ span[0] }}' as timestamp)
            and due.{{ time }} <= cast('{{ span[1] }}' as timestamp)
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    )

    select distinct lead_key
    from keys_due
    where lead_key is not null
{%- endmacro %}
