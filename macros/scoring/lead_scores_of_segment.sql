{#- A select of the lead scores of one segment.
    In: the segment's name. Call: lead_scores_of_segment('enterprise'). Out: a select statement. -#}
{% macro lead_scores_of_segment(segment) -%}
with lead_scores as (
    select * from {{ lead_scoring.in_same_database(ref('lead_scores')) }}
    where {{ lead_scoring.normalised('segment') }} = '{{ segment }}'
)

select * from lead_scores
{%- endmacro %}
