{#- Whether the users of a web tool are leads of their own, which e-mail addresses may link to those
    of a CRM. The settings' user_id says so: own, or lead_id where user ids are ids of leads.
    Segment knows people by itself; Snowplow and GA4 know ids, which make leads only where no CRM
    does.
    In: tool. Call: makes_leads('snowplow'). Out: a boolean, for Jinja. -#}
{% macro makes_leads(tool) %}
    {%- set has_crm = ['hubspot', 'salesforce', 'marketo']
        | select('in', lead_scoring.connectors()) | list | length > 0 -%}
    {%- set default = 'own' if tool == 'segment' or not has_crm else 'lead_id' -%}
    {{ return(lead_scoring.connector_settings(tool).get('user_id', default) == 'own') }}
{% endmacro %}
