{#- The end of the horizon within which a win after an instant counts, by the var
    lead_scoring_horizon_days (90).
    In: a timestamp expression. Call: horizon_end('moments.as_of'). Out: a timestamp expression. -#}
{% macro horizon_end(as_of) -%}
    {{ lead_scoring.later('day', var('lead_scoring_horizon_days', 90) | int, as_of) }}
{%- endmacro %}
