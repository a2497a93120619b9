{{ config(
    group='lead_scoring',
    severity='warn',
    enabled='salesforce' in (var('lead_scoring_sources', none) or []),
) }}

select * from {{ ref('stg_lead_scoring__salesforce_formula_fields') }}
