{#- A select of the moments at which leads are scored again, since their past is other than it was
    scored: at the recorded instants of earlier runs since the rules changed last. None in a
    backtest and where no run is recorded.
    In: a relation of leads with lead_key, lead_id and exists_from.
    Call: replayed_moments('scored_leads'). Out: a select statement with moment_key, which is
    negative, the columns of the leads and as_of. -#}
{% macro replayed_moments(leads) -%}
    {%- set runs = lead_scoring.model_relation('int_lead_scoring__run_log') -%}
    {%- set retroactive = lead_scoring.model_relation('int_lead_scoring__retroactive_leads') -%}
    {%- if runs is none or retroactive is none or lead_scoring.is_backtest() %}
    select
        lead_key as moment_key,
        lead_key,
        lead_id,
        exists_from,
        exists_from as as_of
    from {{ leads }}
    where false
    {%- else %}
    select
        -row_number() over (order by leads.lead_key, runs.as_of) as moment_key,
        leads.lead_key,
        leads.lead_id,
        leads.exists_from,
        runs.as_of
    from {{ leads }} as leads
    inner join {{ retroactive }} as retroactive on leads.lead_key = retroactive.lead_key
    inner join {{ runs }} as runs
        on
            retroactive.since <= runs.as_of
            and leads.exists_from <= runs.as_of
            and runs.as_of < {{ lead_scoring.as_of() }}
    inner join {{ lead_scoring.model_relation('int_lead_scoring__rules_fingerprint') }}
        as rules_fingerprint
        on
            runs.rules_fingerprint = rules_fingerprint.rules_fingerprint
            and runs.as_of > (
                select coalesce(max(other_runs.as_of), cast('0001-01-01' as timestamp))
                from {{ runs }} as other_runs
                where other_runs.rules_fingerprint <> rules_fingerprint.rules_fingerprint
            )
    {%- endif %}
{%- endmacro %}
