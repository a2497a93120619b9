{#- An input column as text, without NUL characters (Postgres refuses them) and, unless it is an id,
    without outer blanks; blank text is null. A structure is its JSON, where the engine has a word
    for that; a list's entries have ; between them. A time of a type that knows its zone says so,
    since a text that names none is of the input's zone.
    In: a column of the adapter, whether it is an id. Call: clean_text(column, is_id=true).
    Out: a text expression. -#}
{% macro clean_text(column, is_id=false) -%}
    {{ return(adapter.dispatch('clean_text', 'lead_scoring')(column, is_id)) }}
{%- endmacro %}

{% macro default__clean_text(column, is_id) -%}
    {%- set kind = lead_scoring.column_kind(column) -%}
    {%- set value = adapter.quote(column.name) -%}
    {%- if kind == 'zoned time' -%}
        {%- set value = lead_scoring.utc_time(column) -%}
    {%- elif kind == 'list' -%}
        {%- set value = 'array_to_string(' ~ value ~ ", ';')" -%}
    {%- endif -%}
    {%- set text = 'cast(' ~ value ~ ' as ' ~ lead_scoring.type_name('text') ~ ')' -%}
    {%- if kind == 'zoned time' -%}
    {{ text }} || 'Z'
    {%- elif kind == 'flag' -%}
    case when {{ value }} then 'true' when not {{ value }} then 'false' end
    {%- elif kind not in ['text', 'list', 'structure'] -%}
    {{ text }}
    {%- elif is_id -%}
    case when {{ lead_scoring.trimmed(text) }} <> '' then {{ text }} end
    {%- else -%}
    nullif({{ lead_scoring.trimmed(text) }}, '')
    {%- endif -%}
{%- endmacro %}

{#- What needs no trimming is not trimmed: a fifth of the time. A double is written out: 55 and
    0.00001, and not 55.0 and 1e-05. -#}
{% macro duckdb__clean_text(column, is_id) -%}
    {%- set kind = lead_scoring.column_kind(column) -%}
    {%- set name = adapter.quote(column.name) -%}
    {%- set is_double = kind == 'number'
        and column.data_type.upper().startswith(('FLOAT', 'DOUBLE', 'REAL')) -%}
    {%- if kind == 'zoned time' -%}
        {%- set name = "timezone('UTC', " ~ name ~ ')' -%}
    {%- elif kind == 'list' -%}
        {%- set name = 'array_to_string(' ~ name ~ ", ';')" -%}
    {%- endif -%}
    {%- set text = 'cast(' ~ ('to_json(' ~ name ~ ')' if kind == 'structure' else name)
        ~ ' as varchar)' -%}
    {%- set without_nul = 'replace(' ~ text ~ ", chr(0), '')" -%}
    {%- if kind == 'zoned time' -%}
    {{ text }} || 'Z'
    {%- elif is_double -%}
    {#- its casts of texts with an exponent below 0 round wrongly #}
    {%- set exact = 'case when abs(' ~ name ~ ') < 0.0001 then cast(cast(' ~ text
        ~ ' as double) as decimal(38, 18)) else try_cast(' ~ text ~ ' as decimal(38, 18)) end' %}
    coalesce(
        rtrim(rtrim(cast({{ exact }} as varchar), '0'), '.'),
        cast(try_cast({{ text }} as decimal(38, 0)) as varchar),
        {{ text }}
    )
    {%- elif kind not in ['text', 'list', 'structure'] -%}
    {{ text }}
    {%- else -%}
    case
        {#- nearly every text begins and ends with a visible ASCII character and has no NUL: it is
            taken as it is, at a fifth of what trimming costs #}
        when
            {{ text }} >= '!' and {{ text }} < chr(127) and not contains({{ text }}, chr(0))
            {%- if not is_id %}
            and {{ text }}[-1] between '!' and '~'
            {%- endif %}
            then {{ text }}
        {%- if is_id %}
        when {{ lead_scoring.trimmed(without_nul) }} <> '' then {{ without_nul }}
        {%- else %}
        else nullif({{ lead_scoring.trimmed(without_nul) }}, '')
        {%- endif %}
    end
    {%- endif -%}
{%- endmacro %}

{#- A double is written out: 0.00001, and not 1e-05; as a text first, since a cast to a number keeps
    15 digits of the 17 that it may have. -#}
{% macro postgres__clean_text(column, is_id) -%}
    {%- if column.data_type | upper in ['FLOAT', 'DOUBLE PRECISION', 'REAL'] -%}
    cast(cast(cast({{ adapter.quote(column.name) }} as text) as numeric) as text)
    {%- else -%}
    {{ lead_scoring.default__clean_text(column, is_id) }}
    {%- endif -%}
{%- endmacro %}

{#- A double is written out, unless it is too large for a number: 10000000, and not 1.0E7; and so is
    a decimal, which has no exponent elsewhere: 0.00000010, and not 1.0E-7. Texts may have NUL
    characters. A list has a join of its own. -#}
{% macro spark__clean_text(column, is_id) -%}
    {%- set name = adapter.quote(column.name) -%}
    {%- set type = column.data_type | upper -%}
    {%- set kind = lead_scoring.column_kind(column) -%}
    {%- set as_written = 'cast(' ~ name ~ ' as string)' -%}
    {%- set decimals = type.strip('DECIMAL() ').split(',')[1] | default('0', true) | int
        if type.startswith('DECIMAL') else 0 -%}
    {%- if type in ['FLOAT', 'DOUBLE'] -%}
    coalesce(
        format_number(try_cast({{ as_written }} as decimal(38, 18)), '0.##################'),
        format_number(try_cast({{ as_written }} as decimal(38, 0)), '0'),
        {{ as_written }}
    )
    {%- elif decimals > 6 -%}
    format_number({{ name }}, '0.{{ '0' * decimals }}')
    {%- elif kind == 'text' -%}
    {%- set text = 'replace(' ~ as_written ~ ", chr(0), '')" -%}
    {{ 'case when ' ~ lead_scoring.trimmed(text) ~ " <> '' then " ~ text ~ ' end' if is_id
        else 'nullif(' ~ lead_scoring.trimmed(text) ~ ", '')" }}
    {%- elif kind == 'structure' -%}
    to_json({{ name }})
    {%- elif kind == 'list' -%}
    nullif({{ lead_scoring.trimmed('array_join(cast(' ~ name ~ " as array<string>), ';')") }}, '')
    {%- else -%}
    {{ lead_scoring.default__clean_text(column, is_id) }}
    {%- endif -%}
{%- endmacro %}

{#- How times become texts is a setting of the account, and of the session. -#}
{% macro snowflake__clean_text(column, is_id) -%}
    {%- set kind = lead_scoring.column_kind(column) -%}
    {%- set value = adapter.quote(column.name) -%}
    {%- if kind == 'date' -%}
    to_varchar({{ value }}, 'YYYY-MM-DD')
    {%- elif kind in ['time', 'zoned time'] -%}
        {%- set value = lead_scoring.utc_time(column) if kind == 'zoned time' else value -%}
    regexp_replace(to_varchar({{ value }}, 'YYYY-MM-DD HH24:MI:SS.FF6'), '[.]?0+$', '')
        {{- " || 'Z'" if kind == 'zoned time' }}
    {%- else -%}
    {{ lead_scoring.default__clean_text(column, is_id) }}
    {%- endif -%}
{%- endmacro %}

{#- Its timestamps are instants, and as texts would have a zone of two digits behind them; a
    structure is its JSON. -#}
{% macro bigquery__clean_text(column, is_id) -%}
    {%- set kind = lead_scoring.column_kind(column) -%}
    {%- if kind == 'zoned time' -%}
    format_timestamp('%F %H:%M:%E*SZ', {{ adapter.quote(column.name) }})
    {%- elif kind == 'structure' -%}
    to_json_string({{ adapter.quote(column.name) }})
    {%- else -%}
    {{ lead_scoring.default__clean_text(column, is_id) }}
    {%- endif -%}
{%- endmacro %}

{#- As everywhere else: a decimal without digits has none behind the point there. -#}
{% macro redshift__clean_text(column, is_id) -%}
    {{ lead_scoring.default__clean_text(column, is_id) }}
{%- endmacro %}
