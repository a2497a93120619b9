{#- A select of the leads that share an account, now or before, with leads that a run touches; none
    where no condition asks for active colleagues.
    In: a relation with lead_key. Call: colleagues_of_leads('leads_touched').
    Out: a select statement with lead_key. -#}
{% macro colleagues_of_leads(leads) -%}
    with conditions_on_colleagues as (
        select attribute
        from {{ lead_scoring.model_relation('int_lead_scoring__rule_conditions') }}
        where of = 'lead' and attribute = 'active_colleagues'
    ),

    versions as (
        select
            lead_versions.lead_key,
            {{ lead_scoring.account_of('lead_versions') }} as account
        from {{ lead_scoring.model_relation('int_lead_scoring__lead_versions') }} as lead_versions
        where exists (select 1 from conditions_on_colleagues)
    ),

    accounts as (
        select versions.account
        from versions
        inner join {{ leads }} as leads on versions.lead_key = leads.lead_key
        union
        select account
        from {{ lead_scoring.model_relation('int_lead_scoring__accounts_before') }}
    )

    select distinct versions.lead_key
    from versions
    inner join accounts on versions.account = accounts.account
{%- endmacro %}
