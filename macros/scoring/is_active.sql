{#- Whether a gap is short enough for a lead to be active: fewer days than the var
    lead_scoring_active_days, default 30 (contract, section 4: accounts).
    In: an expression of whole days. Call: is_active('activity.gap'). Out: a condition. -#}
{% macro is_active(gap) -%}
    {{ gap }} < {{ var('lead_scoring_active_days', 30) | int }}
{%- endmacro %}
