{#- A value in the one spelling in which values of its type are equal; null where it is not of the
    type.
    In: expressions of the type (text, list, number, flag, date) and of the trimmed text.
    Call: comparable('attribute_type', 'value'). Out: a text expression. -#}
{% macro comparable(type, text) -%}
    case {{ type }}
        when 'number' then cast({{ lead_scoring.number_of(text) }} as varchar)
        when 'flag' then
            case
                when lower({{ text }}) in ('true', 'yes', '1') then 'true'
                when lower({{ text }}) in ('false', 'no', '0') then 'false'
            end
        when 'date' then cast({{ lead_scoring.day_of(text) }} as varchar)
        else nullif(lower({{ text }}), '')
    end
{%- endmacro %}
