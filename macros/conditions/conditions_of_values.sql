{#- A select of the conditions about leads that values satisfy: as satisfied_conditions, but
    is_empty is satisfied by missing values, and by those that are not of the attribute's type.
    In: a relation with of, attribute and value (distinct; '' where it is missing), a relation of
    the conditions with is_empty (condition_key, operator, attribute).
    Call: conditions_of_values('distinct_values', 'conditions_of_absence').
    Out: a select statement. -#}
{% macro conditions_of_values(relation, conditions_of_absence) -%}
    with satisfied_conditions as (
        {{ lead_scoring.satisfied_conditions(relation) }}
    )

    select * from satisfied_conditions
    where operator <> 'is_empty'
    union all
    select
        conditions_of_absence.condition_key,
        conditions_of_absence.operator,
        attribute_values.attribute,
        attribute_values.value,
        cast('0001-01-01' as date) as holds_from,
        cast('9999-12-31' as date) as holds_until
    from {{ relation }} as attribute_values
    inner join {{ conditions_of_absence }} as conditions_of_absence
        on attribute_values.attribute = conditions_of_absence.attribute
    left join satisfied_conditions as present_values
        on
            conditions_of_absence.condition_key = present_values.condition_key
            and attribute_values.value = present_values.value
    where present_values.condition_key is null
{%- endmacro %}
