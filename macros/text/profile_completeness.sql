{#- The share of the eight profile columns that are filled, as text (0, 0.125, .. 1): whole eighths
    need no division.
    In: a relation's name. Call: profile_completeness('versions'). Out: a decimal expression. -#}
{% macro profile_completeness(relation) -%}
    {%- set columns = [
        'email', 'first_name', 'last_name', 'job_title', 'company_name', 'industry',
        'employee_count', 'country',
    ] -%}
    0.125 * (
        {%- for column in columns %}
        case when {{ relation }}.{{ column }} is null then 0 else 1 end{{ ' +' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
