{#- A select that repeats each row of a relation for every whole number between two of its columns,
    both ends in.
    In: relation (a CTE's name), first and last (expressions of whole numbers; no row where first >
    last), name of the new column.
    Call: whole_numbers('spans', 'first_days', 'last_days', 'days_ahead').
    Out: a select statement. -#}
{% macro whole_numbers(relation, first, last, name) -%}
    {{ return(adapter.dispatch('whole_numbers', 'lead_scoring')(relation, first, last, name)) }}
{%- endmacro %}

{#- Up to 10,000 numbers. -#}
{% macro default__whole_numbers(relation, first, last, name) -%}
    select
        {{ relation }}.*,
        {{ first }} + numbers.number as {{ name }}
    from {{ relation }}
    inner join ({{ lead_scoring.numbers_from_0(4) }}) as numbers
        on {{ first }} + numbers.number <= {{ last }}
{%- endmacro %}

{#- A range is made at once. -#}
{% macro duckdb__whole_numbers(relation, first, last, name) -%}
    select
        {{ relation }}.*,
        unnest(range({{ first }}, {{ last }} + 1)) as {{ name }}
    from {{ relation }}
{%- endmacro %}

{#- A series is made at once. -#}
{% macro postgres__whole_numbers(relation, first, last, name) -%}
    select
        {{ relation }}.*,
        generate_series({{ first }}, {{ last }}) as {{ name }}
    from {{ relation }}
{%- endmacro %}

{#- A sequence is made at once; downwards too, where it is not kept from it. -#}
{% macro spark__whole_numbers(relation, first, last, name) -%}
    select
        {{ relation }}.*,
        explode(case when {{ first }} <= {{ last }} then sequence({{ first }}, {{ last }}) end)
            as {{ name }}
    from {{ relation }}
{%- endmacro %}

{#- Its series is none of the tables'. -#}
{% macro redshift__whole_numbers(relation, first, last, name) -%}
    {{ lead_scoring.default__whole_numbers(relation, first, last, name) }}
{%- endmacro %}
