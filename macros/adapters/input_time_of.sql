{#- The UTC timestamp that a text of an input means; null where it cannot be read. Besides the forms
    of read_time these are whole numbers since 1970, and, where the var lead_scoring_date_order is
    set, days as people write them (decision 2). A time without a zone is of the input's own (var
    lead_scoring_input_time_zone, default UTC).
    In: an expression of trimmed text. Call: input_time_of('occurred_at').
    Out: a timestamp expression. -#}
{% macro input_time_of(text, time_zone=none) -%}
    {%- set order = var('lead_scoring_date_order', none) -%}
    {%- if order not in [none, '', 'dmy', 'mdy'] -%}
        {{ exceptions.raise_compiler_error(
            "The var lead_scoring_date_order is '" ~ order ~ "'. Write dmy, mdy, or leave it out."
        ) }}
    {%- endif -%}
    {{ return(adapter.dispatch('input_time_of', 'lead_scoring')(
        text, time_zone or var('lead_scoring_input_time_zone', 'UTC'), order
    )) }}
{%- endmacro %}

{% macro default__input_time_of(text, time_zone, order) -%}
    {%- set microseconds -%}
        cast(floor(cast({{ text }} as decimal(38, 10))) as bigint) * case
            when length({{ dbt.split_part(text, "'.'", 1) }}) <= 11 then 1000000
            when length({{ dbt.split_part(text, "'.'", 1) }}) <= 14 then 1000
            else 1
        end
    {%- endset -%}
    {%- set seconds = 'cast((' ~ microseconds ~ ' - mod(' ~ microseconds
        ~ ', 1000000)) / 1000000 as bigint)' -%}
    case
        when {{ lead_scoring.matches_pattern(text, '^[0-9]{9,17}([.]0+)?$') }}
            then {{ dbt.dateadd(
                'microsecond',
                'cast(mod(' ~ microseconds ~ ', 1000000) as integer)',
                dbt.dateadd('second', seconds, "cast('1970-01-01' as timestamp)")
            ) }}
        {%- if order %}
        {#- the parts of a day as people write it, and of the clock behind it #}
        {%- set numbers = '^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}).*$' %}
        {%- set day = lead_scoring.replaced_pattern(
            text, numbers, '\\3-0\\2-0\\1' if order == 'dmy' else '\\3-0\\1-0\\2'
        ) %}
        {%- set day = lead_scoring.replaced_pattern(
            day, '-0([0-9][0-9])-', '-\\1-'
        ) %}
        {%- set day = lead_scoring.replaced_pattern(day, '-0([0-9][0-9])$', '-\\1') %}
        {%- set clock = lead_scoring.replaced_pattern(
            lead_scoring.replaced_pattern(text, '^[^ ]+ ?', ''), ' ?[AaPp][Mm]$', ''
        ) %}
        {%- set hour = 'cast(' ~ dbt.split_part(clock, "':'", 1) ~ ' as integer)' %}
        {%- set minute = dbt.split_part(clock, "':'", 2) %}
        {%- set second = "coalesce(nullif(" ~ dbt.split_part(clock, "':'", 3) ~ ", ''), '00')" %}
        {%- set written = '^[0-9]{1,2}(/[0-9]{1,2}/|[.][0-9]{1,2}[.]|-[0-9]{1,2}-)[0-9]{4}' %}
        {%- set past = ':[0-5][0-9](:[0-5][0-9])?' %}
        when
            {{ lead_scoring.matches_pattern(text, written ~ '( |$)') }}
            and {{ lead_scoring.matches_pattern(day, lead_scoring.days_pattern()) }}
            then
                case
                    when {{ lead_scoring.matches_pattern(text, written ~ '$') }}
                        then {{ lead_scoring.utc_time_of(
                            'cast(' ~ day ~ ' as timestamp)', time_zone
                        ) }}
                    when {{ lead_scoring.matches_pattern(
                        text, written ~ ' ([01]?[0-9]|2[0-3])' ~ past ~ '$'
                    ) }}
                        then {{ lead_scoring.utc_time_of(
                            'cast(' ~ day ~ " || ' ' || " ~ lead_scoring.replaced_pattern(
                                clock, '^([0-9]):', '0\\1:'
                            ) ~ ' as timestamp)',
                            time_zone
                        ) }}
                    when {{ lead_scoring.matches_pattern(
                        text, written ~ ' (0?[1-9]|1[0-2])' ~ past ~ ' ?[AaPp][Mm]$'
                    ) }}
                        then {{ lead_scoring.utc_time_of(
                            dbt.dateadd(
                                'hour',
                                'mod(' ~ hour ~ ', 12) + case when lower(' ~ text
                                ~ ") like '%pm' then 12 else 0 end",
                                'cast(' ~ day ~ " || ' 00:' || " ~ minute ~ " || ':' || "
                                ~ second ~ ' as timestamp)'
                            ),
                            time_zone
                        ) }}
                end
        {%- endif %}
        else {{ lead_scoring.read_time(text, time_zone) }}
    end
{%- endmacro %}

{% macro duckdb__input_time_of(text, time_zone, order) -%}
    {%- if lead_scoring.is_linted() -%}
    cast({{ text }} as timestamp)
    {%- else -%}
    {%- set written_day = '^([0-9]{1,2})(/[0-9]{1,2}/|[.][0-9]{1,2}[.]|-[0-9]{1,2}-)([0-9]{4})' -%}
    case
        when {{ lead_scoring.matches_pattern(text, '^[0-9]{9,17}([.]0+)?$') }}
            then make_timestamp(
                cast(floor(cast({{ text }} as decimal(38, 10))) as bigint)
                * case
                    when length(split_part({{ text }}, '.', 1)) <= 11 then 1000000
                    when length(split_part({{ text }}, '.', 1)) <= 14 then 1000
                    else 1
                end
            )
        {%- if order %}
        {%- set in_order = '\\3-\\2-\\1' if order == 'dmy' else '\\3-\\1-\\2' %}
        when {{ lead_scoring.matches_pattern(
            text, written_day ~ '( [0-9]{1,2}:[0-5][0-9](:[0-5][0-9])?( ?[AaPp][Mm])?)?$'
        ) }}
            then {{ lead_scoring.utc_time_of(
                'try_strptime(regexp_replace(' ~ text
                ~ ", '^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})', '" ~ in_order ~ "'), ["
                ~ "'%Y-%m-%d', '%Y-%m-%d %H:%M', '%Y-%m-%d %H:%M:%S', "
                ~ "'%Y-%m-%d %I:%M %p', '%Y-%m-%d %I:%M:%S %p', "
                ~ "'%Y-%m-%d %I:%M%p', '%Y-%m-%d %I:%M:%S%p'])",
                time_zone
            ) }}
        {%- endif %}
        else {{ lead_scoring.read_time(text, time_zone) }}
    end
    {%- endif -%}
{%- endmacro %}
