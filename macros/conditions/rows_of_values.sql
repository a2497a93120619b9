{#- A select of the conditions that versions of leads satisfy by the values of their columns, one
    join a column: a join on the column itself is cheaper than one on columns turned into rows.
    In: a relation with lead_key and holds_since, its columns, a relation of conditions with
    attribute, value ('' where it is missing), condition_key, holds_from and holds_until.
    Call: rows_of_values('versions', ['industry'], 'conditions_of_values').
    Out: a select statement with lead_key, holds_since, condition_key, holds_from, holds_until. -#}
{% macro rows_of_values(relation, columns, conditions) -%}
    {%- for column in columns %}
    select
        attribute_values.lead_key,
        attribute_values.holds_since,
        conditions.condition_key,
        conditions.holds_from,
        conditions.holds_until
    from {{ relation }} as attribute_values
    inner join {{ conditions }} as conditions
        on
            conditions.attribute = '{{ dbt.escape_single_quotes(column) }}'
            and coalesce(cast(attribute_values.{{ adapter.quote(column) }} as varchar), '')
            = conditions.value
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
