{#- Of the rows of a group, a value of the one where another expression is least.
    In: two expressions; the second is not null and differs in all rows of the group. The name of
    the value's type. Call: value_of_least('rule_key', 'place', 'bigint').
    Out: an aggregate expression. -#}
{% macro value_of_least(value, measure, type) -%}
    {{ return(adapter.dispatch('value_of_least', 'lead_scoring')(value, measure, type)) }}
{%- endmacro %}

{% macro default__value_of_least(value, measure, type) -%}
    min_by({{ value }}, {{ measure }})
{%- endmacro %}

{#- It has no min_by. -#}
{% macro postgres__value_of_least(value, measure, type) -%}
    (array_agg({{ value }} order by {{ measure }}))[1]
{%- endmacro %}

{#- It has neither min_by nor lists, but lists of texts. -#}
{% macro redshift__value_of_least(value, measure, type) -%}
    cast(nullif(split_part(
        listagg(coalesce(cast({{ value }} as varchar(65535)), chr(2)), chr(1))
        within group (order by {{ measure }}),
        chr(1),
        1
    ), chr(2)) as {{ type }})
{%- endmacro %}
