{#- What kind of values an input's column holds, by the name that the engine gives its type.
    In: a column of the adapter. Call: column_kind(column).
    Out: text, zoned time, time, date, number, flag or structure, for Jinja. -#}
{% macro column_kind(column) -%}
    {{ return(adapter.dispatch('column_kind', 'lead_scoring')(column)) }}
{%- endmacro %}

{% macro default__column_kind(column) -%}
    {%- set name = column.data_type | upper -%}
    {%- if name == 'DATE' -%}
        {{ return('date') }}
    {%- elif name.startswith(('TIMESTAMP', 'DATETIME')) -%}
        {{ return('zoned time' if 'WITH TIME ZONE' in name or name.endswith('TZ') else 'time') }}
    {%- elif name.startswith('BOOL') -%}
        {{ return('flag') }}
    {%- elif name.startswith((
        'SMALLINT', 'INT', 'BIGINT', 'LONG', 'DECIMAL', 'NUMERIC', 'NUMBER', 'FLOAT', 'REAL',
        'DOUBLE'
    )) and not name.startswith('INTERVAL') and not name.endswith(']') -%}
        {{ return('number') }}
    {%- elif name.startswith(('STRUCT', 'MAP', 'UNION', 'RECORD', 'OBJECT', 'VARIANT')) -%}
        {{ return('structure') }}
    {%- endif -%}
    {{ return('text') }}
{%- endmacro %}
