{#- The number that a text means (0001, number 3), as a decimal with ten places; null where it is
    none.
    In: an expression of trimmed text. Call: number_of('employee_count').
    Out: a decimal expression. -#}
{% macro number_of(text) -%}
    {%- set type = lead_scoring.type_name('decimal', 38, 10) -%}
    case
        when {{ lead_scoring.matches_pattern(text, '^[+-]?[0-9]{1,28}([.][0-9]+)?$') }}
            then
                case
                    {#- a text as short as most fits a smaller decimal, read many times as fast #}
                    when length({{ text }}) <= 10
                        then cast(cast({{ text }} as decimal(18, 8)) as {{ type }})
                    {#- rounded it would have a digit too many, which not every engine forgives #}
                    when not {{ lead_scoring.matches_pattern(text, '9{28}[.]9{10}[5-9]') }}
                        then {{ dbt.safe_cast(text, type) }}
                end
    end
{%- endmacro %}
