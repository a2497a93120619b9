{#- What an operator asks of an attribute, in words: 'is one of emea, apac'. They quote rules, never
    input values.
    In: expressions of the operator and of its value.
    Call: operator_in_words('operator', 'value'). Out: a text expression. -#}
{% macro operator_in_words(operator, value) -%}
    case {{ operator }}
        when 'equals' then 'is ' || {{ value }}
        when 'not_equals' then 'is not ' || {{ value }}
        when 'in' then 'is one of ' || replace({{ value }}, '|', ', ')
        when 'not_in' then 'is none of ' || replace({{ value }}, '|', ', ')
        when 'contains' then 'contains ' || {{ value }}
        when 'starts_with' then 'starts with ' || {{ value }}
        when 'ends_with' then 'ends with ' || {{ value }}
        when 'has_word' then 'has the word ' || {{ value }}
        when 'gte' then 'at least ' || {{ value }}
        when 'lte' then 'at most ' || {{ value }}
        when 'between' then 'between ' || replace({{ value }}, '..', ' and ')
        when 'within_last_days' then 'in the last ' || {{ value }} || ' days'
        when 'within_next_days' then 'in the next ' || {{ value }} || ' days'
        when 'in_list' then 'is in the list ' || {{ value }}
        when 'not_in_list' then 'is not in the list ' || {{ value }}
        when 'is_empty' then 'is missing'
        else 'is known'
    end
{%- endmacro %}
