{{ config(group='lead_scoring') }}
{%- set type = lead_scoring.type_name('decimal', 38, 10) %}

select as_of from {{ ref('stg_lead_scoring__as_of') }}
where
    cast('1.0000000001' as {{ type }}) = round(cast('1.0000000001' as {{ type }}), 0)
    or cast('1.0000000001' as {{ type }}) + cast('1' as {{ type }}) = 2
