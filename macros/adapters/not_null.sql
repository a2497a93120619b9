{#- What dbt calls on Spark to enforce the not_null constraints of a contract. Delta Lake refuses to
    make a column of a table that is there not nullable: one check for all columns does the same.
    In: a relation; its columns, by name. Call: dbt's own. Out: nothing. -#}
{% macro spark__alter_column_set_constraints(relation, column_dict) %}
    {%- set filled = [] -%}
    {%- for name, column in column_dict.items() -%}
        {%- if column.constraints | selectattr('type', 'equalto', 'not_null') | list -%}
            {%- do filled.append(adapter.quote(name) ~ ' is not null') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if filled and not is_incremental() -%}
        {%- call statement() -%}
            alter table {{ relation }} add constraint filled check ({{ filled | join(' and ') }})
        {%- endcall -%}
    {%- endif -%}
{% endmacro %}
