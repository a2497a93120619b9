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
