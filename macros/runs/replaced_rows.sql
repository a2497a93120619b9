{#- Which rows of a kept table this run replaces.
    In: what the table's rows belong to: event_rows, changed_leads (by lead_id), moments (by
    moment_key), bot_clicks (by lead_key), scored_leads (by lead_id) or restaged_leads (by lead_id);
    a relation kept_rows in scope.
    Call: replaced_rows('moments'). Out: a condition. -#}
{% macro replaced_rows(belongs_to) -%}
    {%- set moments = lead_scoring.model_relation('int_lead_scoring__moments') -%}
    {%- set touched = lead_scoring.model_relation('int_lead_scoring__touched_leads') -%}
    {%- if belongs_to == 'event_rows' -%}
        {{ lead_scoring.replaced_event_rows('kept_rows') }}
    {%- elif belongs_to == 'changed_leads' -%}
        {{ lead_scoring.short_hash(['kept_rows.lead_id']) }} in (
            select lead_hash
            from {{ lead_scoring.model_relation('stg_lead_scoring__changed_leads') }}
        )
    {%- elif belongs_to == 'bot_clicks' -%}
        kept_rows.lead_key in (select lead_key from {{ touched }})
    {%- elif belongs_to == 'restaged_leads' -%}
        kept_rows.lead_id in (
            select lead_id
            from {{ lead_scoring.model_relation('int_lead_scoring__restaged_leads') }}
        )
    {%- elif belongs_to == 'moments' -%}
        (
            kept_rows.moment_key in (select lead_key from {{ touched }})
            or kept_rows.moment_key < 0
        )
    {%- elif belongs_to == 'scored_leads' -%}
        (
            kept_rows.lead_id in (select lead_id from {{ moments }} where is_touched)
            or kept_rows.lead_id not in (select lead_id from {{ moments }})
        )
    {%- endif -%}
{%- endmacro %}
