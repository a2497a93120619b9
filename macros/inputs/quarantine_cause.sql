{#- Why a row of an input cannot be used as it stands (decision 7), over the input's own columns;
    null: it can.
    In: table. Call: quarantine_cause('events'). Out: a text expression. -#}
{% macro quarantine_cause(table) -%}
    {%- set contract = lead_scoring.input_contract(table) -%}
    {%- set found = lead_scoring.input_columns(table) %}
    case
        {%- for name in contract.required %}
        {%- set is_time = name in found and lead_scoring.is_time(found[name]) %}
        when {{ lead_scoring.input_time(table, name) if is_time
            else lead_scoring.input_value(table, name) }} is null
            then '{{ name }} is missing'
        {%- endfor %}
        {#- times that are no text can be read, all of them #}
        {%- for name in contract.times if name in found and not lead_scoring.is_time(found[name]) %}
        when
            {{ lead_scoring.input_value(table, name) }} is not null
            and {{ lead_scoring.input_time(table, name) }} is null
            then '{{ name }} cannot be read'
        {%- endfor %}
    end
{%- endmacro %}
