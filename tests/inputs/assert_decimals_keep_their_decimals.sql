{{ config(group='lead_scoring') }}
{%- set points = "cast('2.9996' as " ~ lead_scoring.type_name('decimal', 38, 4) ~ ')' %}

select as_of from {{ ref('stg_lead_scoring__as_of') }}
where {{ points }} = round({{ points }}, 0)
