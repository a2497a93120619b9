{#- Whether the value of a condition is of the type that its attribute and operator ask for.
    In: relations rule_conditions and attributes in scope. Call: operands_can_be_read().
    Out: a condition. The parts of "in" are left to the join with attributes' values: a part that is
    not of the type equals nothing. -#}
{% macro operands_can_be_read() -%}
    {%- set value = 'rule_conditions.value' -%}
    {%- set low = lead_scoring.trimmed(dbt.split_part(value, "'..'", 1)) -%}
    {%- set high = lead_scoring.trimmed(dbt.split_part(value, "'..'", 2)) -%}
    coalesce(case
        when
            rule_conditions.operator in (
                'is_empty', 'is_not_empty', 'in', 'not_in', 'in_list', 'not_in_list'
            )
            then true
        when
            rule_conditions.of = 'history'
            or rule_conditions.operator in ('within_last_days', 'within_next_days')
            then {{ lead_scoring.matches_pattern(value, '^[0-9]{1,9}$') }}
        when rule_conditions.operator = 'between' and attributes.type = 'number'
            then {{ lead_scoring.number_of(low) }} <= {{ lead_scoring.number_of(high) }}
        when rule_conditions.operator = 'between' and attributes.type = 'date'
            then {{ lead_scoring.day_of(low) }} <= {{ lead_scoring.day_of(high) }}
        when rule_conditions.operator = 'has_word'
            then length({{ lead_scoring.words_of(value) }}) > 2
        else {{ lead_scoring.comparable('attributes.type', value) }} is not null
    end, false)
{%- endmacro %}
