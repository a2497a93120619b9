{#- The instant that somebody asked for: the var lead_scoring_as_of, else what the environment
    variable of that name holds, else none. The environment is not asked while dbt reads the
    project, which it would have to do again at each new instant; ./scripts/score passes it so.
    Call: given_as_of(). Out: a text or none. -#}
{% macro given_as_of() -%}
    {%- set given = var('lead_scoring_as_of', none) -%}
    {%- if given is none and execute -%}
        {%- set given = env_var('LEAD_SCORING_AS_OF', '') or none -%}
    {%- endif -%}
    {{ return(given) }}
{%- endmacro %}
