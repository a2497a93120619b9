{#- The values of a row of the score log as one text: rows of equal text are no change.
    In: a relation with the columns. Call: score_state('scores'). Out: a text expression. -#}
{% macro score_state(relation) -%}
    {%- for column in lead_scoring.score_log_values() %}
    {{- ' || chr(10) || ' if not loop.first -}}
    coalesce(cast({{ relation }}.{{ column }} as {{ lead_scoring.type_name('text') }}), '')
    {%- endfor %}
{%- endmacro %}
