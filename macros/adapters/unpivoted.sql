{#- A select that turns text columns into rows; missing values give no row.
    In: relation (a CTE's name), the columns of the key, which stay, and those to turn.
    Call: unpivoted('lead_versions', ['lead_version_key'], ['industry', 'country']).
    Out: a select statement with the key, attribute (the column's name in lower case) and value. -#}
{% macro unpivoted(relation, keys, columns) -%}
    {{ return(adapter.dispatch('unpivoted', 'lead_scoring')(relation, keys, columns)) }}
{%- endmacro %}

{#- One pass over the rows, and not one for each column. -#}
{% macro default__unpivoted(relation, keys, columns) -%}
    select
        {%- for key in keys %}
        unpivoted_columns.{{ key }},
        {%- endfor %}
        lower(unpivoted_columns.attribute) as attribute,
        unpivoted_columns.value
    from (
        select
            {{ keys | join(', ') }},
            {%- for column in columns %}
            cast({{ lead_scoring.column_name(column) }} as {{ lead_scoring.type_name('text') }})
                as {{ lead_scoring.column_name(column) }}{{ ',' if not loop.last }}
            {%- endfor %}
        from {{ relation }}
    ) as texts
    unpivot (
        value for attribute in (
            {%- for column in columns %}
            {{ lead_scoring.column_name(column) }}{{ ',' if not loop.last }}
            {%- endfor %}
        )
    ) as unpivoted_columns
{%- endmacro %}

{#- It cannot turn columns into rows. -#}
{% macro postgres__unpivoted(relation, keys, columns) -%}
    {%- for column in columns %}
    select
        {{ keys | join(', ') }},
        '{{ dbt.escape_single_quotes(column | lower) }}' as attribute,
        cast({{ lead_scoring.column_name(column) }} as {{ lead_scoring.type_name('text') }})
            as value
    from {{ relation }}
    where {{ lead_scoring.column_name(column) }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- It can. -#}
{% macro redshift__unpivoted(relation, keys, columns) -%}
    {{ lead_scoring.default__unpivoted(relation, keys, columns) }}
{%- endmacro %}
