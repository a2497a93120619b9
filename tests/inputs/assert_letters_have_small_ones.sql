{{ config(group='lead_scoring') }}

select as_of from {{ ref('stg_lead_scoring__as_of') }}
where lower('ÉÑЖ') <> 'éñж'
