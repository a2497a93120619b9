{#- Whether an operator may be used with a type (decision 5); false where it is blank or unknown.
    The type "count" is that of a condition of history.
    In: columns operator and type in scope. Call: operator_fits_type(). Out: a condition. -#}
{% macro operator_fits_type() -%}
    coalesce(case
        when type = 'count' then operator in ('equals', 'gte', 'lte')
        when operator in ('is_empty', 'is_not_empty', 'equals', 'not_equals') then true
        when operator in ('in', 'not_in') then type <> 'flag'
        when operator in ('in_list', 'not_in_list') then type in ('text', 'list', 'number')
        when operator in ('contains', 'starts_with', 'ends_with', 'has_word')
            then type in ('text', 'list')
        when operator in ('gte', 'lte', 'between') then type in ('number', 'date')
        when operator in ('within_last_days', 'within_next_days') then type = 'date'
    end, false)
{%- endmacro %}
