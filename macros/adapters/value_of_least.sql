{#- Of the rows of a group, a value of the one where another expression is least.
    In: two expressions; the second is not null and differs in all rows of the group.
    Call: value_of_least('rule_key', 'place'). Out: an aggregate expression. -#}
{% macro value_of_least(value, measure) -%}
    {{ return(adapter.dispatch('value_of_least', 'lead_scoring')(value, measure)) }}
{%- endmacro %}

{% macro default__value_of_least(value, measure) -%}
    min_by({{ value }}, {{ measure }})
{%- endmacro %}

{#- It has no min_by. -#}
{% macro postgres__value_of_least(value, measure) -%}
    (array_agg({{ value }} order by {{ measure }}))[1]
{%- endmacro %}
