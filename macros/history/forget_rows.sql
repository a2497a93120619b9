{#- The statement that takes rows out of a log before a run adds its own: those of each lead from
    the first instant on that the run scores it at, or from which its past has changed, and all rows
    of leads that were erased or merged into another. Leads that are merely missing from the input
    keep their rows: a load that was cut short must not destroy what no run can make again.
    Call: pre_hook="{{ lead_scoring.forget_rows() }}". Out: a statement, or nothing where the log is
    new. -#}
{% macro forget_rows() -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where
            exists (
                select 1
                from {{ ref('int_lead_scoring__logged_moments') }} as logged_moments
                where
                    logged_moments.lead_id = {{ this.identifier }}.lead_id
                    and logged_moments.first_as_of <= {{ this.identifier }}.as_of
            )
            or exists (
                select 1
                from {{ ref('int_lead_scoring__rewritten_stretches') }} as rewritten_stretches
                where
                    rewritten_stretches.lead_id = {{ this.identifier }}.lead_id
                    and rewritten_stretches.since <= {{ this.identifier }}.as_of
            )
            or exists (
                select 1
                from {{ ref('stg_lead_scoring__lead_identities') }} as identities
                where identities.is_merged and identities.lead_id = {{ this.identifier }}.lead_id
            )
            or {{ dbt.hash(this.identifier ~ '.lead_id') }} in (
                select identities.erased_lead_hash
                from {{ ref('stg_lead_scoring__lead_identities') }} as identities
                where identities.erased_lead_hash is not null
            )
    {%- endif -%}
{%- endmacro %}
