{#- Whether an entry of an attribute's value satisfies a condition by an operator that is no plain
    equality; operators that do not fit the type never hold (decision 5). The days of
    within_last_days and within_next_days depend on as_of: their callers bound them.
    In: relations named entries and conditions in scope. Call: operator_holds().
    Out: a condition. -#}
{% macro operator_holds() -%}
    case
        when conditions.operator in ('is_empty', 'is_not_empty') then true
        when conditions.type in ('text', 'list') then
            case conditions.operator
                when 'contains' then {{ dbt.position('conditions.operand', 'entries.entry') }} > 0
                when 'starts_with'
                    then left(entries.entry, length(conditions.operand)) = conditions.operand
                when 'ends_with'
                    then right(entries.entry, length(conditions.operand)) = conditions.operand
                when 'has_word'
                    then
                        length(conditions.operand_words) > 2
                        and {{ dbt.position(
                            'conditions.operand_words', 'entries.entry_words'
                        ) }} > 0
            end
        when conditions.type = 'number' then
            case conditions.operator
                when 'gte' then entries.entry_number >= conditions.low
                when 'lte' then entries.entry_number <= conditions.high
                when 'between' then entries.entry_number between conditions.low and conditions.high
            end
        when conditions.type = 'date' then
            case conditions.operator
                when 'gte' then entries.entry_day >= conditions.first_day
                when 'lte' then entries.entry_day <= conditions.last_day
                when 'between'
                    then entries.entry_day between conditions.first_day and conditions.last_day
                when 'within_last_days' then true
                when 'within_next_days' then true
            end
    end
{%- endmacro %}
