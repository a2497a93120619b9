{#- A value in the one spelling in which values of its type are equal; null where it is not of the
    type. Inputs may write numbers and times in more forms than rules.
    In: expressions of the type (text, list, number, whole, flag, date) and of the trimmed text;
    whether the text is an input's.
    Call: comparable('attribute_type', 'value', is_input=true). Out: a text expression. -#}
{% macro comparable(type, text, is_input=false) -%}
    {%- set text_type = lead_scoring.type_name('text') -%}
    case {{ type }}
        {%- if is_input %}
        when 'number' then {{ lead_scoring.decimal_text(lead_scoring.input_number_of(text)) }}
        when 'whole' then {{ lead_scoring.decimal_text(lead_scoring.input_whole_of(text)) }}
        {%- else %}
        when 'number' then {{ lead_scoring.decimal_text(lead_scoring.number_of(text)) }}
        when 'whole' then {{ lead_scoring.decimal_text(lead_scoring.number_of(text)) }}
        {%- endif %}
        when 'flag' then
            case
                when lower({{ text }}) in ('true', 'yes', '1') then 'true'
                when lower({{ text }}) in ('false', 'no', '0') then 'false'
            end
        when 'date' then cast({{ lead_scoring.day_of(text, is_input) }} as {{ text_type }})
        else nullif(lower({{ text }}), '')
    end
{%- endmacro %}
