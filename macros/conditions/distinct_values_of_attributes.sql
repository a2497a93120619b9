{#- A select of the distinct values of those columns that conditions name: of (lead), attribute and
    value, the text '' where it is missing. Columns that no condition names are not read; at honest
    instants those known after contact are not either, so that they are missing.
    In: a relation, its columns, a relation of conditions with attribute.
    Call: distinct_values_of_attributes('versions', ['industry'], 'lead_conditions').
    Out: a select statement. -#}
{% macro distinct_values_of_attributes(relation, columns, conditions) -%}
    {%- for column in columns %}
    select distinct
        'lead' as of,
        named.attribute,
        coalesce(cast(attribute_values.{{ adapter.quote(column) }} as varchar), '') as value
    from {{ relation }} as attribute_values
    inner join (
        select distinct attribute
        from {{ conditions }}
        where
            attribute = '{{ dbt.escape_single_quotes(column) }}'
            {%- if var('lead_scoring_evidence', false) %}
            and attribute not in (
                select {{ lead_scoring.normalised('attribute') }}
                from {{ ref('lead_scoring__attributes') }}
                where
                    {{ lead_scoring.normalised('of') }} = 'lead'
                    and {{ lead_scoring.normalised('known') }} = 'after_contact'
                    and {{ lead_scoring.normalised('attribute') }} is not null
            )
            {%- endif %}
    ) as named on true
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
