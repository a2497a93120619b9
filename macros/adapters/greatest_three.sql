{#- A select of the three greatest values of each key, apart where a flag is true (up) and where it
    is false (down); null where there are fewer.
    In: a relation, the columns of the key, the flag and the values (whole numbers).
    Call: greatest_three('strengths', 'moment_key', 'is_up', 'strength').
    Out: a select statement with the key and strength_up_1 to strength_down_3. -#}
{% macro greatest_three(relation, key, flag, value) -%}
    {{ return(adapter.dispatch('greatest_three', 'lead_scoring')(relation, key, flag, value)) }}
{%- endmacro %}

{% macro default__greatest_three(relation, key, flag, value) -%}
    select
        {%- for direction, condition in [('up', flag), ('down', 'not ' ~ flag)] %}
        {%- for place in range(1, 4) %}
        max(case when {{ condition }} and place = {{ place }} then {{ value }} end)
            as {{ value }}_{{ direction }}_{{ place }},
        {%- endfor %}
        {%- endfor %}
        {{ key }}
    from (
        select
            {{ key }},
            {{ flag }},
            {{ value }},
            row_number() over (partition by {{ key }}, {{ flag }} order by {{ value }} desc)
                as place
        from {{ relation }}
    ) as placed_values
    group by {{ key }}
{%- endmacro %}

{#- No sorting: three times as fast. -#}
{% macro duckdb__greatest_three(relation, key, flag, value) -%}
    select
        {%- for direction in ['up', 'down'] %}
        {%- for place in range(1, 4) %}
        {{ direction }}_values[{{ place }}] as {{ value }}_{{ direction }}_{{ place }},
        {%- endfor %}
        {%- endfor %}
        {{ key }}
    from (
        select
            {{ key }},
            max({{ value }}, 3) filter (where {{ flag }}) as up_values,
            max({{ value }}, 3) filter (where not {{ flag }}) as down_values
        from {{ relation }}
        group by {{ key }}
    ) as greatest_values
{%- endmacro %}
