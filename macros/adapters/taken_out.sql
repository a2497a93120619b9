{#- The statement that takes rows out of the table of a model: those whose key is among some, or
    those whose key is not, or only a column of theirs.
    In: an expression of the key, of the table's columns; a query of one column, key; whether those
    are what stays; a column that is to be null instead. Call:
    taken_out('lead_hash', 'select lead_hash as key from erased_leads'). Out: a statement. -#}
{% macro taken_out(key, keys, are_kept=false, cleared=none) -%}
    {{ return(adapter.dispatch('taken_out', 'lead_scoring')(key, keys, are_kept, cleared)) }}
{%- endmacro %}

{% macro default__taken_out(key, keys, are_kept, cleared) -%}
    {%- if cleared -%}
    update {{ this }} set {{ cleared }} = null
    {%- else -%}
    delete from {{ this }}
    {%- endif %}
    where {{ key }} {{ 'not in' if are_kept else 'in' }} (
        select found.key
        from ({{ keys }}) as found
    )
{%- endmacro %}

{#- Delta Lake takes no query in the condition of a delete or an update, but in a merge. -#}
{% macro spark__taken_out(key, keys, are_kept, cleared) -%}
    merge into {{ this }} as kept
    using (
        select distinct found.key as key_of_rows
        from ({{ keys }}) as found
    ) as rows_found
        on {{ key }} = rows_found.key_of_rows
    when {{ 'not matched by source and ' ~ key ~ ' is not null' if are_kept else 'matched' }}
        then {{ 'update set ' ~ cleared ~ ' = null' if cleared else 'delete' }}
{%- endmacro %}

{#- What dbt calls on Spark for the strategy merge: as delete+insert of other engines, for several
    rows may have one key. The rows are written first, since they are read from the table that
    changes.
    In: as dbt has it. Out: the last of three statements. -#}
{% macro spark__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
    {%- set written = target.incorporate(path={'identifier': target.identifier ~ '__rows'}) -%}
    {%- set keys = [unique_key] if unique_key is string else unique_key -%}
    {%- set columns = adapter.get_columns_in_relation(target)
        | map(attribute='quoted') | join(', ') -%}
    {%- call statement() -%}
        create or replace table {{ written }} using delta as select * from {{ source }}
    {%- endcall -%}
    {%- call statement() -%}
        merge into {{ target }} as kept
        using (select distinct {{ keys | join(', ') }} from {{ written }}) as replaced
            on {% for key in keys %}kept.{{ key }} = replaced.{{ key }}
            {%- if not loop.last %} and {% endif %}{% endfor %}
        when matched then delete
    {%- endcall -%}
    insert into {{ target }} ({{ columns }}) select {{ columns }} from {{ written }}
{%- endmacro %}
