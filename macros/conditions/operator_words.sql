{#- A condition's operator and value as words: 'is one of vp, director'.
    In: a relation named conditions in scope. Call: operator_words(). Out: a text expression. -#}
{% macro operator_words() -%}
    case conditions.operator
        when 'equals'
            then
                case when conditions.of = 'history' then 'exactly ' else 'is ' end
                || conditions.value
        when 'not_equals' then 'is not ' || conditions.value
        when 'in' then 'is one of ' || replace(conditions.value, '|', ', ')
        when 'not_in' then 'is none of ' || replace(conditions.value, '|', ', ')
        when 'contains' then 'contains ' || conditions.value
        when 'starts_with' then 'starts with ' || conditions.value
        when 'ends_with' then 'ends with ' || conditions.value
        when 'has_word' then 'has the word ' || conditions.value
        when 'gte' then 'at least ' || conditions.value
        when 'lte' then 'at most ' || conditions.value
        when 'between' then 'between ' || replace(conditions.value, '..', ' and ')
        when 'within_last_days' then 'in the last ' || conditions.value || ' days'
        when 'within_next_days' then 'in the next ' || conditions.value || ' days'
        when 'in_list' then 'is in the list ' || conditions.value
        when 'not_in_list' then 'is not in the list ' || conditions.value
        when 'is_empty' then 'is missing'
        else 'is known'
    end
{%- endmacro %}
