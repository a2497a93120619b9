{#- The columns of an input table that connectors make: those of the contract, and of leads those
    that the settings of a chosen tool name besides. All are texts.
    In: table (leads, events, outcomes, lead_merges). Call: connected_contract('leads').
    Out: a list of names. -#}
{% macro connected_contract(table) %}
    {%- set columns = lead_scoring.input_contract(table).columns | list -%}
    {%- if table == 'leads' -%}
        {%- for tool in lead_scoring.connectors() -%}
            {%- for column in lead_scoring.further_columns(tool) if column not in columns -%}
                {%- do columns.append(column) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(columns) }}
{% endmacro %}
