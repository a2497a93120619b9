{#- The name of a column of an input as SQL writes it: one that the contract knows as it is, any
    other in quotes, since it may hold blanks. All in quotes would be other columns on Snowflake,
    which takes names without quotes for upper case.
    In: the lower-cased name. Call: column_name('customer tier'). Out: a name. -#}
{% macro column_name(name) -%}
    {%- set known = lead_scoring.derived_attributes() -%}
    {%- for table in ['leads', 'events', 'outcomes', 'lead_merges'] -%}
        {%- set known = known + lead_scoring.input_contract(table).columns -%}
        {%- if name in known -%}
            {{ return(name) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(adapter.quote(name)) }}
{%- endmacro %}
