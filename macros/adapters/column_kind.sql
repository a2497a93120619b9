{#- What kind of values an input's column holds, by the name that the engine gives its type.
    In: a column of the adapter. Call: column_kind(column).
    Out: text, zoned time, time, date, number, flag, list or structure, for Jinja. -#}
{% macro column_kind(column) -%}
    {{ return(adapter.dispatch('column_kind', 'lead_scoring')(column)) }}
{%- endmacro %}

{% macro default__column_kind(column) -%}
    {%- set name = column.data_type | upper -%}
    {%- set is_zoned = name.endswith('TZ') and not name.endswith('NTZ') -%}
    {%- if name.startswith((
        'STRUCT', 'MAP', 'UNION', 'RECORD', 'OBJECT', 'VARIANT', 'SUPER', 'ARRAY<STRUCT',
        'ARRAY<MAP', 'ARRAY<RECORD'
    )) -%}
        {{ return('structure') }}
    {%- elif name.endswith((']', 'ARRAY')) or name.startswith('ARRAY') -%}
        {{ return('list') }}
    {%- elif name == 'DATE' -%}
        {{ return('date') }}
    {%- elif name.startswith(('TIMESTAMP', 'DATETIME')) -%}
        {{ return('zoned time' if 'WITH TIME ZONE' in name or is_zoned else 'time') }}
    {%- elif name.startswith('BOOL') -%}
        {{ return('flag') }}
    {%- elif name.startswith((
        'SMALLINT', 'INT', 'BIGINT', 'LONG', 'DECIMAL', 'NUMERIC', 'NUMBER', 'FLOAT', 'REAL',
        'DOUBLE', 'FIXED', 'BIGNUMERIC', 'TINYINT'
    )) and not name.startswith('INTERVAL') -%}
        {{ return('number') }}
    {%- endif -%}
    {{ return('text') }}
{%- endmacro %}

{#- Its timestamps are instants, unless they say that they have no zone. -#}
{% macro spark__column_kind(column) -%}
    {{ return(
        'zoned time' if column.data_type | upper == 'TIMESTAMP'
        else lead_scoring.default__column_kind(column)
    ) }}
{%- endmacro %}

{#- Its timestamps are instants, and it makes no texts of lists and the like. -#}
{% macro bigquery__column_kind(column) -%}
    {%- set name = column.data_type | upper -%}
    {{ return(
        'zoned time' if name == 'TIMESTAMP'
        else 'structure' if name.startswith(('ARRAY', 'JSON', 'BYTES', 'GEOGRAPHY', 'RANGE'))
        else lead_scoring.default__column_kind(column)
    ) }}
{%- endmacro %}
