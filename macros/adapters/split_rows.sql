{#- A select that repeats each row of a relation for every part of one of its text columns: one part
    where it is blank, none where it is missing.
    In: relation (a CTE's name), column, delimiter (one character), name of the new column. Parts
    are neither trimmed nor filtered.
    Call: split_rows('conditions', 'value', '|', 'part'). Out: a select statement. -#}
{% macro split_rows(relation, column, delimiter, part) -%}
    {{ return(adapter.dispatch('split_rows', 'lead_scoring')(relation, column, delimiter, part)) }}
{%- endmacro %}

{#- Up to 10,000 parts. -#}
{% macro default__split_rows(relation, column, delimiter, part) -%}
    {%- set text = relation ~ '.' ~ column -%}
    select
        {{ relation }}.*,
        split_part({{ text }}, '{{ delimiter }}', numbers.number + 1) as {{ part }}
    from {{ relation }}
    inner join ({{ lead_scoring.numbers_from_0(4) }}) as numbers
        on
            length({{ text }}) - length(replace({{ text }}, '{{ delimiter }}', ''))
            >= numbers.number
{%- endmacro %}

{#- A list is turned into rows without counting its parts. -#}
{% macro duckdb__split_rows(relation, column, delimiter, part) -%}
    select
        {{ relation }}.*,
        unnest(string_split({{ relation }}.{{ column }}, '{{ delimiter }}')) as {{ part }}
    from {{ relation }}
{%- endmacro %}

{#- A blank text has no part for string_to_array. -#}
{% macro postgres__split_rows(relation, column, delimiter, part) -%}
    {%- set text = relation ~ '.' ~ column -%}
    select
        {{ relation }}.*,
        unnest(
            case when {{ text }} = '' then array['']
                else string_to_array({{ text }}, '{{ delimiter }}')
            end
        ) as {{ part }}
    from {{ relation }}
{%- endmacro %}

{#- A list is turned into rows without counting its parts; what parts them is a pattern. -#}
{% macro spark__split_rows(relation, column, delimiter, part) -%}
    select
        {{ relation }}.*,
        explode(split({{ relation }}.{{ column }}, '[{{ delimiter }}]')) as {{ part }}
    from {{ relation }}
{%- endmacro %}

{#- A list is joined to its row; no text goes on in another line. -#}
{% macro bigquery__split_rows(relation, column, delimiter, part) -%}
    {%- set delimiter = delimiter | replace('\n', '\\n') -%}
    select
        {{ relation }}.*,
        {{ part }}
    from {{ relation }}
    cross join unnest(split({{ relation }}.{{ column }}, '{{ delimiter }}')) as {{ part }}
{%- endmacro %}

{#- It turns no list into rows within a select. -#}
{% macro redshift__split_rows(relation, column, delimiter, part) -%}
    {{ lead_scoring.default__split_rows(relation, column, delimiter, part) }}
{%- endmacro %}

{#- A select of the whole numbers from 0 on that have so many digits.
    In: how many digits. Call: numbers_from_0(3).
    Out: a select statement with the column number. -#}
{% macro numbers_from_0(digits) -%}
    select
        {%- for place in range(digits) %}
        digits_{{ place }}.digit * {{ 10 ** place }}{{ ' +' if not loop.last }}
        {%- endfor %} as number
    from
    {%- for place in range(digits) %}
    {{ 'cross join' if not loop.first }} (
        {%- for digit in range(10) %}
        select {{ digit }} as digit {{- ' union all' if not loop.last }}
        {%- endfor %}
    ) as digits_{{ place }}
    {%- endfor %}
{%- endmacro %}
