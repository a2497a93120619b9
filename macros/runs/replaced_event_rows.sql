{#- Which kept event rows this run takes out and, unless their load day is read anew, puts back as
    they must now be: those of load days that have changed, those in quarantine (their lead may be
    known by now), versions of events that these days have or had, and those of erased leads.
    In: a relation of kept event rows in scope. Call: replaced_event_rows('kept_rows').
    Out: a condition. -#}
{% macro replaced_event_rows(kept_rows) -%}
    {%- set load_days = lead_scoring.model_relation('stg_lead_scoring__event_load_days') -%}
    {%- set arrived = lead_scoring.model_relation('stg_lead_scoring__arrived_events') -%}
    {%- set identities = lead_scoring.model_relation('stg_lead_scoring__lead_identities') -%}
    {%- set changed = '(select load_day from ' ~ load_days ~ ' where is_changed)' -%}
    (
        {{ kept_rows }}.load_day in {{ changed }}
        or {{ kept_rows }}.quarantine_cause is not null
        or {{ kept_rows }}.event_hash in (
            select event_hash from {{ arrived }}
            union
            select event_hash from {{ lead_scoring.model_relation('stg_lead_scoring__events') }}
            where load_day in {{ changed }}
        )
        or {{ kept_rows }}.identity_key in (
            select identity_key from {{ identities }}
            where lead_key is null
        )
    )
{%- endmacro %}
